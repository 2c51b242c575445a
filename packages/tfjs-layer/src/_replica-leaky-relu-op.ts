import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { floats, withGradient } from './_tfjs.js';

/**
 * x for x > 0, else slopes[k] · x, and 0 where the slope is 0, for x `[batch, K, …]`. Unlike `tf.prelu` it computes no gradient of
 * the slopes, which nobody asked for. On tfjs's `cpu` backend a broadcast goes element by element, hence the loop.
 */
export const replicaLeakyReluOp = (x: Tensor, slopes: readonly number[]): Tensor =>
  tfc.getBackend() === 'cpu' ? byLoop(x, slopes) : byPrelu(x, slopes);

/** By kernels of tfjs, on any backend. */
export function byPrelu(x: Tensor, slopes: readonly number[]): Tensor {
  const shape = [slopes.length, ...Array<number>(x.rank - 2).fill(1)];
  // 0 · −∞ is NaN, but ReLU of −∞ is 0: below a floor of 0 there is nothing to multiply.
  const floor = tfc.tensor(
    slopes.map((slope) => (slope === 0 ? 0 : Number.NEGATIVE_INFINITY)),
    shape,
  );
  const alpha = tfc.tensor([...slopes], shape);
  return withGradient(
    x,
    (x) => ({
      value: tfc.prelu(slopes.includes(0) ? tfc.maximum(x, floor) : x, alpha),
      saved: [x, alpha] as [Tensor, Tensor],
    }),
    (dy, [x, alpha]) => tfc.where(tfc.greater(x, 0), dy, tfc.mul(dy, alpha)),
  );
}

/** By one loop over the values, for a backend that holds them in JavaScript's memory. */
export function byLoop(x: Tensor, slopes: readonly number[]): Tensor {
  const replicas = slopes.length;
  const inner = x.shape.slice(2).reduce((a, b) => a * b, 1);
  /** times where x > 0, and times · slope elsewhere. */
  const scaled = (x: Tensor, times: Tensor) => {
    const [X, T] = [floats(x), floats(times)];
    const out = new Float32Array(X.length);
    for (let i = 0; i < X.length; i++) {
      const slope = slopes[Math.floor(i / inner) % replicas] as number;
      const v = X[i] as number;
      const t = T[i] as number;
      out[i] = v > 0 ? t : slope === 0 && v < 0 ? 0 : t * Math.fround(slope);
    }
    return tfc.tensor(out, x.shape);
  };
  return withGradient(
    x,
    (x) => ({ value: scaled(x, x), saved: [x] as [Tensor] }),
    (dy, [x]) => scaled(x, dy),
  );
}
