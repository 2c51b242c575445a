import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

const pieceSize = 1 << 22;

/** SHA-256 in hex. `crypto.subtle`, where the page may use it, is ten times as fast and works beside this thread. */
export async function sha256Of(source: Uint8Array<ArrayBuffer> | Blob): Promise<string> {
  if (source instanceof Uint8Array && globalThis.crypto?.subtle)
    return bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', source)));
  const hash = sha256.create();
  if (source instanceof Uint8Array) hash.update(source);
  else
    for (let at = 0; at < source.size; at += pieceSize)
      hash.update(new Uint8Array(await source.slice(at, at + pieceSize).arrayBuffer()));
  return bytesToHex(hash.digest());
}
