import { type Activation, activation, activationNames } from '@rectify/core';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '../../src/index.js';

/** Parameters beside the defaults. */
const PARAMS: Record<string, object[]> = {
  relu: [{ negativeSlope: 0.1, maxValue: 6, threshold: 1 }, { maxValue: 2 }, { negativeSlope: -0.5 }],
  leaky_relu: [{ negativeSlope: 0 }, { negativeSlope: 1.5 }, { negativeSlope: -0.2 }],
  threshold: [{ threshold: -1, value: 2 }],
  thresholded_relu: [{ theta: 0 }],
  elu: [{ alpha: 0.3 }, { alpha: 0 }],
  celu: [{ alpha: 0.4 }, { alpha: 3 }],
  gelu: [{ approximate: 'tanh' }],
  silu: [{ beta: 1.702 }],
  softplus: [{ beta: 2, threshold: 20 }, { threshold: -1 }],
  squareplus: [{ b: 0 }, { b: 1 }],
  hard_sigmoid: [{ slope: 0.2 }, { slope: 0.3, offset: -0.4 }],
  hard_tanh: [{ minValue: 0, maxValue: 6 }],
  soft_shrink: [{ lambda: 0 }],
  hard_shrink: [{ lambda: 1.25 }],
  step: [{ alpha: 0.3 }],
  laplace: [
    { mu: 0, sigma: 1 },
    { mu: -2, sigma: 3 },
  ],
  xielu: [{ alphaP: 0.3, alphaN: 1.25, beta: 0 }, { alphaN: 0.5 }],
  softcap: [{ cap: 1 }, { cap: 50 }],
  snake: [{ alpha: 0.3 }, { alpha: 7 }],
};

const KINKS = [-6, -3, -1.25, -1, -0.5, 0.5, 1, 1.25, 2, 3, 6, 20];
const float32 = (value: number) => new Float32Array([value])[0] as number;
/** float32 neighbours of the kinks, every size of number, and an even grid: 4·294 numbers, which WebGPU takes four at a time. */
const X = Float32Array.from([
  Number.NEGATIVE_INFINITY,
  Number.POSITIVE_INFINITY,
  Number.NaN,
  -0,
  0,
  ...KINKS.flatMap((kink) => [kink, float32(kink * (1 + 1.2e-7)), float32(kink * (1 - 6e-8))]),
  ...Array.from({ length: 76 }, (_, i) => 10 ** (i - 37)).flatMap((size) => [1.3 * size, -1.3 * size]),
  ...Array.from({ length: 801 }, (_, i) => (i - 400) / 25 + 1 / 128),
  ...Array.from({ length: 182 }, (_, i) => i - 90),
]);

// The hard sigmoid's 1/6 says that it divides by 6.
const rounded = (params: object) =>
  Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'number' && value !== 1 / 6 ? float32(value) : value,
    ]),
  );

/** How far a function may change when x moves by a last place, told from both sides, so that kinks and jumps allow nothing. */
function sensitivity(f: (x: number) => number, x: number): number {
  const h = 1e-6 * Math.abs(x);
  const at = f(x);
  const [left, right] = [Math.abs(at - f(x - h)), Math.abs(f(x + h) - at)];
  return Math.min(left, right) / 1e-6 || 0;
}

/** Below it a GPU may take a number for 0, and what it takes for 0 may be a factor of up to |x|³ in the tail of GELU. */
const SMALLEST = 2 ** -126;

export interface Worst {
  /** The largest error as a share of |f(x)| + |x·f′(x)|, what an input and an output rounded to float32 each allow. */
  error: number;
  x: number;
  got: number;
  want: number;
}

/** On a GPU the snake's f′ is its mean from 2·alpha·|x| = 4096 on, where a float32 no longer says where in the wave it is. */
const tellsTheWave = ({ name, params }: Activation, x: number): boolean =>
  name !== 'snake' || 2 * (params as { alpha: number }).alpha * Math.abs(x) < 4096;

/** `size` is that of the terms of a sum that crosses 0. */
function worstOf(
  got: Float32Array,
  want: (x: number) => number,
  { counts = (_x: number): boolean => true, size = 0 } = {},
): Worst {
  let worst: Worst = { error: 0, x: 0, got: 0, want: 0 };
  for (const [i, x] of X.entries()) {
    if (!counts(x)) continue;
    const [is, should] = [got[i] as number, want(x)];
    const shown = float32(should);
    if (Object.is(is, shown) || is === shown) continue;
    const allowed = Math.abs(should) + sensitivity(want, x) + size;
    const excess = Math.abs(is - should) - SMALLEST * Math.max(1, Math.abs(x) ** 3);
    if (excess <= 0) continue;
    const error = Number.isFinite(is) && Number.isFinite(shown) ? excess / allowed : Number.POSITIVE_INFINITY;
    if (!(error <= worst.error)) worst = { error, x, got: is, want: should };
  }
  return worst;
}

export type FunctionErrors = Record<string, { value: Worst; derivative: Worst; zeroKeepsSign: boolean }>;

/** Every function of core on the backend in use against core itself in float64, with float32 parameters. */
export async function functionErrors(): Promise<FunctionErrors> {
  const errors: FunctionErrors = {};
  for (const name of activationNames)
    for (const params of [{}, ...(PARAMS[name] ?? [])]) {
      const f = activation(name, params);
      const truth = activation(name, rounded(f.params));
      const layer = layers.activation({ activation: f });
      const op = (x: tf.Tensor) => layer.apply(x) as tf.Tensor;
      const [value, slope] = tf.tidy(() => [op(tf.tensor1d(X)), tf.grad(op)(tf.tensor1d(X))]) as [
        tf.Tensor,
        tf.Tensor,
      ];
      const values = (await value.data()) as Float32Array;
      errors[`${name} ${JSON.stringify(params)}`] = {
        value: worstOf(values, truth),
        derivative: worstOf((await slope.data()) as Float32Array, truth.derivative, {
          counts: (x) => tellsTheWave(f, x),
          size: name === 'snake' ? 1 : 0, // 1 + sin
        }),
        // A value that is not 0 has been compared above.
        zeroKeepsSign: truth(-0) !== 0 || Object.is(values[X.indexOf(-0)], truth(-0)),
      };
      tf.dispose([value, slope]);
    }
  return errors;
}
