// The largest errors of a function on one backend, over the float32 range and over the grid of the mpmath fixture.
import truth from '../fixtures/mpmath.json' with { type: 'json' };
import type { Activation } from '../src/index.js';
import * as scalars from '../src/js.js';
import { absoluteTolerance } from './tolerances.js';
import { numbers, type Stored, ulp32, ulp64 } from './ulp.js';

export interface Worst {
  ulp: number;
  at: number;
}

const bits = new DataView(new ArrayBuffer(4));

/** Every `stride`-th float32 by its bits: all exponents, subnormals, both zeros, infinities and NaN among them. */
export function float32Range(stride: number): Float32Array {
  return Float32Array.from({ length: Math.floor(2 ** 32 / stride) }, (_, i) => {
    bits.setUint32(0, i * stride);
    return bits.getFloat32(0);
  });
}

function worstOf(
  x: ArrayLike<number>,
  actual: ArrayLike<number>,
  expected: (i: number) => number,
  distance: (a: number, e: number) => number,
  absolute: (x: number) => number,
): Worst {
  let worst: Worst = { ulp: 0, at: Number.NaN };
  for (let i = 0; i < x.length; i++) {
    const a = actual[i];
    const e = expected(i);
    if (a === e || Math.abs(a - e) <= absolute(x[i])) continue;
    const ulp = distance(a, e);
    if (ulp > worst.ulp) worst = { ulp, at: x[i] };
  }
  return worst;
}

/**
 * float32 kernels against the float64 scalar rounded to float32, which is the correctly rounded value but for one case in 10⁸.
 * The scalar has the parameters that float32 arithmetic sees.
 */
export function worst32(f: Activation, x: Float32Array): { f: Worst; derivative: Worst } {
  const rounded = Object.fromEntries(
    Object.entries(f.params).map(([key, value]) => [
      key,
      // The hard sigmoid's 1/6 says that it divides by 6.
      typeof value === 'number' && value !== 1 / 6 ? Math.fround(value) : value,
    ]),
  );
  const scalar = scalars.activation(f.name, rounded);
  const absolute = (part: 'f' | 'derivative') => absoluteTolerance(f.name, f.params, 24, part);
  const one = new Float32Array(x.length).fill(1);
  const of = (i: number) => x[i];
  return {
    f: worstOf(x, f.forward(x), (i) => Math.fround(scalar(of(i))), ulp32, absolute('f')),
    derivative: worstOf(
      x,
      f.backward(x, one),
      (i) => Math.fround(scalar.derivative(of(i))),
      ulp32,
      absolute('derivative'),
    ),
  };
}

/** float64 kernels against mpmath, for functions and parameters that the fixture has. */
export function worst64(f: Activation, params: object): { f: Worst; derivative: Worst } {
  const x = Float64Array.from(numbers(truth.x as Stored[]));
  const row = truth.functions.find(
    (one) => one.name === f.name && JSON.stringify(one.params) === JSON.stringify(params),
  );
  if (!row) throw new Error(`the fixture has no ${f.name} ${JSON.stringify(params)}`);
  const values = numbers(row.f as Stored[]);
  const slopes = numbers(row.derivative as Stored[]);
  const absolute = (part: 'f' | 'derivative') => absoluteTolerance(f.name, f.params, 53, part);
  const one = new Float64Array(x.length).fill(1);
  return {
    f: worstOf(x, f.forward(x), (i) => values[i], ulp64, absolute('f')),
    derivative: worstOf(x, f.backward(x, one), (i) => slopes[i], ulp64, absolute('derivative')),
  };
}

export const fixtureVariants: readonly { name: string; params: object }[] = truth.functions.map(
  ({ name, params }) => ({
    name,
    params,
  }),
);
