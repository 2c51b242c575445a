// Each operation of the language, on four float32 and two float64 at a time, against the same in JavaScript.
import { describe, expect, it } from 'vitest';
import { assemble } from '../src/assemble.js';
import type { Lanes, LaneType, V } from '../src/index.js';
import { WasmLanes } from '../src/wasm.js';
import { compiled } from './_run.js';

const EDGES = [0, -0, 1, -1, 0.1, -2.5, 1e-40, -1e-310, 3e38, 1e300, Infinity, -Infinity, NaN, 5, 7e-20];

type F = (k: Lanes, x: V) => V;
const run = (
  f: F,
  x: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>,
  part: 'f' | 'b' = 'f',
): number[] => compiled({ params: 1, f, derivative: f }, 0.75)(part, x);

/** Math.min and Math.max, which a comparison must not become here, treat NaN and −0 otherwise. */
const less = (a: number, b: number): boolean => a < b;

const operations: Record<string, [f: F, js: (x: number, round: (x: number) => number) => number]> = {
  add: [(k, x) => k.add(x, k.c(0.1)), (x, r) => x + r(0.1)],
  sub: [(k, x) => k.sub(x, k.c(0.1)), (x, r) => x - r(0.1)],
  mul: [(k, x) => k.mul(x, k.params[0]), (x) => x * 0.75],
  div: [(k, x) => k.div(x, k.c(0.1)), (x, r) => x / r(0.1)],
  sqrt: [(k, x) => k.sqrt(x), Math.sqrt],
  abs: [(k, x) => k.abs(x), Math.abs],
  neg: [(k, x) => k.neg(x), (x) => -x],
  pmin: [(k, x) => k.pmin(x, k.c(0)), (x) => (less(0, x) ? 0 : x)],
  pmax: [(k, x) => k.pmax(x, k.c(0)), (x) => (less(x, 0) ? 0 : x)],
  'lt, select': [(k, x) => k.select(k.lt(x, k.c(1)), x, k.c(9)), (x) => (x < 1 ? x : 9)],
  'gt, select': [(k, x) => k.select(k.gt(x, k.c(1)), x, k.c(9)), (x) => (x > 1 ? x : 9)],
  'le, and': [(k, x) => k.and(k.le(x, k.c(1)), k.c(3)), (x) => (x <= 1 ? 3 : 0)],
  'ge, andnot': [(k, x) => k.andnot(k.c(3), k.ge(x, k.c(1))), (x) => (x >= 1 ? 0 : 3)],
  'eq, or': [
    (k, x) => k.or(k.and(k.eq(x, x), k.c(2)), k.and(k.lt(x, x), k.c(4))),
    (x) => (Number.isNaN(x) ? 0 : 2),
  ],
  xor: [(k, x) => k.xor(x, k.bits(k.single ? 0x80000000 : 0x8000000000000000n)), (x) => -x],
  'shl, isub, iadd': [
    // 2^1, made of the exponent's bits.
    (k, x) => {
      const mantissa = k.single ? 23 : 52;
      const one = k.bits(k.single ? 1 : 1n);
      const bias = k.bits(k.single ? 127 : 1023n);
      return k.mul(x, k.shl(k.isub(k.iadd(k.iadd(bias, one), one), one), mantissa));
    },
    (x) => x * 2,
  ],
  horner: [(k, x) => k.horner([3, 2, 1], k.let(x)), (x, r) => r(r(x + 2) * x) + 3],
  polynomial: [
    (k, x) => k.polynomial([3, 2, 5, 4], k.let(x)),
    (x, r) => r(r(5 * r(x * x)) + 3) + r(r(r(4 * r(x * x)) + 2) * x),
  ],
  'a polynomial of one coefficient': [(k, x) => k.add(k.polynomial([3], x), x), (x) => 3 + x],
};

describe.each(['f32x4', 'f64x2'] satisfies LaneType[])('%s', (type) => {
  const round = type === 'f32x4' ? Math.fround : (x: number) => x;
  const x = type === 'f32x4' ? Float32Array.from(EDGES) : Float64Array.from(EDGES);
  it.each(Object.entries(operations))('%s', (_, [f, js]) => {
    expect(run(f, x)).toEqual([...x].map((v) => round(js(v, round))));
  });
  it('multiplies a derivative by dy', () => {
    expect(run((k, v) => k.add(v, k.c(1)), x, 'b')).toEqual([...x].map((v) => round(2 * round(v + 1))));
  });
  it('takes whole vectors and what is left of them', () => {
    const plusOne = compiled({ params: 0, f: (k, v) => k.add(v, k.c(1)), derivative: (_, v) => v });
    const kind = type === 'f32x4' ? Float32Array : Float64Array;
    for (let n = 0; n < 60; n++) {
      const ramp = new kind(Array.from({ length: n }, (_, i) => i));
      expect(plusOne('f', ramp)).toEqual(Array.from({ length: n }, (_, i) => i + 1));
    }
  });
});

it('computes float32 in float64 lanes where the source asks for it', () => {
  const third: F = (k, x) => k.mul(k.div(x, k.c(3)), k.c(3e40)); // beyond float32 in between
  const x = Float32Array.of(1e-30, 2e-10, 3e-5, 7e-8, 9e-20, 1e-3, 5e-6);
  expect(compiled({ params: 0, wide: 'both', f: third, derivative: third })('f', x)).toEqual(
    [...x].map((v) => Math.fround((v / 3) * 3e40)),
  );
});

it('names what is evaluated once, and each constant once', () => {
  const k = new WasmLanes('f32x4');
  const x = k.local('$x');
  expect(k.square(x)).toBe(k.square(x));
  k.add(k.c(1), k.c(1));
  expect(k.declarations()).toBe('(local $constant0 v128) (local $v0 v128)');
  expect(k.statements).toHaveLength(1);
});

it('refuses text that is no WebAssembly', () =>
  expect(() => assemble('(module (func (i32.add)))')).toThrow());

it('evaluates once in a block where asked, and again in another', () => {
  const of = (once: boolean): boolean[] => {
    const k = new WasmLanes('f32x4', { once });
    const square = (): V => k.let(k.mul(k.local('$x'), k.local('$x')));
    let seen: V[] = [];
    k.block(() => {
      seen = [square(), square()];
      k.block(() => {
        seen.push(square());
        return '';
      });
      seen.push(square());
      return '';
    });
    return seen.slice(1).map((one) => one === seen[0]);
  };
  expect(of(true)).toEqual([true, false, true]);
  expect(of(false)).toEqual([false, false, false]);
});
