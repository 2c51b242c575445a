// What the formats of a lane are made of, as exp needs it.
import type { Lanes } from '../language/lanes.js';

export interface Format {
  /** 1.5·2^(mantissa bits): what is added to it is rounded to an integer. */
  magic: number;
  mantissa: number;
  bias: number;
  /** ln 2 in two parts, or in one where its rounding does not count. */
  ln2: readonly number[];
  /** Below it exp(z), and z·exp(z), round to 0. */
  lowest: number;
  /**
   * From it on 1 + exp(z) rounds to exp(z), and exp(z)·2^scale is still in range, times z too. Its mantissa is odd, so that
   * highest − (highest − x) is x for every larger x: neither difference is ever a tie.
   */
  highest: number;
  /** exp comes times 2^scale, so that it is never subnormal; a power that keeps all exponents in range. */
  scale: number;
  /** Below it expm1 rounds to −1. */
  lowestExpm1: number;
  /** Clears the lower half of the mantissa, for exact products. */
  half: number | bigint;
  sign: number | bigint;
}

const format32: Format = {
  magic: 12582912,
  mantissa: 23,
  bias: 127,
  ln2: [0.693359375, -2.1219444e-4],
  lowest: -110,
  highest: 31.999998092651367,
  scale: 64,
  lowestExpm1: -25,
  half: 0xfffff000,
  sign: 0x80000000,
};

const format64: Format = {
  magic: 6755399441055744,
  mantissa: 52,
  bias: 1023,
  ln2: [0.6931471803691238, 1.9082149292705877e-10],
  lowest: -760,
  highest: 63.99999999999999,
  scale: 512,
  lowestExpm1: -57,
  half: 0xfffffffff8000000n,
  sign: 0x8000000000000000n,
};

/** float64 lanes for a float32 result: the exponents have room, so nothing is scaled, and x·exp(z) rounds to 0 for every float32 x. */
const formatWide: Format = {
  ...format64,
  ln2: [Math.LN2],
  lowest: -200,
  highest: 99.99999999999999,
  scale: 0,
};

export const formatOf = (k: Lanes): Format => (k.single ? format32 : k.wide ? formatWide : format64);
