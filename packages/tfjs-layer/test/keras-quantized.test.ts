// Models that Keras quantized (fixtures/quantized, by scripts/quantized_fixtures.py), and weights that tfjs's converter quantized.
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { loadKerasModel } from '../src/index.js';
import { artifacts, floats, free, fixture as keras, type Stored, TOLERANCE } from './_keras.js';
import { noTensorLeaks } from './_setup.js';

noTensorLeaks();

const folder = new URL('../fixtures/quantized/', import.meta.url);
interface Fixture {
  inputs: number[][];
  outputs: Stored[];
  exact: Stored[];
}
const fixture = (name: string): Fixture => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));

/** The largest error of any output, relative to the largest number of it. */
const errors = (got: Float32Array[], want: Stored[]) =>
  want.map((stored, i) => {
    const values = floats(stored);
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return values.reduce((worst, value, j) => Math.max(worst, Math.abs(value - got[i][j])), 0) / scale;
  });

describe.each(['int8_weights', 'int8', 'float8'])('%s', (name) => {
  it('gives what Keras gives by the same weights, and says what is read otherwise', async () => {
    const { inputs, outputs, exact } = fixture(name);
    const model = await loadKerasModel(new URL(`${name}.keras`, folder));
    const got = tf.tidy(() =>
      (model.predict(tf.tensor2d(inputs, undefined, 'int32')) as tf.Tensor[]).map(
        (y) => y.dataSync() as Float32Array,
      ),
    );
    expect(got.map(({ length }) => length)).toEqual(outputs.map((stored) => floats(stored).length));
    expect(errors(got, exact).map((error) => error < TOLERANCE)).toEqual(exact.map(() => true));
    // Keras rounds what a layer is given to 8 bits as well, or to 3 bits of fraction.
    for (const error of errors(got, outputs)) expect(error).toBeLessThan(name === 'float8' ? 0.1 : 0.03);
    expect(model.notes).toContainEqual({
      where: 'layer "last" (Dense).dtype',
      what:
        name === 'float8'
          ? expect.stringMatching(/^float8: is computed in float32/)
          : expect.stringMatching(/^int8: its weights of 8 bits/),
    });
    free(model);
  });
});

it('int4 is refused, and says what to do', async () => {
  await expect(loadKerasModel(new URL('int4.keras', folder))).rejects.toThrow(
    /"embedding" \(Embedding\)\.dtype is "int4\/128", and tfjs computes in float32: save the model again with that, before any quantize\(\)/,
  );
});

describe('weights that tfjs’s converter quantized', () => {
  /** By the converter's documented formula: q = round((w − min) / scale), of which q · scale + min is read; float16 is the nearest. */
  const affine = (values: Float32Array, most: number) => {
    const min = Math.min(...values);
    const scale = (Math.max(...values) - min) / most || 1;
    return { q: Array.from(values, (value) => Math.round((value - min) / scale)), scale, min };
  };
  /** The bits of the float16 below a number of an ordinary size. */
  const half = (value: number): number => {
    if (value === 0) return 0;
    const exponent = Math.floor(Math.log2(Math.abs(value)));
    const fraction = Math.floor((Math.abs(value) / 2 ** exponent - 1) * 1024);
    return (value < 0 ? 0x8000 : 0) + ((exponent + 15) << 10) + fraction;
  };
  const cut = (value: number) => {
    const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
    return value === 0 ? 0 : Math.trunc(value / unit) * unit;
  };

  it.each(['uint8', 'uint16', 'float16'] as const)(
    '%s, in several files, give what the float32 give that they stand for',
    async (dtype) => {
      const { weights } = keras('leaky_layers');
      const read = weights.map((stored) => {
        const values = floats(stored);
        const spec = { name: stored.name, shape: stored.shape, dtype: 'float32' as const };
        if (dtype === 'float16')
          return {
            spec: { ...spec, quantization: { dtype } },
            bytes: Uint16Array.from(values, half),
            plain: values.map(cut),
          };
        const { q, scale, min } = affine(values, dtype === 'uint8' ? 255 : 65535);
        const bytes = dtype === 'uint8' ? Uint8Array.from(q) : Uint16Array.from(q);
        return {
          spec: { ...spec, quantization: { dtype, scale, min } },
          bytes,
          plain: Float32Array.from(q, (one) => one * scale + min),
        };
      });
      const all = artifacts('leaky_layers');
      const parts = read.map(({ bytes }) => new Uint8Array(bytes.buffer).slice().buffer);
      const quantized = await loadKerasModel({
        ...all,
        weightSpecs: read.map(({ spec }) => spec) as never,
        weightData: parts,
      });
      const plain = await loadKerasModel({
        ...all,
        weightData: read.map(({ plain }) => plain.buffer as ArrayBuffer),
      });
      tf.tidy(() => {
        const [x] = keras('leaky_layers').inputs.map((stored) => tf.tensor(floats(stored), stored.shape));
        const [y, want] = [quantized, plain].map((model) => (model.predict(x) as tf.Tensor).dataSync());
        for (const [i, value] of want.entries()) expect(y[i]).toBeCloseTo(value, 5);
      });
      const near = { uint8: 0.05, uint16: 1e-3, float16: 1e-2 }[dtype];
      const { inputs, outputs } = keras('leaky_layers');
      const got = tf.tidy(() => [
        (
          quantized.predict(tf.tensor(floats(inputs[0]), inputs[0].shape)) as tf.Tensor
        ).dataSync() as Float32Array,
      ]);
      for (const error of errors(got, outputs)) expect(error).toBeLessThan(near);
      for (const model of [quantized, plain]) free(model);
    },
  );
});
