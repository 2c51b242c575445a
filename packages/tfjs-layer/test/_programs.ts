// Random programs of tfjs's operations, run with its kernels and with ours: what is computed, and what stays as it was.
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { numbers } from './_numbers.js';

/** A choice of what to do, of the tensors to do it with, and of a detail of it. */
export type Step = readonly [kind: number, of: number, and: number, detail: number];
export const programs = (length: number): fc.Arbitrary<Step[]> =>
  fc.array(fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999), fc.nat(999)), { minLength: 4, maxLength: length });

const SIZES = [0, 1, 2, 3, 5, 17, 64];
const SLOPES = [0, -0, 0.05, 1, 2, -0.5, 1e-40];
const FUSED = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const;
const at = <T>(list: readonly T[], n: number): T => list[n % list.length];

/** A shape of rank 0 to 6 and of so many elements at most, from a number. */
function shapeFrom(n: number, most: number): number[] {
  const shape: number[] = [];
  const rank = n % 7;
  for (
    let axis = 0, rest = Math.floor(n / 7);
    axis < rank;
    axis++, rest = Math.floor(rest / 3) + 7 * axis + n
  ) {
    const size = at(SIZES, rest);
    shape.push(shape.reduce((a, b) => a * b, size) > most ? 1 : size);
  }
  return shape;
}

/**
 * The shape with some of its sizes 1 and some of its leading axes left out: it broadcasts to the whole. A size of 0 stays, since tfjs's
 * gradient of prelu throws where 1 is broadcast to it.
 */
const partOf = (shape: number[], n: number): number[] =>
  shape
    .map((size, axis) => (size !== 0 && (n >> axis) & 1 ? 1 : size))
    .slice(n % 5 === 0 ? n % (shape.length + 1) : 0);

export const filled = (shape: number[], seed: number): tf.Tensor =>
  tf.tensor(
    numbers(tf.util.sizeFromShape(shape), seed).map((v) => 4 * v),
    shape,
  );

const elementwise: ((x: tf.Tensor, detail: number) => tf.Tensor)[] = [
  (x, n) => tf.leakyRelu(x, at(SLOPES, n)),
  ...[tf.elu, tf.selu, tf.relu, tf.softplus, tf.tanh, tf.sigmoid].map((f) => (x: tf.Tensor) => f(x)),
  // Off 6, which relu6 itself gives: there tfjs's derivative is 1 and core's, as PyTorch's, 0.
  (x) => tf.relu6(tf.add(x, 1e-3)),
];

/** A value and its gradients by all of its inputs; also where nobody asks for a gradient. */
const both = (f: (...xs: tf.Tensor[]) => tf.Tensor, xs: tf.Tensor[], seed: number): tf.Tensor[] => {
  const y = f(...xs);
  return [y, ...tf.grads(f)(xs, filled(y.shape, seed))];
};

/** What a step computes from a tensor that is there; it may throw. */
const KINDS: ((x: tf.Tensor, y: tf.Tensor, detail: number, seed: number) => tf.Tensor[])[] = [
  (x, _y, n, seed) => both((a) => at(elementwise, seed)(a, n), [x], n),
  (x, _y, n, seed) => both((a, b) => tf.prelu(a, b), [x, filled(partOf(x.shape, seed), n)], n),
  (_x, _y, n, seed) => {
    const [inner, ta, tb] = [at(SIZES, n >> 2), (n & 1) === 1, (n & 2) === 2];
    const leading = shapeFrom(seed, 12).slice(0, 4);
    const [m, k] = [at(SIZES, seed >> 3), at(SIZES, seed >> 5)];
    const a = filled([...partOf(leading, n), ...(ta ? [inner, m] : [m, inner])], n);
    const b = filled([...partOf(leading, seed), ...(tb ? [k, inner] : [inner, k])], seed);
    return both((a, b) => tf.matMul(a, b, ta, tb), [a, b], n);
  },
  (_x, _y, n, seed) => {
    const [m, inner, k, transposeA, transposeB] = [
      at(SIZES, n),
      at(SIZES, n >> 3),
      at(SIZES, seed),
      (n & 1) === 1,
      (n & 2) === 2,
    ];
    const leading = seed % 3 === 0 ? [at(SIZES, seed >> 4)] : [];
    const a = filled([...leading, ...(transposeA ? [inner, m] : [m, inner])], n);
    const b = filled(transposeB ? [k, inner] : [inner, k], seed);
    const bias = at([undefined, [k], [1, k], [m, 1], [m, k], [1], []], n >> 2);
    const options = {
      a,
      b,
      transposeA,
      transposeB,
      activation: at(FUSED, seed >> 2),
      leakyreluAlpha: at(SLOPES, n >> 4),
      ...(bias && { bias: filled(bias, n + 1) }),
      preluActivationWeights: filled(partOf([...leading, m, k], seed), n + 2),
    };
    return [tf.fused.matMul(options as never)];
  },
  (x) => [x.clone()],
  // XNNPACK adds no tensors of more than six axes.
  (x) => [tf.reshape(x, [x.size]), x.rank < 6 ? tf.expandDims(x) : x.clone()],
  (x) => [tf.transpose(x)],
  // A cast leaves whole numbers in the array of a float32 tensor on cpu, which tfjs moves to wasm bit for bit: so it is not kept.
  (x) => [tf.leakyRelu(tf.cast(tf.cast(x, 'int32'), 'float32'), 0.25)],
  (x, y) => [tf.add(tf.clipByValue(x, -9, 9), tf.clipByValue(y, -9, 9))],
  (x) => [
    tf.relu(
      tf.slice(
        x,
        x.shape.map(() => 0),
        x.shape.map((size) => Math.ceil(size / 2)),
      ),
    ),
  ],
  (_x, _y, n) => [filled(shapeFrom(n, 4000), n)],
];

export interface Outcome {
  shape: number[];
  values: Float32Array;
}

/** The values of as many elements as the shape has: tfjs leaves more in some empty tensors on cpu. */
const outcomeOf = (t: tf.Tensor): Outcome => ({
  shape: t.shape,
  values: t.dataSync<'float32'>().slice(0, t.size),
});

const isSame = (a: Float32Array, b: Float32Array): boolean => a.every((value, i) => Object.is(value, b[i]));

interface Options {
  /** Called before each step, of which there may be none. */
  before?: (step: number) => unknown;
  /** The outcomes of another run: a result that rounding made differ is replaced by theirs, lest the next kink make more of it. */
  like?: (Outcome[] | Error)[];
}

/**
 * Runs the steps: the outcome of each, in order, or what it threw. Whatever was held along the way, clones, reshapes and the arrays that
 * tfjs gives away, must be at the end what it was: `changed` has the steps at which something was held that was not.
 */
export async function runProgram(steps: readonly Step[], { before, like }: Options = {}) {
  const outcomes: (Outcome[] | Error)[] = [];
  const { numTensors } = tf.memory();
  const live: tf.Tensor[] = [filled([3, 5], 1), filled([2, 1, 64, 17], 2)];
  const held: { by: tf.Tensor | ArrayLike<number>; was: Float32Array; step: number }[] = [];
  for (const [i, [kind, of, and, detail]] of steps.entries()) {
    await before?.(i);
    const [x, y] = [at(live, of), at(live, and)];
    if (detail % 2 === 0) {
      const was = Float32Array.from(x.dataSync());
      held.push({ by: detail % 4 === 0 ? x.clone() : tf.reshape(x, [x.size]), was, step: i });
      if (detail % 3 === 0) held.push({ by: x.dataSync(), was, step: i });
    }
    try {
      const results = tf.tidy(() => at(KINDS, kind)(x, y, detail, of + and));
      const outcome = results.map(outcomeOf);
      outcomes.push(outcome);
      for (const [j, { shape, values }] of outcome.entries()) {
        const theirs = like?.[i] instanceof Error ? undefined : like?.[i][j];
        // What is empty is made anew: the values that tfjs may leave in it on cpu would come out at a reshape.
        if (values.length === 0) {
          held.push({ by: results[j], was: values, step: i });
          live.push(tf.zeros(shape));
        } else if (!theirs || isSame(values, theirs.values)) live.push(results[j]);
        else {
          held.push({ by: results[j], was: values, step: i });
          live.push(tf.tensor(theirs.values.slice(), shape));
        }
      }
    } catch (error) {
      outcomes.push(error as Error);
    }
    while (live.length > 12) live.shift()?.dispose();
  }
  const changed = held.filter(
    ({ by, was }) => !isSame(was, (by instanceof tf.Tensor ? by.dataSync() : by) as Float32Array),
  );
  tf.dispose([...live, ...held.flatMap(({ by }) => (by instanceof tf.Tensor ? [by] : []))]);
  return { outcomes, changed: changed.map(({ step }) => step), left: tf.memory().numTensors - numTensors };
}
