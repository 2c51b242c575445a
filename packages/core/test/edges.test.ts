// What every function gives at the ends and at both zeros. f′(0) is PyTorch's choice at the kink; where PyTorch 1.13 gives NaN at
// ±∞ (gelu, silu, mish, hardswish, softsign) it is the limit.
import { describe, expect, it } from 'vitest';
import { EXACT } from '../measure/tolerances.js';
import * as accelerated from '../src/index.js';
import * as js from '../src/js.js';
import * as wasm from '../src/wasm.js';

const INF = Infinity;
const NAN = Number.NaN;
const LN2 = Math.LN2;
const LAMBDA = js.SELU_SCALE;
const LAMBDA_ALPHA = 1.7580993408473768; // λ·α, rounded once

type Row = readonly [
  name: accelerated.ElementwiseName,
  params: object,
  f: readonly [atMinusInfinity: number, atMinusZero: number, atZero: number, atInfinity: number],
  derivative: readonly [atMinusInfinity: number, atZero: number, atInfinity: number],
];

const rows: readonly Row[] = [
  ['linear', {}, [-INF, -0, 0, INF], [1, 1, 1]],
  ['relu', {}, [0, -0, 0, INF], [0, 0, 1]],
  ['relu', { negativeSlope: 2, maxValue: 6 }, [-INF, -0, 0, 6], [2, 2, 0]],
  ['relu', { negativeSlope: -0.5 }, [INF, -0, 0, INF], [-0.5, -0.5, 1]],
  ['relu', { threshold: 1 }, [0, 0, 0, INF], [0, 0, 1]],
  ['leaky_relu', {}, [-INF, -0, 0, INF], [0.01, 0.01, 1]],
  ['leaky_relu', { negativeSlope: 0 }, [0, -0, 0, INF], [0, 0, 1]],
  ['leaky_relu', { negativeSlope: 3 }, [-INF, -0, 0, INF], [3, 3, 1]],
  ['leaky_relu', { negativeSlope: -3 }, [INF, -0, 0, INF], [-3, -3, 1]],
  ['prelu', {}, [-INF, -0, 0, INF], [0.25, 0.25, 1]],
  ['rrelu', {}, [-INF, -0, 0, INF], [11 / 48, 11 / 48, 1]],
  ['relu_squared', {}, [0, 0, 0, INF], [0, 0, INF]],
  ['relu6', {}, [0, -0, 0, 6], [0, 0, 0]],
  ['threshold', {}, [0, 0, 0, INF], [0, 0, 1]],
  ['thresholded_relu', {}, [0, 0, 0, INF], [0, 0, 1]],
  ['elu', {}, [-1, -0, 0, INF], [0, 1, 1]],
  ['elu', { alpha: 0.5 }, [-0.5, -0, 0, INF], [0, 0.5, 1]],
  ['xielu', {}, [INF, -0, 0, INF], [-0.30000000000000004, 0.5, INF]],
  ['xielu', { alphaN: 0.4 }, [-INF, -0, 0, INF], [0.09999999999999998, 0.5, INF]],
  ['xielu', { alphaN: 0.5 }, [-0.5, -0, 0, INF], [0, 0.5, INF]],
  ['selu', {}, [-LAMBDA_ALPHA, -0, 0, INF], [0, LAMBDA_ALPHA, LAMBDA]],
  ['celu', {}, [-1, -0, 0, INF], [0, 1, 1]],
  ['celu', { alpha: 0.5 }, [-0.5, -0, 0, INF], [0, 1, 1]],
  ['gelu', {}, [-0, -0, 0, INF], [0, 0.5, 1]],
  ['gelu', { approximate: 'tanh' }, [-0, -0, 0, INF], [0, 0.5, 1]],
  ['quick_gelu', {}, [-0, -0, 0, INF], [0, 0.5, 1]],
  ['silu', {}, [-0, -0, 0, INF], [0, 0.5, 1]],
  ['silu', { beta: 2 }, [-0, -0, 0, INF], [0, 0.5, 1]],
  ['hard_silu', {}, [0, -0, 0, INF], [0, 0.5, 1]],
  ['mish', {}, [-0, -0, 0, INF], [0, 0.6, 1]],
  ['softplus', {}, [0, LN2, LN2, INF], [0, 0.5, 1]],
  ['softplus', { beta: 2, threshold: 20 }, [0, LN2 / 2, LN2 / 2, INF], [0, 0.5, 1]],
  ['softsign', {}, [-1, -0, 0, 1], [0, 1, 0]],
  ['squareplus', {}, [0, 1, 1, INF], [0, 0.5, 1]],
  ['sparse_plus', {}, [0, 0.25, 0.25, INF], [0, 0.5, 1]],
  ['sigmoid', {}, [0, 0.5, 0.5, 1], [0, 0.25, 0]],
  ['log_sigmoid', {}, [-INF, -LN2, -LN2, -0], [1, 0.5, 0]],
  ['laplace', { mu: 0, sigma: 1 }, [0, 0.5, 0.5, 1], [0, 0.3989422804014327, 0]],
  ['hard_sigmoid', {}, [0, 0.5, 0.5, 1], [0, 1 / 6, 0]],
  ['hard_sigmoid', { slope: 0.2 }, [0, 0.5, 0.5, 1], [0, 0.2, 0]],
  ['sparse_sigmoid', {}, [0, 0.5, 0.5, 1], [0, 0.5, 0]],
  ['tanh', {}, [-1, -0, 0, 1], [0, 1, 0]],
  ['softcap', {}, [-30, -0, 0, 30], [0, 1, 0]],
  ['softcap', { cap: 0.5 }, [-0.5, -0, 0, 0.5], [0, 1, 0]],
  ['lisht', {}, [INF, 0, 0, INF], [-1, 0, 1]],
  ['hard_tanh', {}, [-1, -0, 0, 1], [0, 1, 0]],
  ['tanh_shrink', {}, [-INF, -0, 0, INF], [1, 0, 1]],
  ['soft_shrink', {}, [-INF, -0, 0, INF], [1, 0, 1]],
  ['hard_shrink', {}, [-INF, -0, 0, INF], [1, 0, 1]],
  ['snake', {}, [-INF, 0, 0, INF], [1, 1, 1]],
  ['snake', { alpha: 3 }, [-INF, 0, 0, INF], [1, 1, 1]],
  ['exponential', {}, [0, 1, 1, INF], [0, 1, INF]],
  ['step', {}, [0, 0, 0, 1], [0, 0, 0]],
  ['step', { alpha: 0.2 }, [0.2, 0.2, 0.2, 1], [0, 0, 0]],
];

it('no function is left out', () =>
  expect(new Set(rows.map(([name]) => name))).toEqual(new Set(accelerated.activationNames)));

const x = [-INF, -0, 0, INF, NAN];

/**
 * On arrays the smooth functions promise no sign of a zero: their WASM kernels take what the sum gives, as PyTorch's do (its elu of
 * −0 is 0).
 */
const unsigned = (v: number): number => (v === 0 ? 0 : v);

/** The same bits, but for one unit in the last place of what is rounded (ln 2, 0.6, λα …). */
function expectValues(
  actual: ArrayLike<number>,
  expected: readonly number[],
  round: (v: number) => number,
  what: string,
) {
  const unit = round === Math.fround ? 2 ** -23 : 2 ** -52;
  for (const [i, v] of expected.entries()) {
    const e = round(v);
    if (Object.is(actual[i], e)) continue;
    const near = Math.abs(actual[i] - e) <= Math.abs(e) * unit && e !== 0 && Number.isFinite(e);
    expect(near ? e : actual[i], `${what} at ${Object.is(x[i], -0) ? '-0' : x[i]}`).toBe(e);
  }
}

const same = (v: number): number => v;

describe.each(rows)('%s %o', (name, params, values, [low, middle, high]) => {
  const f = [...values, NAN];
  const derivative = [low, middle, middle, high, NAN];

  it.each([
    ['js', js],
    ['wasm', wasm],
    ['default', accelerated],
  ] as const)('on %s', (_, entry) => {
    const own = entry.activation(name, params);
    expectValues(x.map(own), f, same, 'f');
    expectValues(
      x.map((v) => own.derivative(v)),
      derivative,
      same,
      'f′',
    );
    // Alone, as the short arrays that JS may take, and among others, at every place in a vector of lanes.
    for (const before of [0, 1, 2, 3, 40]) {
      for (const Kind of [Float32Array, Float64Array] as unknown as [Float32ArrayConstructor]) {
        const round = Kind.BYTES_PER_ELEMENT === 4 ? Math.fround : same;
        const array = new Kind(before + x.length + before);
        array.set(x, before);
        const zero = EXACT.has(name) ? same : unsigned;
        const part = (a: Float32Array) => Array.from(a.subarray(before, before + x.length), zero);
        expectValues(part(own.forward(array)), f.map(zero), round, `f of ${Kind.name}`);
        const one = new Kind(array.length).fill(1);
        expectValues(part(own.backward(array, one)), derivative.map(zero), round, `f′ of ${Kind.name}`);
      }
    }
  });
});
