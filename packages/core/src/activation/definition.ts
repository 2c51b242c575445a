import type { Kernels, Pair } from './loops.js';

/** What is true of a function as a whole. */
export interface Traits {
  /** Greatest lower and least upper bound of f. */
  readonly range: readonly [low: number, high: number];
  /** Where f has no derivative, or jumps; ascending. */
  readonly kinks: readonly number[];
  /** Whether f never decreases. */
  readonly monotonic: boolean;
  /** Gain for the initialiser of the layer before it, as PyTorch's `calculate_gain` gives it; null where it gives none. */
  readonly gain: number | null;
}

/**
 * What one function's file says about it for checked parameters. An entry makes an activation of it: see dress.ts. Traits that are left
 * out are those of most functions: all real numbers, no kinks, never decreasing, no gain.
 */
export interface Definition<P extends object = object> extends Partial<Traits> {
  name: string;
  params: P;
  /** f as LaTeX, parameters filled in. */
  formula: string;
  /** f and f′ for given parameters: those of the caller, and for float32 arrays the same rounded to float32. */
  bind: (params: P) => Pair;
  /** For piecewise linear functions, their JS loops: with the same bits as their WASM kernels, for float32 arrays (`single`) or float64. */
  loops?: (params: P, single: boolean) => Kernels | undefined;
}
