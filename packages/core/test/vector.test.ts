import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  activation,
  geglu,
  gelu,
  glu,
  hardmax,
  logSoftmax,
  reglu,
  softmax,
  softmin,
  sparsemax,
  swiglu,
  vectorActivation,
  vectorActivationNames,
} from '../src/index.js';

const vectors = fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 2, maxLength: 9 });
const even = vectors.map((v) => (v.length % 2 ? v.slice(1) : v)).filter((v) => v.length >= 2);

describe('values', () => {
  it('softmax sums to 1 and does not overflow', () => {
    expect(softmax()([1000, 1000])).toEqual([0.5, 0.5]);
    expect(softmax()([0, -Infinity])).toEqual([1, 0]);
    expect(softmax()([-Infinity, -Infinity])).toEqual([Number.NaN, Number.NaN]);
    expect(softmax()([Number.NaN, 1])).toEqual([Number.NaN, Number.NaN]);
    expect(softmin()([1, 2])).toEqual(softmax()([-1, -2]));
  });

  it('log_softmax keeps the digits of a near-certain class', () => {
    expect(logSoftmax()([40, 0])).toEqual([-4.248354255291589e-18, -40]);
  });

  it('hardmax marks the first largest, sparsemax projects onto the simplex', () => {
    expect(hardmax()([1, 3, 3])).toEqual([0, 1, 0]);
    expect(sparsemax()([0.5, 0.25, -3])).toEqual([0.625, 0.375, 0]);
    expect(sparsemax()([5, 1, 0])).toEqual([1, 0, 0]);
  });

  it('the gated ones halve the axis', () => {
    expect(glu()([2, 4, 0, 0])).toEqual([1, 2]);
    expect(swiglu()([0, 1, 5, 2])).toEqual([0, 2 / (1 + Math.exp(-1))]);
    expect(geglu({ approximate: 'tanh' })([0, 1, 5, 2])).toEqual([0, 2 * gelu({ approximate: 'tanh' })(1)]);
    expect(reglu()([-1, 3, 5, 2])).toEqual([0, 6]);
    expect(() => geglu({ approximate: 'erf' as 'none' })).toThrow(
      new RangeError('approximate must be "none" or "tanh", got "erf"'),
    );
    expect(() => glu()([1, 2, 3])).toThrow('glu halves its axis, which must be even, got 3');
  });
});

describe('at infinity, as PyTorch', () => {
  it.each([
    ['softmax', softmax(), [Infinity, 1], [Number.NaN, Number.NaN]],
    ['softmax', softmax(), [-Infinity, 1, 1], [0, 0.5, 0.5]],
    ['softmin', softmin(), [Infinity, 1], [0, 1]],
    ['softmin', softmin(), [-Infinity, 1], [Number.NaN, Number.NaN]],
    ['log_softmax', logSoftmax(), [-Infinity, 3], [-Infinity, 0]],
    ['log_softmax', logSoftmax(), [Infinity, 3], [Number.NaN, Number.NaN]],
    ['log_softmax', logSoftmax(), [-Infinity, -Infinity], [Number.NaN, Number.NaN]],
    ['log_softmax', logSoftmax(), [1e308, -1e308], [0, -Infinity]],
    ['hardmax', hardmax(), [-Infinity, -Infinity], [1, 0]],
    ['hardmax', hardmax(), [1, Infinity, Infinity], [0, 1, 0]],
    ['hardmax', hardmax(), [1, Number.NaN], [Number.NaN, Number.NaN]],
    ['sparsemax', sparsemax(), [-Infinity, 2], [0, 1]],
    ['sparsemax', sparsemax(), [Infinity, 2], [Number.NaN, Number.NaN]],
    ['sparsemax', sparsemax(), [Number.NaN, 2], [Number.NaN, Number.NaN]],
    ['sparsemax', sparsemax(), [1e300, 1e300, 0], [0.5, 0.5, 0]],
    ['sparsemax', sparsemax(), [1e15 + 0.5, 1e15 + 0.25], [0.625, 0.375]],
    ['glu', glu(), [2, 2, Infinity, -Infinity], [2, 0]],
    ['glu', glu(), [Infinity, Number.NaN, 0, 0], [Infinity, Number.NaN]],
    ['geglu', geglu(), [-Infinity, Infinity, 3, 3], [-0, Infinity]],
    ['reglu', reglu(), [-Infinity, Infinity, 3, -3], [0, -Infinity]],
    ['swiglu', swiglu(), [-Infinity, Infinity, 3, 3], [-0, Infinity]],
  ])('%s', (_, f, x, y) => {
    expect(f(x)).toEqual(y);
    expect([...f.forward(Float64Array.from(x))]).toEqual(y);
  });

  it.each([
    ['text', '123', 'x must be an array of numbers, got "123"'],
    ['a number', 5, 'x must be an array of numbers, got 5'],
    ['nothing', undefined, 'x must be an array of numbers, got undefined'],
    ['a digit among numbers', [1, '2'], 'x[1] must be a number, got "2"'],
    ['a hole', Array(1), 'x[0] must be a number, got undefined'],
  ])('%s is a TypeError', (_, x, message) => {
    expect(() => softmax()(x as number[])).toThrow(new TypeError(message));
  });
});

describe.each(vectorActivationNames)('%s', (name) => {
  const gated = name.endsWith('glu');

  it('works on each vector of the axis by itself', () =>
    fc.assert(
      fc.property(even, (v) => {
        const f = vectorActivation(name, { axisLength: v.length });
        const twice = Float64Array.from([...v, ...v.map((a) => -a)]);
        const y = f.forward(twice);
        expect([...y]).toEqual([...f(v), ...f(v.map((a) => -a))]);
        if (!gated) expect(f.forward(twice, twice)).toBe(twice);
      }),
      { numRuns: 50 },
    ));

  it.skipIf(name === 'hardmax')('backward equals finite differences', () =>
    fc.assert(
      fc.property(even, fc.nat(), (v, seed) => {
        const f = vectorActivation(name);
        const dy = f(v).map((_, i) => Math.sin(seed + i));
        const dx = f.backward(Float64Array.from(v), Float64Array.from(dy));
        const loss = (w: number[]) => f(w).reduce((sum, y, i) => sum + y * dy[i], 0);
        for (const [i, a] of v.entries()) {
          const h = 1e-6;
          const right = (loss(v.with(i, a + h)) - loss(v)) / h;
          const left = (loss(v) - loss(v.with(i, a - h))) / h;
          // Where the two sides differ sparsemax has a kink.
          if (Math.abs(right - left) < 1e-3) expect(dx[i]).toBeCloseTo((right + left) / 2, 3);
        }
      }),
      { numRuns: 50 },
    ),
  );

  it('comes back from JSON, and refuses what does not fit', () => {
    const f = vectorActivation(name, { axisLength: 4 });
    expect(vectorActivation(JSON.stringify(f)).toJSON()).toEqual(f.toJSON());
    expect(() => f.forward(new Float32Array(6))).toThrow(
      'x must hold whole vectors of axisLength 4, got 6 elements',
    );
    expect(() => vectorActivation(name, { axisLength: 0 })).toThrow(RangeError);
    expect(() => vectorActivation(name, { axisLength: 2.5 })).toThrow(
      'axisLength must be a positive integer, got 2.5',
    );
    expect(f.forward(new Float32Array(0))).toHaveLength(0);
    expect(() => activation(name)).toThrow(`${name} works on vectors`);
    const buffer = new Float32Array(8);
    expect(() => f.forward(buffer.subarray(0, 4), buffer.subarray(1, 5))).toThrow(RangeError);
  });
});
