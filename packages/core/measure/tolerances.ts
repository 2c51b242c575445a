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

/** Where f or f′ crosses 0, in βx for silu and quick_gelu: there a relative error has no bound. */
const CROSSINGS: Readonly<Partial<Record<ElementwiseName, { f?: number; derivative: number }>>> = {
  gelu: { derivative: -0.75 },
  quick_gelu: { derivative: -1.28 },
  silu: { derivative: -1.28 },
  mish: { derivative: -1.19 },
  hard_silu: { derivative: -1.5 },
  xielu: { f: -2.43, derivative: -0.98 },
};

/** Whether f′ crosses 0 somewhere, beside 0 itself. */
export const crosses0 = (name: string): boolean => name in CROSSINGS || name === 'snake';

/**
 * Within 1 of where f′ crosses 0, and 1.5 of where f does beside 0, the error is absolute, and as small as that of values below 2. The
 * snake's f′ crosses 0 again and again, and is below 2 everywhere.
 */
export function absoluteTolerance(
  name: string,
  params: object,
  bits: 24 | 53,
  part: 'f' | 'derivative',
): (x: number) => number {
  const near = bits === 24 ? 2 ** -24 : 2 * 2 ** -53;
  if (name === 'snake') return () => (part === 'f' ? 0 : near);
  const crossing = CROSSINGS[name as ElementwiseName]?.[part] ?? Number.NaN;
  const { beta = 1 } = name === 'silu' ? (params as { beta?: number }) : {};
  const scale = name === 'quick_gelu' ? 1.702 : beta;
  return (x) => (Math.abs(scale * x - crossing) < (part === 'f' ? 1.5 : 1) ? near : 0);
}

/** A float32 value from a framework: its own kernels are good to a few float32 ulp of the largest intermediate, about 10. */
export const FRAMEWORK = { relative: 2e-6, absolute: 1e-6 };
