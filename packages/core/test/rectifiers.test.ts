import { describe, expect, it } from 'vitest';
import { leakyRelu, relu } from '../src/index.js';

const { POSITIVE_INFINITY: INF, NaN: NAN, MIN_VALUE: TINY, MAX_VALUE: HUGE } = Number;

describe('leakyRelu at its edges', () => {
  it.each([
    [INF, INF],
    [-INF, -INF],
    [NAN, NAN],
    [-0, -0],
    [0, 0],
    [2, 2],
    [-2, -0.02],
    [HUGE, HUGE],
    [-HUGE, -HUGE * 0.01],
    [TINY, TINY],
  ])('f(%d) is %d', (x, y) => expect(leakyRelu()(x)).toBe(y));

  it('takes the branch by x when the slope is above 1, below 0 or 0', () => {
    expect(leakyRelu({ negativeSlope: 3 })(-2)).toBe(-6);
    expect(leakyRelu({ negativeSlope: 3 })(2)).toBe(2);
    expect(leakyRelu({ negativeSlope: -1 })(-2)).toBe(2);
    expect(leakyRelu({ negativeSlope: 0 })(-INF)).toBe(0);
    expect(leakyRelu({ negativeSlope: 0 })(INF)).toBe(INF);
    expect(leakyRelu({ negativeSlope: 0 })(NAN)).toBe(NAN);
  });

  it('has the slope as derivative at 0, and none at NaN', () => {
    const f = leakyRelu({ negativeSlope: 0.05 });
    expect([-INF, -2, -0, 0, TINY, INF].map((x) => f.derivative(x))).toEqual([0.05, 0.05, 0.05, 0.05, 1, 1]);
    expect(f.derivative(NAN)).toBe(NAN);
  });
});

describe('relu at its edges', () => {
  it.each([
    [INF, INF],
    [-INF, 0],
    [NAN, NAN],
    [-0, -0],
    [0, 0],
    [2, 2],
    [-2, 0],
    [TINY, TINY],
    [-TINY, 0],
  ])('f(%d) is %d', (x, y) => expect(relu()(x)).toBe(y));

  it('follows Keras with negativeSlope, maxValue and threshold', () => {
    const f = relu({ negativeSlope: 0.5, maxValue: 6, threshold: 1 });
    expect([-INF, -1, 0, 1, 1.5, 6, 7, INF].map((x) => f(x))).toEqual([-INF, -1, -0.5, 0, 1.5, 6, 6, 6]);
    expect([-1, 1, 1.5, 6, 7].map((x) => f.derivative(x))).toEqual([0.5, 0.5, 1, 0, 0]);
    expect(f.derivative(NAN)).toBe(NAN);
  });

  it('has derivative 0 at 0 and at the limit', () => {
    expect(relu().derivative(0)).toBe(0);
    expect(relu({ maxValue: 6 }).derivative(6)).toBe(0);
    expect(relu().derivative(INF)).toBe(1);
  });
});

describe.each([
  ['leakyRelu', leakyRelu()],
  ['leakyRelu, slope 0', leakyRelu({ negativeSlope: 0 })],
  ['leakyRelu, slope 1.5', leakyRelu({ negativeSlope: 1.5 })],
  ['leakyRelu, slope -2', leakyRelu({ negativeSlope: -2 })],
  ['relu', relu()],
  ['relu6', relu({ maxValue: 6 })],
  ['relu of Keras', relu({ negativeSlope: 0.25, maxValue: 6, threshold: 1.5 })],
  ['relu with a limit below its threshold', relu({ maxValue: 1, threshold: 2 })],
])('%s on arrays', (_, f) => {
  const edges = [
    NAN,
    -INF,
    INF,
    -0,
    0,
    -1,
    1,
    1.5,
    2,
    6,
    6.5,
    -1e-3,
    TINY,
    -TINY,
    1e-45,
    -1e-45,
    3e38,
    -3e38,
  ];

  it('gives in float64 the bits of the scalar', () => {
    const x = Float64Array.from(edges);
    expect([...f.forward(x)]).toEqual(edges.map((v) => f(v)));
    expect([...f.backward(x, new Float64Array(x.length).fill(3))]).toEqual(
      edges.map((v) => 3 * f.derivative(v)),
    );
  });

  it('gives in float32 the scalar up to the rounding of its parameters', () => {
    const x = Float32Array.from(edges);
    const y = f.forward(x);
    for (const [i, v] of x.entries()) {
      const expected = Math.fround(f(v));
      if (Number.isNaN(expected)) expect(y[i]).toBe(NAN);
      else if (!Number.isFinite(expected)) expect(y[i]).toBe(expected);
      else expect(Math.abs(y[i] - expected)).toBeLessThanOrEqual(Math.abs(expected) * 2 ** -23 + 2 ** -149);
    }
  });

  it('works in place, on no elements, and as the argument of map', () => {
    const x = Float32Array.from(edges);
    const y = f.forward(x);
    const dx = f.backward(x, x);
    const dxInPlace = x.slice();
    expect(f.backward(x, dxInPlace, dxInPlace)).toBe(dxInPlace);
    expect(dxInPlace).toEqual(dx);
    expect(f.forward(x, x)).toBe(x);
    expect(x).toEqual(y);
    expect(f.forward(new Float64Array(0))).toEqual(new Float64Array(0));
    expect([-2, -1, 0, 1].map(f)).toEqual([-2, -1, 0, 1].map((v) => f(v)));
  });
});
