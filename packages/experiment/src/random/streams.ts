/**
 * The seed of one stream of random numbers among the many that hang on one seed: the split, the weights, the order of the rows.
 * Neighbouring seeds and streams give unrelated results (the 32-bit finaliser of MurmurHash3, Appleby 2011, public domain).
 */
export function streamSeed(seed: number, stream: number): number {
  let h = (seed ^ Math.imul(stream + 1, 0x9e3779b1)) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
