import type { Tensor, Tensor3D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { floats } from './_tfjs.js';

/**
 * y[b, k, :] = x[b, k, :] · kernel[k] + bias[k], for x `[batch, K, in]`, kernel `[K, in, units]`, bias `[K, units]`.
 *
 * tfjs's `cpu` backend transposes and broadcasts element by element: for a 6→3→3 network of 20 replicas these took most of a
 * training step. There the sums are made by the loops below, everywhere else by one batched product.
 */
export const replicaDenseOp = (x: Tensor, kernel: Tensor, bias: Tensor): Tensor =>
  tfc.getBackend() === 'cpu' ? byLoops(x, kernel, bias) : byMatMul(x, kernel, bias);

/** The batched product, on any backend. */
export function byMatMul(x: Tensor, kernel: Tensor, bias: Tensor): Tensor {
  const product = tfc.matMul(tfc.transpose(x as Tensor3D, [1, 0, 2]), kernel as Tensor3D);
  return tfc.add(tfc.transpose(product, [1, 0, 2]), bias);
}

/** The same by loops over the values, for a backend that holds them in JavaScript's memory. */
export function byLoops(x: Tensor, kernel: Tensor, bias: Tensor): Tensor {
  const [batch, replicas, inputs] = x.shape as [number, number, number];
  const units = kernel.shape[2] as number;
  const op = tfc.customGrad((...args: unknown[]) => {
    const [x, kernel, bias, save] = args as [Tensor, Tensor, Tensor, (tensors: Tensor[]) => void];
    save([x, kernel]);
    const [X, W, B, Y] = [
      floats(x),
      floats(kernel),
      floats(bias),
      new Float32Array(batch * replicas * units),
    ];
    for (let row = 0; row < batch * replicas; row++) {
      const k = row % replicas;
      for (let u = 0; u < units; u++) {
        let sum = 0;
        for (let i = 0; i < inputs; i++) sum += at(X, row * inputs + i) * at(W, (k * inputs + i) * units + u);
        Y[row * units + u] = Math.fround(sum) + at(B, k * units + u);
      }
    }
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const [X, W, dY] = [floats(saved[0] as Tensor), floats(saved[1] as Tensor), floats(dy)];
      const [dX, dW, dB] = [
        new Float32Array(X.length),
        new Float64Array(W.length),
        new Float64Array(bias.size),
      ];
      for (let row = 0; row < batch * replicas; row++) {
        const k = row % replicas;
        for (let u = 0; u < units; u++) dB[k * units + u] = at(dB, k * units + u) + at(dY, row * units + u);
        for (let i = 0; i < inputs; i++) {
          let sum = 0;
          for (let u = 0; u < units; u++) {
            const w = (k * inputs + i) * units + u;
            const d = at(dY, row * units + u);
            sum += d * at(W, w);
            dW[w] = at(dW, w) + d * at(X, row * inputs + i);
          }
          dX[row * inputs + i] = sum;
        }
      }
      return [
        tfc.tensor(dX, x.shape),
        tfc.tensor(Float32Array.from(dW), kernel.shape),
        tfc.tensor(Float32Array.from(dB), bias.shape),
      ];
    };
    return { value: tfc.tensor(Y, [batch, replicas, units]), gradFunc };
  });
  return op(x, kernel, bias);
}

/** An element that is known to be there. */
const at = (array: Float32Array | Float64Array, i: number): number => array[i] as number;
