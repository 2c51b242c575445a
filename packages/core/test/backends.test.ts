import { describe, expect, it } from 'vitest';
import truth from '../fixtures/mpmath.json' with { type: 'json' };
import { fixtureVariants, float32Range, worst32, worst64 } from '../measure/errors.js';
import { crosses0, EXACT, SMOOTH_ULP_32, SMOOTH_ULP_64 } from '../measure/tolerances.js';
import { ulp32, ulp64 } from '../measure/ulp.js';
import * as js from '../src/js.js';
import * as wasm from '../src/wasm.js';

// 16 thousand float32, one in 262 139 (a prime) of all; `pnpm accuracy` takes many more.
const range = float32Range(262139);

describe.each([
  ['js', js],
  ['wasm', wasm],
] as const)('%s', (_, backend) => {
  it.each(fixtureVariants)('$name $params within the tolerances', ({ name, params }) => {
    const f = backend.activation(name, params);
    const exact = EXACT.has(name as never);
    const single = worst32(f, range);
    expect(single.f.ulp, `float32, x = ${single.f.at}`).toBeLessThanOrEqual(exact ? 1 : SMOOTH_ULP_32);
    expect(single.derivative.ulp, `float32 f′, x = ${single.derivative.at}`).toBeLessThanOrEqual(
      exact ? 0 : SMOOTH_ULP_32,
    );
    const double = worst64(f, params);
    expect(double.f.ulp, `float64, x = ${double.f.at}`).toBeLessThanOrEqual(exact ? 0 : SMOOTH_ULP_64);
    expect(double.derivative.ulp, `float64 f′, x = ${double.derivative.at}`).toBeLessThanOrEqual(
      exact ? 0 : SMOOTH_ULP_64,
    );
  });
});

describe('squareplus of every b, where squares overflow or are subnormal too', () => {
  for (const [kind, Kind, distance, bound] of [
    ['float64', Float64Array, ulp64, SMOOTH_ULP_64],
    ['float32', Float32Array, ulp32, SMOOTH_ULP_32],
  ] as const) {
    it.each(truth.squareplus[kind])(`${kind}, b = $b`, ({ b, x, f: values, derivative }) => {
      const round = (v: number) => Kind.of(v)[0];
      const near = (actual: ArrayLike<number>, expected: readonly number[], what: string) => {
        for (const [i, e] of expected.entries())
          expect(
            distance(actual[i], round(e)),
            `${what} at ${x[i]}: ${actual[i]}, not ${e}`,
          ).toBeLessThanOrEqual(bound);
      };
      const array = Kind.from(x) as Float32Array;
      const one = array.map(() => 1);
      for (const [entry, backend] of Object.entries({ js, wasm })) {
        const f = backend.squareplus({ b });
        near(f.forward(array), values, `${entry} f`);
        near(f.backward(array, one), derivative, `${entry} f′`);
        if (kind === 'float32') continue;
        near(x.map(f), values, 'f');
        near(x.map(f.derivative), derivative, 'f′');
      }
    });
  }

  it('b = 0 is relu, but for the half in 0', () => {
    const x = Float64Array.of(-Infinity, -1e300, -1, -5e-324, -0, 0, 5e-324, 1e-310, 1, 1e300, Infinity);
    for (const backend of [js, wasm]) {
      const f = backend.squareplus({ b: 0 });
      const relu = x.map((v) => Math.max(v, 0));
      expect(x.map(f)).toEqual(relu);
      // A half of the smallest number is 0.
      for (const [i, v] of f.forward(x).entries()) expect(ulp64(v, relu[i])).toBeLessThanOrEqual(1);
      const slope = x.map((v) => (v > 0 ? 1 : v < 0 ? 0 : 0.5));
      expect(x.map(f.derivative)).toEqual(slope);
      expect(
        f.backward(
          x,
          x.map(() => 1),
        ),
      ).toEqual(slope);
    }
  });
});

it('float32 stays within its tolerance where earlier kernels were 3 ulp off', () => {
  // Each about one in 10⁷ values: no range that a test can afford meets them.
  const x = Float32Array.of(-1.8777339458465576, 0.00775223970413208, -1.260202407836914, -2.037034749984741);
  for (const f of [wasm.silu(), wasm.softplus(), wasm.logSigmoid()])
    for (const values of [x, x.map((v) => -v)])
      expect(worst32(f, values).f.ulp, f.name).toBeLessThanOrEqual(SMOOTH_ULP_32);
});

it('far out SiLU, GELU and mish are x itself', () => {
  for (const [Kind, one] of [
    [Float32Array, 2 ** -23],
    [Float64Array, 2 ** -52],
  ] as const) {
    // Odd mantissas in every binade: a difference that is a tie would round away from them.
    const x = new Kind(90).map((_, i) => 2 ** (6 + i) * (1.5 + one)) as Float32Array;
    for (const f of [wasm.silu(), wasm.gelu(), wasm.gelu({ approximate: 'tanh' }), wasm.mish()])
      expect(f.forward(x), f.name).toEqual(x);
  }
});

describe('piecewise linear functions have the same bits on both', () => {
  const variants = [
    ...fixtureVariants.filter(({ name }) => EXACT.has(name as never)),
    { name: 'leaky_relu', params: { negativeSlope: 0 } },
    { name: 'relu', params: { negativeSlope: -0.5, maxValue: 1, threshold: 2 } },
    { name: 'relu', params: { maxValue: 0 } },
    { name: 'hard_tanh', params: { minValue: 0, maxValue: 1 } },
    { name: 'soft_shrink', params: { lambda: 0 } },
    { name: 'threshold', params: { threshold: -1, value: 0.1 } },
    { name: 'rrelu', params: { lower: 0.1, upper: 0.7 } },
  ];
  it.each(variants)('$name $params', ({ name, params }) => {
    const own = js.activation(name, params);
    const other = wasm.activation(name, params);
    for (const x of [range, Float64Array.from(range, (v) => v * 1.1)]) {
      const dy = x.map((_, i) => (i % 7) - 3);
      // Object.is on every element: −0 is not 0.
      expect(own.forward(x as Float32Array)).toEqual(other.forward(x as Float32Array));
      expect(own.backward(x as Float32Array, dy as Float32Array)).toEqual(
        other.backward(x as Float32Array, dy as Float32Array),
      );
    }
  });
});

describe('wasm at every length and offset', () => {
  const whole = Float64Array.from({ length: 9000 }, (_, i) => Math.sin(i) * 8);
  it.each([
    ['float32', Float32Array],
    ['float64', Float64Array],
  ] as const)('%s', (_, Kind) => {
    const f = wasm.silu();
    const x = Kind.from(whole);
    const dy = x.map((v) => v + 1);
    const y = f.forward(x as Float32Array);
    const dx = f.backward(x as Float32Array, dy as Float32Array);
    for (const length of [
      0, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 2047, 2048, 2049, 4095, 4096, 4097, 8192, 8999,
    ]) {
      for (const start of [0, 1]) {
        const end = start + length;
        const part = (a: Float32Array | Float64Array) => a.subarray(start, end) as Float32Array;
        const out = new Kind(length + 2).fill(77);
        f.forward(part(x), out.subarray(1, length + 1) as Float32Array);
        expect(out.subarray(1, length + 1)).toEqual(part(y));
        expect([out[0], out[length + 1]]).toEqual([77, 77]);
        f.backward(part(x), part(dy), out.subarray(1, length + 1) as Float32Array);
        expect(out.subarray(1, length + 1)).toEqual(part(dx));
        expect([out[0], out[length + 1]]).toEqual([77, 77]);
      }
    }
  });
});

describe('in WASM memory, at every length to 67 and every offset from a vector', () => {
  const sameBits = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
    for (let i = 0; i < b.length; i++) if (!Object.is(a[i], b[i])) return false;
    return a.length === b.length;
  };
  const kinds = [
    ['float32', Float32Array],
    ['float64', Float64Array as unknown as Float32ArrayConstructor], // one type for both
  ] as const;
  const pool = wasm.createPool(65536);

  it.each(wasm.activationNames)('%s', (name) => {
    const f = wasm.activation(name);
    for (const [kind, Kind] of kinds) {
      const [x, dy, y] = [1, 2, 3].map(() => pool.allocate(kind as 'float32', 80));
      x.set(Kind.from(x, (_, i) => Math.sin(i) * 8));
      dy.set(Kind.from(x, (_, i) => Math.cos(i) * 3));
      // What ordinary arrays give, which are streamed through a tile.
      const values = f.forward(x.slice());
      const slopes = f.backward(x.slice(), dy.slice());
      const offsets = Array.from({ length: 16 / Kind.BYTES_PER_ELEMENT }, (_, i) => i);
      for (let length = 0; length <= 67; length++) {
        for (const from of offsets) {
          const part = (a: Float32Array) => a.subarray(from, from + length);
          const to = (from * 3 + length) % offsets.length;
          const out = y.fill(77).subarray(to + 1, to + 1 + length);
          const clean = () => y[to] === 77 && y[to + 1 + length] === 77;
          f.forward(part(x), out);
          expect(sameBits(out, part(values)) && clean(), `${kind} f, ${length} from ${from}`).toBe(true);
          f.backward(part(x), part(dy), out);
          expect(sameBits(out, part(slopes)) && clean(), `${kind} f′, ${length} from ${from}`).toBe(true);
          out.set(part(dy));
          f.backward(part(x), out, out);
          expect(sameBits(out, part(slopes)) && clean(), `${kind} f′ in place, ${length}`).toBe(true);
          out.set(part(x));
          f.forward(out, out);
          expect(sameBits(out, part(values)) && clean(), `${kind} f in place, ${length}`).toBe(true);
        }
      }
      for (const array of [x, dy, y]) pool.release(array);
    }
  });
});

describe('parameters of any size', () => {
  const sizes = [1e-140, 1e-46, 1e-40, 1e-20, 7, 1e20, 1e38, 1e39, 1e155, 1e300, Number.MAX_VALUE];
  const x = [
    0,
    5e-324,
    1e-310,
    1e-160,
    1e-46,
    1e-40,
    1e-5,
    0.5,
    3,
    80,
    700,
    1e5,
    1e38,
    1e154,
    1e155,
    1e300,
    Infinity,
  ];
  const signed = (values: readonly number[]): number[] => values.flatMap((v) => [v, -v]);
  const cases = js.activationNames.flatMap((name) =>
    Object.entries(js.activation(name).params)
      .filter(([, value]) => typeof value !== 'string')
      .map(([key]) => [name, key] as const),
  );

  it.each(cases)(
    'of %s %s: numbers within the tolerances of each other on JS and WASM, or a refusal',
    (name, key) => {
      const wrong: string[] = [];
      const absolute = crosses0(name) ? 2 ** -20 : 0;
      for (const value of signed(sizes)) {
        let pair: [js.Activation, js.Activation];
        try {
          pair = [js.activation(name, { [key]: value }), wasm.activation(name, { [key]: value })];
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
          continue;
        }
        for (const [Kind, distance, bound] of [
          [Float64Array, ulp64, 2 * SMOOTH_ULP_64],
          [Float32Array, ulp32, 2 * SMOOTH_ULP_32],
        ] as const) {
          const array = Kind.from(signed(x)) as Float32Array;
          const own = Kind.of(value)[0];
          if (own === 0 || !Number.isFinite(own)) {
            const message = `${key} must be within float32's range for Float32Arrays, got ${value}`;
            for (const f of pair) {
              expect(() => f.forward(array)).toThrow(new RangeError(message));
              expect(() => f.backward(array, array)).toThrow(new RangeError(message));
            }
            continue;
          }
          const one = array.map(() => 1);
          const [y, otherY] = pair.map((f) => f.forward(array));
          const [dx, otherDx] = pair.map((f) => f.backward(array, one));
          for (const [i, v] of array.entries()) {
            for (const [what, a, b, nearby] of [
              ['f', y[i], otherY[i], 0],
              ['f′', dx[i], otherDx[i], absolute],
            ] as const) {
              const near = Math.abs(a - b) <= nearby || distance(a, b) <= bound;
              if (!near || Number.isNaN(a)) wrong.push(`${what}(${v}) with ${value}: ${a} and ${b}`);
            }
          }
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});
