// The randomised leaky ReLU of a training step: where its slopes come from, and its JS loops.
import type { Kernels } from '../activation/loops.js';

/** What the slopes of a step follow from. */
export interface Slopes {
  lower: number;
  /** upper − lower */
  width: number;
  /** The seed, mixed. */
  start: number;
}

/** Element i has the number start + i·COUNTER, mixed. */
export const COUNTER = 0x9e3779b1;
/** What the two rounds of mixing multiply by. */
export const MULTIPLIERS = [0x7feb352d, 0x846ca68b] as const;

/** A 32-bit mixing function: two rounds of multiply and shift. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), MULTIPLIERS[0]);
  h = Math.imul(h ^ (h >>> 15), MULTIPLIERS[1]);
  return (h ^ (h >>> 16)) >>> 0;
}

export const slopesOf = (seed: number, lower: number, upper: number): Slopes => ({
  lower,
  width: upper - lower,
  start: mix(seed ^ 0x9e3779b9),
});

export const slopeOf = ({ lower, width, start }: Slopes, i: number): number =>
  lower + width * (mix(start + Math.imul(i, COUNTER)) / 2 ** 32);

// As in activation/loops.ts a table takes the place of a branch that random signs would mispredict, so the slope of every element is made.
export const jsRrelu = (slopes: Slopes): Kernels => ({
  forward(x, y) {
    const factor = Float64Array.of(0, 1);
    for (let i = 0; i < x.length; i++) {
      const v = x[i];
      factor[0] = slopeOf(slopes, i);
      y[i] = v * factor[+(v >= 0)];
    }
  },
  backward(x, dy, dx) {
    const factor = Float64Array.of(0, 1);
    for (let i = 0; i < x.length; i++) {
      const v = x[i];
      factor[0] = slopeOf(slopes, i);
      const d = dy[i] * factor[+(v > 0)];
      dx[i] = Number.isNaN(v) ? v : d;
    }
  },
});
