import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const pieceSize = 1 << 22;

/** SHA-256 of a file's bytes, in hex. `crypto.subtle`, where the page may use it, is ten times as fast. */
export async function fileSha256(file: Blob): Promise<string> {
  if (globalThis.crypto?.subtle && file.size < 2 ** 28)
    return bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer())));
  const hash = sha256.create();
  for (let at = 0; at < file.size; at += pieceSize)
    hash.update(new Uint8Array(await file.slice(at, at + pieceSize).arrayBuffer()));
  return bytesToHex(hash.digest());
}
