// What the user holds.
import type { FloatArray } from './arguments.js';
import type { Traits } from './definition.js';

/** Plain data that `activation()` turns into the same function again. */
export interface ActivationJson<P extends object = object> {
  readonly name: string;
  readonly params: Readonly<P>;
}

/** An elementwise activation function with its parameters bound. */
export interface Activation<P extends object = object> extends Traits {
  /** f(x). Arguments after the first are ignored, so that `array.map(f)` works. */
  (x: number): number;
  /** Canonical name: Keras 3's snake_case. */
  readonly name: string;
  readonly params: Readonly<P>;
  /** f as LaTeX, parameters filled in. */
  readonly formula: string;
  /** f′(x); at a kink, the value that the function's doc states. */
  derivative(x: number): number;
  /** Writes f(x[i]) to y (a new array by default; y may be x) and returns y. */
  forward<A extends FloatArray>(x: A, y?: A): A;
  /** Writes dy[i]·f′(x[i]) to dx (a new array by default; dx may be x or dy) and returns dx. */
  backward<A extends FloatArray>(x: A, dy: A, dx?: A): A;
  toJSON(): ActivationJson<P>;
}
