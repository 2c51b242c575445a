// The models of fixtures/keras: each made by Keras 3, with its weights, an input and Keras's own outputs.
import { readdirSync, readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import { expect } from 'vitest';
import type { JsonObject } from '../src/keras/format.js';

export interface Stored {
  name: string;
  shape: number[];
  dtype: string;
  data: string;
}
interface Fixture {
  topology: JsonObject;
  weights: Stored[];
  inputs: Stored[];
  outputs: Stored[];
}

export const folder = new URL('../fixtures/keras/', import.meta.url);
export const files = readdirSync(folder).sort();
export const fixture = (name: string, at = folder): Fixture =>
  JSON.parse(readFileSync(new URL(`${name}.json`, at), 'utf8'));
const bytes = ({ data }: Stored) => new Uint8Array(Buffer.from(data, 'base64'));
export const floats = (stored: Stored) => new Float32Array(bytes(stored).buffer);

/** Relative to the largest output: a chain of up to 14 float32 layers, summed in another order than Keras on JAX. */
export const TOLERANCE = 2e-5;

/** What a converter would write of a fixture. */
export function artifacts(name: string, rename = (name: string) => name): tf.io.ModelArtifacts {
  const { topology, weights } = fixture(name);
  return {
    modelTopology: topology,
    weightSpecs: weights.map(({ name, shape }) => ({ name: rename(name), shape, dtype: 'float32' })),
    weightData: new Uint8Array(Buffer.concat(weights.map(bytes))).buffer,
  };
}

/** The model gives the fixture's inputs Keras's outputs. */
export function expectKerasOutputs(model: tfl.LayersModel, name: string, at = folder): void {
  const { inputs, outputs } = fixture(name, at);
  tf.tidy(() => {
    const x = inputs.map((stored) =>
      tf.tensor(floats(stored), stored.shape, stored.dtype.includes('int') ? 'int32' : 'float32'),
    );
    const ys = [model.predict(x.length === 1 ? x[0] : x)].flat();
    expect(ys.length).toBe(outputs.length);
    for (const [i, stored] of outputs.entries()) {
      const want = floats(stored);
      const got = ys[i].dataSync();
      expect(ys[i].shape).toEqual(stored.shape);
      const scale = want.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-3);
      const error = want.reduce((worst, value, j) => Math.max(worst, Math.abs(value - got[j])), 0);
      expect(error / scale, `error of output ${i} (${model.outputNames[i]})`).toBeLessThan(TOLERANCE);
    }
  });
}

/** Frees a model's weights; `model.dispose()` frees those of a shared layer never, and throws for a shared model. */
export const free = (model: tfl.LayersModel) => {
  for (const weight of new Set(model.weights)) weight.dispose();
};

export const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -5));
