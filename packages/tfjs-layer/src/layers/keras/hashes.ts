import { util } from '@tensorflow/tfjs-core';

/** Two whole numbers of 64 bits that a hash is keyed by. */
export type Salt = readonly [number, number];

const bytesOf = (text: string): Uint8Array => util.encodeString(text);
const u64 = (x: bigint): bigint => BigInt.asUintN(64, x);

/**
 * The bin of a text as TensorFlow's `to_hash_bucket_fast` and `to_hash_bucket_strong` give it: FarmHash64, or with a salt SipHash-2-4, of its
 * bytes in UTF-8, modulo the number of bins.
 */
export const binOf = (text: string, bins: number, salt?: Salt | null): number =>
  Number((salt ? sipHash(bytesOf(text), salt) : farmHash(text)) % BigInt(bins));

/** FarmHash's `Fingerprint64`, which tfjs has for an operation of its own. */
export const farmHash = (text: string): bigint => u64(BigInt(util.fingerPrint64(bytesOf(text)).toString()));

/** SipHash-2-4: Aumasson and Bernstein, 2012. */
export function sipHash(bytes: Uint8Array, [k0, k1]: Salt): bigint {
  const [a, b] = [u64(BigInt(k0)), u64(BigInt(k1))];
  const v = [
    a ^ 0x736f6d6570736575n,
    b ^ 0x646f72616e646f6dn,
    a ^ 0x6c7967656e657261n,
    b ^ 0x7465646279746573n,
  ] as [bigint, bigint, bigint, bigint];
  const whole = bytes.length - (bytes.length % 8);
  const take = (word: bigint) => {
    v[3] ^= word;
    round(v);
    round(v);
    v[0] ^= word;
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < whole; at += 8) take(view.getBigUint64(at, true));
  // The last word has what is left, and in its highest byte the length.
  let last = BigInt(bytes.length & 0xff) << 56n;
  for (let at = whole; at < bytes.length; at++)
    last |= BigInt(bytes[at] as number) << BigInt(8 * (at - whole));
  take(last);
  v[2] ^= 0xffn;
  for (let i = 0; i < 4; i++) round(v);
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}

const rotated = (x: bigint, by: bigint): bigint => u64(x << by) | (x >> (64n - by));

function round(v: [bigint, bigint, bigint, bigint]): void {
  v[0] = u64(v[0] + v[1]);
  v[1] = rotated(v[1], 13n) ^ v[0];
  v[0] = rotated(v[0], 32n);
  v[2] = u64(v[2] + v[3]);
  v[3] = rotated(v[3], 16n) ^ v[2];
  v[0] = u64(v[0] + v[3]);
  v[3] = rotated(v[3], 21n) ^ v[0];
  v[2] = u64(v[2] + v[1]);
  v[1] = rotated(v[1], 17n) ^ v[2];
  v[2] = rotated(v[2], 32n);
}

const MULTIPLIER = 0xc6a4a7935bd1e995n;
const mixed = (x: bigint): bigint => x ^ (x >> 47n);

/** TensorFlow's `FingerprintCat64`: one hash of two. */
export function joined(one: bigint, other: bigint): bigint {
  const first = u64(one ^ MULTIPLIER ^ u64(mixed(u64(other * MULTIPLIER)) * MULTIPLIER));
  return mixed(u64(mixed(u64(first * MULTIPLIER)) * MULTIPLIER));
}
