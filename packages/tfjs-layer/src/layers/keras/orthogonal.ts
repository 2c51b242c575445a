import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { type Initializer, type Shape, stockClass } from '../../tfjs/classes.js';

interface OrthogonalArgs {
  gain?: number;
  seed?: number;
}

const StockOrthogonal = stockClass('Orthogonal') as {
  new (args: OrthogonalArgs): Initializer & { gain: number; seed?: number };
};

/**
 * Random matrices of which the rows, or the columns where those are fewer, are orthogonal and of length `gain`. tfjs's needs the
 * methods of tensors, which the core package alone does not have, and minutes for 512 units. Saved as tfjs's own.
 */
export class Orthogonal extends StockOrthogonal {
  override apply(shape: Shape): Tensor {
    const sizes = shape as number[];
    const columns = sizes.at(-1) as number;
    const rows = sizes.slice(0, -1).reduce((a, b) => a * b, 1);
    const [few, many] = [Math.min(rows, columns), Math.max(rows, columns)];
    const vectors = orthonormal(few, many, normal(this.seed));
    return tfc.tidy(() => {
      const matrix = tfc.tensor2d(vectors, [few, many]);
      return tfc.mul(tfc.reshape(rows < columns ? matrix : tfc.transpose(matrix), sizes), this.gain);
    });
  }
}

/** Gram and Schmidt's method, each vector cleared of those before it in turn: uniform over all such sets of vectors. */
function orthonormal(count: number, length: number, draw: () => number): Float32Array {
  const vectors: Float64Array[] = [];
  for (let i = 0; i < count; i++) {
    const v = Float64Array.from({ length }, draw);
    for (const u of vectors) {
      const along = dot(u, v);
      for (let j = 0; j < length; j++) v[j] -= along * u[j];
    }
    const norm = Math.sqrt(dot(v, v));
    for (let j = 0; j < length; j++) v[j] /= norm;
    vectors.push(v);
  }
  const all = new Float32Array(count * length);
  for (const [i, v] of vectors.entries()) all.set(v, i * length);
  return all;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** Draws from the normal distribution, by Box and Muller's method on the generator mulberry32. */
function normal(seed = Math.floor(Math.random() * 2 ** 32)): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
