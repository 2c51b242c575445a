// The one table of tolerances. Units in the last place, float64 for scalars, float32 for float32 kernels.
import type { ElementwiseName } from '../src/index.js';

/** Piecewise linear: one rounding at most, so exact; the others by the goal of the design. */
export const EXACT: ReadonlySet<ElementwiseName> = new Set([
  'linear',
  'relu',
  'leaky_relu',
  'prelu',
  'rrelu',
  'relu6',
  'threshold',
  'thresholded_relu',
  'hard_tanh',
  'sparse_sigmoid',
  'soft_shrink',
  'hard_shrink',
  'step',
] as const);

export const SMOOTH_ULP_64 = 4;
export const SMOOTH_ULP_32 = 2;

/** Where f′ crosses 0, in βx for silu. */
export const CROSSING: Readonly<Partial<Record<ElementwiseName, number>>> = {
  gelu: -0.75,
  silu: -1.28,
  mish: -1.19,
  hard_silu: -1.5,
};

/** Within 1 of where f′ crosses 0 its relative error has no bound: there it is absolute, and as small as that of values below 2. */
export function absoluteTolerance(name: string, params: object, bits: 24 | 53): (x: number) => number {
  const crossing = CROSSING[name as ElementwiseName] ?? Number.NaN;
  const { beta = 1 } = params as { beta?: number };
  const near = bits === 24 ? 2 ** -24 : 2 * 2 ** -53;
  return (x) => (Math.abs(beta * x - crossing) < 1 ? near : 0);
}

/** A float32 value from a framework: its own kernels are good to a few float32 ulp of the largest intermediate, about 10. */
export const FRAMEWORK = { relative: 2e-6, absolute: 1e-6 };
