import { checkFloatArray, checkLike, checkOverlap, type FloatArray, show } from './_arguments.js';
import { type Kernels, type Pair, type Piecewise, pieceKernels, scalarKernels } from './_kernels.js';

/** Plain data that `activation()` turns into the same function again. */
export interface ActivationJson<P extends object = object> {
  readonly name: string;
  readonly params: Readonly<P>;
}

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

/** What one function's file says about it; everything else follows. */
export interface Definition<P extends object> extends Partial<Traits> {
  name: string;
  params: P;
  formula: string;
  /** f and f′ for given parameters: those of the caller, and for float32 arrays the same rounded to float32. */
  bind: (params: P) => Pair;
  /** For piecewise linear functions, the pieces that their JS kernels run on. */
  pieces?: (params: P, single: boolean) => Piecewise;
}

/** Where an activation keeps the definition that other backends and lookups start from. */
export const definitionOf: unique symbol = Symbol('definition');

export interface Defined<P extends object> extends Activation<P> {
  readonly [definitionOf]: Definition<P>;
}

// Keeps the kind that the caller sees: TypeScript cannot tie `new x.constructor` to A.
export const emptyLike = <A extends FloatArray>(x: A): A =>
  (x.BYTES_PER_ELEMENT === 4 ? new Float32Array(x.length) : new Float64Array(x.length)) as A;

const rounded = <P extends object>(params: P): P =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'number' ? Math.fround(value) : value,
    ]),
  ) as P;

/** Why a function cannot run on float32 arrays: a parameter that float32 rounds to ±∞, or to 0 though it is not 0. */
export function unfitForFloat32(params: object): string | undefined {
  for (const [key, value] of Object.entries(params)) {
    if (typeof value !== 'number' || value === 0) continue;
    const own = Math.fround(value);
    if (own === 0 || !Number.isFinite(own))
      return `${key} must be within float32's range for Float32Arrays, got ${value}`;
  }
  return undefined;
}

/** The JS kernels of a function. */
export function jsKernels<P extends object>({ params, bind, pieces }: Definition<P>): Kernels {
  const kernels = (single: boolean): Kernels => {
    const own = single ? rounded(params) : params;
    return pieces ? pieceKernels(pieces(own, single), single) : scalarKernels(bind(own));
  };
  const double = kernels(false);
  const single = kernels(true);
  return {
    forward: (x, y) => (x.BYTES_PER_ELEMENT === 4 ? single : double).forward(x, y),
    backward: (x, dy, dx) => (x.BYTES_PER_ELEMENT === 4 ? single : double).backward(x, dy, dx),
  };
}

/** A string or null would go through a comparison unharmed. */
const onNumbers =
  (f: (x: number) => number) =>
  (x: number): number => {
    if (typeof x !== 'number') throw new TypeError(`x must be a number, got ${show(x)}`);
    return f(x);
  };

/** `forward` and `backward` of anything elementwise: the checks, and then the kernels; `unfit` says why not on float32. */
export const arrayMethods = (kernels: Kernels, unfit?: string): Pick<Activation, 'forward' | 'backward'> => ({
  forward<A extends FloatArray>(x: A, y?: A): A {
    checkFloatArray('x', x);
    if (unfit !== undefined && x.BYTES_PER_ELEMENT === 4) throw new RangeError(unfit);
    let shared: ArrayBufferLike | undefined;
    if (y !== undefined) {
      checkLike('y', y, x);
      const { buffer } = x;
      if (checkOverlap('y', y, 'x', x, y.buffer, buffer)) shared = buffer;
    }
    const out = y ?? emptyLike(x);
    kernels.forward(x, out, shared);
    return out;
  },
  backward<A extends FloatArray>(x: A, dy: A, dx?: A): A {
    checkFloatArray('x', x);
    if (unfit !== undefined && x.BYTES_PER_ELEMENT === 4) throw new RangeError(unfit);
    checkLike('dy', dy, x);
    const { buffer } = x;
    const dyBuffer = dy.buffer;
    let together = checkOverlap('dy', dy, 'x', x, dyBuffer, buffer);
    if (dx === undefined) together = false;
    else {
      checkLike('dx', dx, x);
      const dxBuffer = dx.buffer;
      if (!checkOverlap('dx', dx, 'x', x, dxBuffer, buffer)) together = false;
      checkOverlap('dx', dx, 'dy', dy, dxBuffer, dyBuffer);
    }
    const out = dx ?? emptyLike(x);
    kernels.backward(x, dy, out, together ? buffer : undefined);
    return out;
  },
});

/** Dresses a definition in the common shape; every factory ends here. */
export function createActivation<P extends object>(
  definition: Definition<P>,
  kernels: Kernels = jsKernels(definition),
  extra: object = {},
): Activation<P> {
  const { name, params, formula, bind } = definition;
  const pair = bind(Object.freeze(params));
  const f = onNumbers(pair.f);
  const derivative = onNumbers(pair.derivative);
  const methods: Omit<Defined<P>, 'name'> = Object.assign((x: number) => f(x), {
    params,
    formula,
    range: Object.freeze(definition.range ?? ([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const)),
    kinks: Object.freeze(definition.kinks ?? []),
    monotonic: definition.monotonic ?? true,
    gain: definition.gain ?? null,
    derivative: (x: number) => derivative(x),
    ...arrayMethods(kernels, unfitForFloat32(params)),
    toJSON: () => ({ name, params: { ...params } }),
    [definitionOf]: definition,
    ...extra,
  });
  // A function's own name is read-only, so assignment cannot set it.
  return Object.freeze(Object.defineProperty(methods, 'name', { value: name })) as unknown as Activation<P>;
}
