// Random numbers that are the same in every engine: integers by sfc32 (Chris Doty-Humphrey, PractRand; it passes BigCrush), and no
// function of Math that engines compute each in their own way.

/** A source of integers from 0 to 2^32 − 1. */
export type Generator = () => number;

/** What a generator is for: each purpose of a seed has a stream of its own. */
export enum Stream {
  Weights = 1,
  Order = 2,
}

const MIX = 0x9e3779b9;
/** Numbers that are left out, until every bit of the arguments is in every number. */
const ROUNDS = 15;

/** The generator of a seed, a purpose and a number (a layer, or an epoch): equal arguments, equal numbers. */
export function generatorOf(seed: number, stream: Stream, number: number): Generator {
  let a = seed | 0;
  let b = number | 0;
  let c = Math.imul(stream, MIX) | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < ROUNDS; round++) next();
  return next;
}

/** A number from 0 to 1, neither of the two itself. */
export const uniform = (next: Generator): number => (next() + 0.5) * 2 ** -32;

/**
 * Puts `count` numbers, one every `stride` of an array from `at` on, in random order (Fisher–Yates), by the generator of `Stream.Order`.
 * It is written out here: through a function each number takes three times as long, and every epoch of a seed needs one a row. No
 * number is more likely than another by more than count·2^−32.
 */
export function shuffle(
  numbers: Int32Array,
  seed: number,
  epoch: number,
  { at = 0, stride = 1, count = numbers.length } = {},
): void {
  let a = seed | 0;
  let b = epoch | 0;
  let c = Math.imul(Stream.Order, MIX) | 0;
  let counter = 1;
  for (let i = count - 1 + ROUNDS; i > 0; i--) {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    if (i >= count) continue;
    const own = at + stride * i;
    const other = at + stride * Math.floor((sum >>> 0) * (i + 1) * 2 ** -32);
    const kept = numbers[own];
    numbers[own] = numbers[other];
    numbers[other] = kept;
  }
}
