import type { KernelBackend, NamedTensorMap, Tensor, TensorInfo, Variable } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { assertFinite } from '../arguments/assert.js';
import { ownKernelName } from '../tfjs/own-kernels.js';
import { copied, isFast, mayBeWritten, values, written } from './memory.js';

/** What tfjs's Adam keeps, of which its public types show nothing. */
interface Moments {
  accumulatedFirstMoment: { originalName: string; variable: Variable }[];
  accumulatedSecondMoment: { originalName: string; variable: Variable }[];
  /** β to the power of the step, which tfjs keeps as tensors; here it is computed from the count of steps. */
  accBeta1: Variable;
  accBeta2: Variable;
}

/**
 * One update of one weight: the moments, which are nobody else's, are changed in place, the new weight is returned. It is a new tensor
 * since others hold the old one, and since XNNPACK keeps what it packed of a tensor.
 */
function update(args: { inputs: unknown; backend: unknown; attrs?: unknown }): TensorInfo {
  const { w, m, v, g } = args.inputs as Record<'w' | 'm' | 'v' | 'g', TensorInfo>;
  const backend = args.backend as KernelBackend;
  return written(backend, w.shape, (next) =>
    step(
      values(backend, next),
      [w, m, v, g].map((info) => values(backend, info)) as Four,
      args.attrs as unknown as Attributes,
    ),
  );
}

type Four = [Float32Array, Float32Array, Float32Array, Float32Array];

function step(
  out: Float32Array,
  [w, m, v, g]: Four,
  { rate, beta1, beta2, epsilon, correction1, correction2 }: Attributes,
): void {
  // rate · (m/c1) / (√(v/c2) + ε) with one division.
  const root = Math.sqrt(correction2);
  const scale = (rate * root) / correction1;
  const floor = epsilon * root;
  const [rest1, rest2] = [1 - beta1, 1 - beta2];
  for (let i = 0; i < out.length; i++) {
    const gradient = g[i];
    const first = beta1 * m[i] + rest1 * gradient;
    const second = beta2 * v[i] + rest2 * gradient * gradient;
    m[i] = first;
    v[i] = second;
    out[i] = w[i] - (scale * first) / (Math.sqrt(second) + floor);
  }
}

interface Attributes {
  rate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  correction1: number;
  correction2: number;
}

/** See {@link fastAdam}. */
export class FastAdam extends tfc.AdamOptimizer {
  #powers: [number, number] = [0, 0];
  /** The count of steps that #powers are for. */
  #step = -1;

  override applyGradients(gradients: NamedTensorMap | { name: string; tensor: Tensor }[]): void {
    const list = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    const backendName = tfc.getBackend();
    const { registeredVariables } = tfc.engine();
    const own = this as unknown as Moments;
    const { accumulatedFirstMoment: ms, accumulatedSecondMoment: vs } = own;
    // What does not fit together is left to tfjs, which broadcasts or throws.
    const fits = list.every(({ name, tensor }, i) =>
      fitTogether(registeredVariables[name], tensor, ms[i]?.variable, vs[i]?.variable),
    );
    const [power1, power2] = this.#powersNow();
    if (!isFast(backendName) || !fits) {
      tfc.tidy(() => {
        own.accBeta1.assign(tfc.scalar(power1));
        own.accBeta2.assign(tfc.scalar(power2));
      });
      super.applyGradients(gradients as Parameters<tfc.AdamOptimizer['applyGradients']>[0]);
      return;
    }
    const kernelName = ownKernelName('RectifyAdam');
    if (!tfc.getKernel(kernelName, backendName))
      tfc.registerKernel({ kernelName, backendName, kernelFunc: update });
    const attrs: Attributes = {
      rate: this.learningRate,
      beta1: this.beta1,
      beta2: this.beta2,
      epsilon: this.epsilon ?? tfc.backend().epsilon(),
      correction1: 1 - power1,
      correction2: 1 - power2,
    };
    tfc.tidy(() => {
      for (const [i, { name, tensor: g }] of list.entries()) {
        const w = registeredVariables[name];
        ms[i] ??= moment(w, `${name}/m`);
        vs[i] ??= moment(w, `${name}/v`);
        if (g == null) continue;
        const [m, v] = [ms[i].variable, vs[i].variable];
        makeOwn(m);
        makeOwn(v);
        w.assign(tfc.engine().runKernel(kernelName, { w, m, v, g }, { ...attrs }));
      }
    });
    this.incrementIterations();
    this.#powers = [
      Math.fround(power1 * Math.fround(this.beta1)),
      Math.fround(power2 * Math.fround(this.beta2)),
    ];
    this.#step = this.iterations;
  }

  /** β₁ and β₂ to the power of the next step, rounded to float32 at each step as tfjs does it, but without its tensors. */
  #powersNow(): [number, number] {
    if (this.#step !== this.iterations) {
      this.#powers = [this.beta1, this.beta2].map((beta) => Math.fround(beta ** (this.iterations + 1))) as [
        number,
        number,
      ];
      this.#step = this.iterations;
    }
    return this.#powers;
  }
}

/** Whether a weight has a gradient and moments of its own shape, all float32 and there; moments are made where there are none. */
function fitTogether(w?: Variable, g?: Tensor | null, m?: Variable, v?: Variable): boolean {
  if (!w) return false;
  const fits = (t?: Tensor | null) =>
    t == null || (t.dtype === 'float32' && !t.isDisposed && tfc.util.arraysEqual(t.shape, w.shape));
  return fits(w) && fits(g) && fits(m) && fits(v);
}

/** Gives a moment a tensor of its own where others may hold the one it has: clones, readers, whoever gave it to `setWeights`. */
function makeOwn(moment: Variable): void {
  const backend = tfc.backend();
  if (mayBeWritten(backend, moment)) return;
  moment.assign(tfc.engine().makeTensorFromTensorInfo(copied(backend, moment)));
}

const moment = (w: Variable, originalName: string) => ({
  originalName,
  variable: tfc.tidy(() => tfc.variable(tfc.zerosLike(w), false)),
});

/**
 * Adam with one kernel per weight on the `cpu` and `wasm` backends, where tfjs runs fourteen; elsewhere it is tfjs's own.
 *
 * A drop-in for `tf.train.adam`: same arguments and defaults, same state (`getWeights`, saved models say "Adam"), and the same
 * steps but for rounding, since the sums are taken in float64.
 *
 * @param learningRate 0.001 by default.
 * @param beta1 Decay of the first moment; 0.9 by default.
 * @param beta2 Decay of the second moment; 0.999 by default.
 * @param epsilon The backend's by default: 1e-7 on `cpu` and `wasm`.
 * @throws TypeError or RangeError when one of them is no finite number, of which tfjs makes weights that are NaN.
 * Source: Kingma, Ba, "Adam: A Method for Stochastic Optimization", 2014.
 */
export function fastAdam(learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon?: number): FastAdam {
  for (const [name, value] of Object.entries({ learningRate, beta1, beta2 })) assertFinite(name, value);
  if (epsilon != null) assertFinite('epsilon', epsilon);
  return new FastAdam(learningRate, beta1, beta2, epsilon);
}
