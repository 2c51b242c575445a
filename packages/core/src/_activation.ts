import { checkCompanion, checkFloatArray, checkOverlap, type FloatArray } from './_arguments.js';

/** Plain data that `activation()` turns into the same function again. */
export interface ActivationJson<P extends object = object> {
  readonly name: string;
  readonly params: Readonly<P>;
}

/** An elementwise activation function with its parameters bound. */
export interface Activation<P extends object = object> {
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

/** Loops over checked arrays: same kind, same length, each either the same memory as x or apart from it. */
export interface Kernels {
  forward(x: FloatArray, y: FloatArray): void;
  backward(x: FloatArray, dy: FloatArray, dx: FloatArray): void;
}

interface Parts<P extends object> {
  name: string;
  params: P;
  formula: string;
  f: (x: number) => number;
  derivative: (x: number) => number;
  kernels: Kernels;
}

// Keeps the kind that the caller sees: TypeScript cannot tie `new x.constructor` to A.
const emptyLike = <A extends FloatArray>(x: A): A =>
  (x[Symbol.toStringTag] === 'Float32Array' ? new Float32Array(x.length) : new Float64Array(x.length)) as A;

/** Dresses a function in the common shape; every factory ends here. */
export function createActivation<P extends object>(parts: Parts<P>): Activation<P> {
  const { name, params, formula, f, derivative, kernels } = parts;
  Object.freeze(params);
  const methods: Omit<Activation<P>, 'name'> = Object.assign((x: number) => f(x), {
    params,
    formula,
    derivative: (x: number) => derivative(x),
    forward<A extends FloatArray>(x: A, y?: A): A {
      checkFloatArray('x', x);
      if (y !== undefined) checkCompanion('y', y, x);
      const out = y ?? emptyLike(x);
      kernels.forward(x, out);
      return out;
    },
    backward<A extends FloatArray>(x: A, dy: A, dx?: A): A {
      checkFloatArray('x', x);
      checkCompanion('dy', dy, x);
      if (dx !== undefined) {
        checkCompanion('dx', dx, x);
        checkOverlap('dx', dx, 'dy', dy);
      }
      const out = dx ?? emptyLike(x);
      kernels.backward(x, dy, out);
      return out;
    },
    toJSON: () => ({ name, params: { ...params } }),
  });
  // A function's own name is read-only, so assignment cannot set it.
  return Object.freeze(Object.defineProperty(methods, 'name', { value: name })) as Activation<P>;
}
