// Random numbers that are the same in every engine: integers by sfc32 (Chris Doty-Humphrey, PractRand; it passes BigCrush), and no
// function of Math that engines compute each in their own way.

/** A source of integers from 0 to 2^32 − 1. */
export type Generator = () => number;

/** What a generator is for: each purpose of a seed has a stream of its own. */
export enum Stream {
  Weights = 1,
  Order = 2,
}

/** The generator of a seed, a purpose and a number (a layer, or an epoch): equal arguments, equal numbers. */
export function generatorOf(seed: number, stream: Stream, number: number): Generator {
  let a = seed | 0;
  let b = number | 0;
  let c = Math.imul(stream, 0x9e3779b9) | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 15; round++) next(); // until every bit of the arguments is in every number
  return next;
}

/** An integer from 0 to n − 1, n ≤ 2^21; none is more likely than another by more than n·2^−32. */
export const below = (next: Generator, n: number): number => Math.floor(next() * n * 2 ** -32);

/** A number from 0 to 1, neither of the two itself. */
export const uniform = (next: Generator): number => (next() + 0.5) * 2 ** -32;

/** Puts the elements in random order (Fisher–Yates). */
export function shuffle(rows: Uint32Array, next: Generator): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = below(next, i + 1);
    const kept = rows[i];
    rows[i] = rows[j];
    rows[j] = kept;
  }
}
