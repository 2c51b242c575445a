// `forward` and `backward`: their checks, and the JS loops under them.
import type { Activation } from './activation.js';
import { checkFloatArray, checkLike, checkOverlap, type FloatArray } from './arguments.js';
import type { Definition } from './definition.js';
import { type Kernels, scalarKernels } from './loops.js';

// Keeps the kind that the caller sees: TypeScript cannot tie `new x.constructor` to A.
export const emptyLike = <A extends FloatArray>(x: A): A =>
  new (x.BYTES_PER_ELEMENT === 4 ? Float32Array : Float64Array)(x.length) as A;

/** The parameters as float32 arrays see them. None may be one that float32 rounds to ±∞, or to 0 though it is not 0. */
export function inFloat32<P extends object>(params: P): P {
  const rounded: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(params)) {
    const own = typeof value === 'number' ? Math.fround(value) : value;
    if (own !== value && (own === 0 || !Number.isFinite(own)))
      throw new RangeError(`${key} must be within float32's range for Float32Arrays, got ${value}`);
    rounded[key] = own;
  }
  return rounded as P;
}

/** The kernels for an array; the first float32 array tells whether float32 holds the parameters. */
export type KernelsFor = (x: FloatArray) => Kernels;

/** The JS kernels of a function, made at the first array of each kind: they take longer to make than all else of an activation. */
export function jsKernels<P extends object>({ params, bind, loops }: Definition<P>): KernelsFor {
  const made: Kernels[] = []; // by the bytes of an element
  return ({ BYTES_PER_ELEMENT: width }) => {
    if (!made[width]) {
      const own = width === 4 ? inFloat32(params) : params;
      made[width] = loops?.(own, width === 4) ?? scalarKernels(bind(own));
    }
    return made[width];
  };
}

/** `forward` and `backward` of anything elementwise: the checks, and then the kernels. */
export function arrayMethods(kernelsFor: KernelsFor): Pick<Activation, 'forward' | 'backward'> {
  return {
    forward<A extends FloatArray>(x: A, y?: A): A {
      checkFloatArray('x', x);
      const kernels = kernelsFor(x);
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
      const kernels = kernelsFor(x);
      checkLike('dy', dy, x);
      const { buffer } = x;
      const dyBuffer = dy.buffer;
      const areBeside = checkOverlap('dy', dy, 'x', x, dyBuffer, buffer);
      let shared: ArrayBufferLike | undefined;
      if (dx !== undefined) {
        checkLike('dx', dx, x);
        const dxBuffer = dx.buffer;
        checkOverlap('dx', dx, 'dy', dy, dxBuffer, dyBuffer);
        if (checkOverlap('dx', dx, 'x', x, dxBuffer, buffer) && areBeside) shared = buffer;
      }
      const out = dx ?? emptyLike(x);
      kernels.backward(x, dy, out, shared);
      return out;
    },
  };
}
