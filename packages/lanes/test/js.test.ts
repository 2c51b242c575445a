// What the emitter of JavaScript makes of a source has the bits of what the emitter of WebAssembly makes.
import { describe, expect, it } from 'vitest';
import { exp, expOf, log, type Source, unlessNaN, withSign } from '../src/index.js';
import { jsElementwise, jsPrelude } from '../src/js.js';
import { compiled } from './_run.js';

const sources: Readonly<Record<string, Source>> = {
  'a polynomial': {
    params: 1,
    f: (k, x) => k.polynomial([1, 2, 3, 4, 5], k.let(x)),
    derivative: (k, x) => k.mul(x, k.params[0]),
  },
  exp: {
    params: 0,
    f: exp,
    derivative: (k, x) => expOf(k, k.let(k.pmin(k.pmax(x, k.c(-100)), k.c(20)))).value,
  },
  'exp in float64': {
    params: 0,
    wide: 'both',
    f: (k, x) => expOf(k, k.let(k.pmin(k.pmax(x, k.c(-100)), k.c(20)))).value,
    derivative: (_, x) => x,
  },
  'signs and masks': {
    params: 1,
    f: (k, x) => withSign(k, k.sqrt(k.abs(x)), x),
    derivative: (k, x) => unlessNaN(k, x, k.andnot(k.params[0], k.or(k.lt(x, k.c(-1)), k.gt(x, k.c(1))))),
  },
  'bits, shifted': {
    params: 0,
    f: (k, x) => k.iadd(k.shl(k.shr(x, 3), 3), k.and(k.eq(x, x), k.bits(1))),
    derivative: (k, x) => k.xor(x, k.bits(0x80000000)),
  },
};

const x = Float32Array.from([
  0,
  -0,
  1,
  -1,
  0.3,
  -2.7,
  1e-40,
  3e38,
  -3e38,
  80,
  -80,
  1e-7,
  Infinity,
  -Infinity,
  NaN,
]);

/** f and f′ of every x. */
const run = (source: Source): { f: number[]; slope: number[] } => {
  const plain = (text: string): string => text.replace(/: (Float32Array|number|void)/g, '');
  const text = `${plain(jsPrelude)} return ({ ${plain(jsElementwise('run', source))} }).run`;
  const kernel = new Function(text)() as (floats: Float32Array, ...rest: number[]) => void;
  const floats = new Float32Array(2 * x.length);
  floats.set(x);
  kernel(floats, 0, x.length, x.length, 0.75);
  return { f: [...floats.subarray(x.length)], slope: [...floats.subarray(0, x.length)] };
};

describe.each(Object.entries(sources))('%s', (_, source) => {
  // 64-bit lanes know no 32-bit patterns: the module of both is made of sources that have none.
  const both = source === sources['bits, shifted'] ? undefined : compiled(source, 0.75);
  it.skipIf(!both)('f and f′', () => {
    const { f, slope } = run(source);
    expect(f).toEqual(both?.('f', x));
    expect(slope.map((value) => Math.fround(2 * value))).toEqual(both?.('b', x)); // times a dy of 2
  });
});

it('shifts and patterns', () => {
  const { f, slope } = run(sources['bits, shifted']);
  const [zero, , one] = f;
  expect(new Uint32Array(Float32Array.of(zero, one).buffer)).toEqual(Uint32Array.of(1, 0x3f800001));
  expect(slope.slice(0, 4)).toEqual([-0, 0, -1, 1]);
});

it('log, to 2 of the last place', () => {
  const source: Source = { params: 0, f: log, derivative: log };
  const points = Float32Array.from({ length: x.length }, (_, i) => 1 + i * i * 0.37);
  const plain = (text: string): string => text.replace(/: (Float32Array|number|void)/g, '');
  const kernel = new Function(
    `${plain(jsPrelude)} return ({ ${plain(jsElementwise('run', source))} }).run`,
  )();
  const floats = new Float32Array(2 * points.length);
  floats.set(points);
  kernel(floats, 0, points.length, points.length);
  points.forEach((point, i) => {
    const truth = Math.log(point);
    expect(Math.abs(floats[points.length + i] - truth)).toBeLessThanOrEqual(2.4e-7 * Math.max(truth, 0.1));
  });
});

it('what f and f′ have in common is there once', () => {
  const text = jsElementwise('run', {
    params: 0,
    f: exp,
    derivative: (k, own) => k.mul(exp(k, own), k.c(3)),
  });
  expect(text.match(/lesser\(/g)).toHaveLength(1);
});
