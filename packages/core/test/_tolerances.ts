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

/** Where f′ crosses 0 its relative error has no bound: there the error is absolute, in multiples of 2^-53 or 2^-24. */
export const CROSSING: Readonly<Partial<Record<ElementwiseName, number>>> = {
  gelu: 4,
  silu: 4,
  mish: 4,
  hard_silu: 4,
};

/** A float32 value from a framework: its own kernels are good to a few float32 ulp of the largest intermediate, about 10. */
export const FRAMEWORK = { relative: 2e-6, absolute: 1e-6 };
