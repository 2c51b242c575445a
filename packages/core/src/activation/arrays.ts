// `forward` and `backward`: their checks, and the JS loops under them.
import type { Activation } from './activation.js';
import { checkFloatArray, checkLike, checkOverlap, type FloatArray } from './arguments.js';
import type { Definition } from './definition.js';
import { type Kernels, scalarKernels } from './loops.js';

// Keeps the kind that the caller sees: TypeScript cannot tie `new x.constructor` to A.
export const emptyLike = <A extends FloatArray>(x: A): A =>
  (x.BYTES_PER_ELEMENT === 4 ? new Float32Array(x.length) : new Float64Array(x.length)) as A;

/** The parameters as float32 arrays see them. None may be one that float32 rounds to ±∞, or to 0 though it is not 0. */
export function inFloat32<P extends object>(params: P): P {
  const rounded: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(params)) {
    const own = typeof value === 'number' ? Math.fround(value) : value;
    if (own !== value && (own === 0 || Math.abs(own) === Number.POSITIVE_INFINITY))
      throw new RangeError(`${key} must be within float32's range for Float32Arrays, got ${value}`);
    rounded[key] = own;
  }
  return rounded as P;
}

/** The JS kernels of a function, made at the first array of each kind: they take longer to make than all else of an activation. */
export function jsKernels<P extends object>({ params, bind, loops }: Definition<P>): Kernels {
  const make = (single: boolean): Kernels => {
    const own = single ? inFloat32(params) : params;
    return loops ? loops(own, single) : scalarKernels(bind(own));
  };
  const made: Kernels[] = []; // by the bytes of an element
  const kernelsFor = ({ BYTES_PER_ELEMENT: width }: FloatArray): Kernels => {
    made[width] ??= make(width === 4);
    return made[width];
  };
  return {
    forward: (x, y) => kernelsFor(x).forward(x, y),
    backward: (x, dy, dx) => kernelsFor(x).backward(x, dy, dx),
  };
}

/** `forward` and `backward` of anything elementwise: the checks, and then the kernels. float32 has to hold the parameters. */
export function arrayMethods(
  kernels: Kernels,
  params: object = {},
): Pick<Activation, 'forward' | 'backward'> {
  let isFit = false; // looked at when the first float32 array comes
  const checkInput = (x: FloatArray): void => {
    checkFloatArray('x', x);
    if (isFit || x.BYTES_PER_ELEMENT === 8) return;
    inFloat32(params);
    isFit = true;
  };
  return {
    forward<A extends FloatArray>(x: A, y?: A): A {
      checkInput(x);
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
      checkInput(x);
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
  };
}
