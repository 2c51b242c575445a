// The losses on JS: see `Primitives`. exp and log1p are those of the kernels, since each engine has its own of Math.
import type { LossName, LossPrimitive, Primitives } from '../primitives.js';
import type { Scalars } from './scalars.js';

const { fround } = Math;
const N = 4;

type Losses = Pick<Primitives, 'softmax' | 'sigmoid' | 'losses'>;

/** Calls `each` for every row and lane, with the position of the row's first number in that lane, and of one number a row. */
function overRows(rows: number, units: number, each: (at: number, row: number) => void): void {
  for (let row = 0; row < rows; row++)
    for (let lane = 0; lane < N; lane++) each(row * N * units + lane, row * N + lane);
}

export function lossesOn(
  f: Float32Array,
  bits: Int32Array,
  { exp, log, logistic, softplus }: Scalars,
): Losses {
  /** The largest of a row; NaN in the first stays. */
  const most = (at: number, units: number): number => {
    let value = f[at];
    for (let unit = 1; unit < units; unit++) {
      const own = f[at + N * unit];
      if (value < own) value = own;
    }
    return value;
  };

  /** Writes exp(z − max z) of a row and returns their sum. */
  const exponentials = (from: number, to: number, units: number): number => {
    const highest = most(from, units);
    let sum = 0;
    for (let unit = 0; unit < units; unit++) {
      const e = exp(fround(f[from + N * unit] - highest));
      f[to + N * unit] = e;
      sum = fround(sum + e);
    }
    return sum;
  };

  const softmax: Losses['softmax'] = (z, y, rows, units) =>
    overRows(rows, units, (at) => {
      const sum = exponentials((z >>> 2) + at, (y >>> 2) + at, units);
      for (let unit = 0; unit < units; unit++) {
        const i = (y >>> 2) + at + N * unit;
        f[i] = fround(f[i] / sum);
      }
    });

  const crossEntropy: LossPrimitive = {
    // Written out, since it is what training calls: numbers that pass through functions may come to lie on the heap.
    gradient(z, targets, scale, dz, rows, units) {
      for (let row = 0; row < N * rows; row++) {
        const first = (row >>> 2) * N * units + (row & 3);
        const [from, to] = [(z >>> 2) + first, (dz >>> 2) + first];
        const highest = most(from, units);
        let sum = fround(0);
        for (let i = 0; i < N * units; i += N) {
          const below = fround(f[from + i] - highest);
          const e = below === 0 ? 1 : fround(exp(below)); // one of each row is 0
          f[to + i] = e;
          sum = fround(sum + e);
        }
        const share = f[(scale >>> 2) + row];
        const factor = fround(share / sum);
        const label = bits[(targets >>> 2) + row];
        for (let unit = 0; unit < units; unit++) {
          const p = fround(f[to + N * unit] * factor);
          f[to + N * unit] = label === unit ? fround(p - share) : p;
        }
      }
    },
    rows(z, targets, losses, scores, _, rows, units) {
      overRows(rows, units, (at, row) => {
        const from = (z >>> 2) + at;
        const highest = most(from, units);
        let sum = 0;
        let own = 0;
        let before = 0;
        for (let unit = 0; unit < units; unit++) {
          const value = f[from + N * unit];
          sum = fround(sum + exp(fround(value - highest)));
          const label = bits[(targets >>> 2) + row];
          if (unit === label) own = value;
          // A class before the label that is as likely goes first.
          if (unit < label && value === highest) before = 1;
        }
        f[(losses >>> 2) + row] = fround(log(sum) - fround(own - highest));
        f[(scores >>> 2) + row] = own === highest && before === 0 ? 1 : 0;
      });
    },
  };

  /** A loss that is the mean over outputs of `loss`, with ∂loss/∂z and what counts for the score. */
  const overOutputs = (
    slope: (z: number, y: number, delta: number) => number,
    loss: (z: number, y: number, delta: number) => number,
    score: (z: number, y: number) => number,
  ): LossPrimitive => ({
    gradient(z, targets, scale, dz, rows, units, delta) {
      const d = fround(delta);
      overRows(rows, units, (at, row) => {
        const share = f[(scale >>> 2) + row];
        for (let i = at; i < at + N * units; i += N)
          f[(dz >>> 2) + i] = fround(slope(f[(z >>> 2) + i], f[(targets >>> 2) + i], d) * share);
      });
    },
    rows(z, targets, losses, scores, _, rows, units, delta) {
      const d = fround(delta);
      const inverse = fround(1 / units);
      overRows(rows, units, (at, row) => {
        let total = 0;
        let right = 0;
        for (let i = at; i < at + N * units; i += N) {
          const value = f[(z >>> 2) + i];
          const target = f[(targets >>> 2) + i];
          total = fround(total + loss(value, target, d));
          right = fround(right + score(value, target));
        }
        f[(losses >>> 2) + row] = fround(total * inverse);
        f[(scores >>> 2) + row] = fround(right * inverse);
      });
    },
  });

  const error = (z: number, y: number): number => fround(z - y);
  const squared = (z: number, y: number): number => fround(error(z, y) * error(z, y));
  /** Within ±delta; NaN stays. */
  const clamped = (e: number, delta: number): number => Math.min(Math.max(e, -delta), delta);

  const losses: Record<LossName, LossPrimitive> = {
    cross_entropy: crossEntropy,
    binary_cross_entropy: overOutputs(
      (z, y) => fround(logistic(z) - y),
      (z, y) => fround(softplus(z) - fround(z * y)),
      (z, y) => (z > 0 === y > 0.5 && !Number.isNaN(z) ? 1 : 0),
    ),
    squared_error: overOutputs((z, y) => fround(2 * error(z, y)), squared, squared),
    absolute_error: overOutputs(
      (z, y) => {
        const e = error(z, y);
        return e > 0 ? 1 : e < 0 ? -1 : e;
      },
      (z, y) => Math.abs(error(z, y)),
      squared,
    ),
    // delta·|e| − delta²/2 beyond delta, e²/2 within: (|e| − c/2)·c for c = min(|e|, delta).
    huber: overOutputs(
      (z, y, delta) => clamped(error(z, y), delta),
      (z, y, delta) => {
        const size = Math.abs(error(z, y));
        const c = Math.min(delta, size);
        return fround(fround(size - fround(0.5 * c)) * c);
      },
      squared,
    ),
  };

  return {
    softmax,
    sigmoid(z, y, count) {
      for (let i = 0; i < 4 * count; i++) f[(y >>> 2) + i] = logistic(f[(z >>> 2) + i]);
    },
    losses,
  };
}
