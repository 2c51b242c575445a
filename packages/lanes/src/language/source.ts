import type { Lanes, V } from './lanes.js';

/** An elementwise function and its derivative, as expressions over lanes. The rest are hints for the emitter of loops. */
export interface Source {
  /** How many parameters the kernels take: `k.params` has that many. */
  params: number;
  f(k: Lanes, x: V): V;
  derivative(k: Lanes, x: V): V;
  /** Vectors in flight in one turn of the float32 loop, where it is not computed in float64. */
  unroll?: number;
  /** Which of the two the float32 kernel computes in float64, because float32 steps would miss 2 ulp. */
  wide?: 'both' | 'derivative';
  /** Whether f′ takes so little time that memory is waited for: see wasm/clearing.ts. */
  waits?: boolean;
  /** Whether its float64 inside has several polynomials side by side: then fewer vectors a turn, and Horner. */
  crowded?: boolean;
}
