// Models as Keras 2 saved them, in archives and in HDF5 (fixtures/keras2, made by scripts/keras2_fixtures.py), against h5py's reading and
// Keras's own outputs.
import { readdirSync, readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { loadKerasModel } from '../src/index.js';
import { Hdf5File } from '../src/keras/hdf5/file.js';
import { floats, type Stored, TOLERANCE } from './_keras.js';
import { noTensorLeaks } from './_setup.js';

interface Told {
  inputs: Stored[];
  outputs: Stored[];
  files: Record<string, Record<string, { shape: number[]; sum: number }>>;
}

const folder = new URL('../fixtures/keras2/', import.meta.url);
const bytesOf = (file: string) => new Uint8Array(readFileSync(new URL(file, folder)));
const told = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file): [file: string, Told][] => {
    const one: Told = JSON.parse(readFileSync(new URL(file, folder), 'utf8'));
    return Object.keys(one.files).map((name) => [name, one]);
  });

noTensorLeaks();

it('has every form that a fixture is written in', () => {
  const forms = new Set(told.map(([file]) => file.replace(/^[a-z]+-/, '')));
  expect([...forms].sort()).toEqual([
    '2.12.keras',
    '2.15-linux.keras',
    '2.15-windows.keras',
    '2.15.h5',
    '2.2.h5',
    '2.4.h5',
  ]);
});

describe.each(told)('%s', (file, { inputs, outputs, files }) => {
  it('has the arrays that h5py reads', () => {
    const bytes = bytesOf(file);
    const h5 = file.endsWith('.keras') ? unzipSync(bytes)['model.weights.h5'] : bytes;
    const reader = new Hdf5File(h5, { ratio: 30 });
    const arrays = Object.entries(files[file]);
    expect(arrays.length).toBeGreaterThan(1);
    for (const [path, { shape, sum }] of arrays) {
      const dataset = reader.dataset(path);
      expect(dataset?.shape, path).toEqual(shape);
      const got = (dataset?.read() ?? new Float32Array()).reduce((all, value) => all + value, 0);
      // Sums of up to a hundred float32 numbers in float64.
      expect(got, path).toBeCloseTo(sum, 12);
    }
  });

  it('gives Keras’s outputs', async () => {
    const model = await loadKerasModel(bytesOf(file));
    tf.tidy(() => {
      const x = inputs.map((stored) => tf.tensor(floats(stored), stored.shape));
      const ys = [model.predict(x.length === 1 ? x[0] : x)].flat();
      expect(ys.map(({ shape }) => shape)).toEqual(outputs.map(({ shape }) => shape));
      for (const [i, stored] of outputs.entries()) {
        const [want, got] = [floats(stored), ys[i].dataSync()];
        const scale = want.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
        const error = want.reduce((most, value, j) => Math.max(most, Math.abs(value - got[j])), 0);
        expect(error / scale, `error of output ${i}`).toBeLessThan(TOLERANCE);
      }
    });
    model.dispose();
  });
});
