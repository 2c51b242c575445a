// Layers that look words up, cut texts or hash: fixtures/lookups, made by Keras on TensorFlow, which these layers need.
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { describe, expect, it } from 'vitest';
import { KerasFormatError, loadKerasModel } from '../src/index.js';
import type { JsonObject, KerasObject } from '../src/keras/format.js';
import { noTensorLeaks, reload } from './_setup.js';
import { layer, sequential } from './hostile/corpus.js';

noTensorLeaks();

type Nested = string | number | Nested[];
interface Case {
  topology?: JsonObject;
  archive?: string;
  inputs: Nested[];
  output: Nested;
}

const folder = new URL('../fixtures/lookups/', import.meta.url);
const cases = readFileSync(new URL('cases.jsonl', folder), 'utf8')
  .trim()
  .split('\n')
  .map((line): Case => JSON.parse(line));

const isText = (value: Nested): boolean =>
  Array.isArray(value) ? isText(value[0]) : typeof value === 'string';
const tensor = (value: Nested) => tf.tensor(value as number[], undefined, isText(value) ? 'string' : 'int32');

const predict = (model: LayersModel, x: tf.Tensor | tf.Tensor[]) => model.predict(x);
/** A model that tfjs has loaded cuts what it is given into batches by an operation that texts do not have. */
const apply = (model: LayersModel, x: tf.Tensor | tf.Tensor[]) => model.apply(x) as tf.Tensor;

function expectKerasOutput(model: LayersModel, { inputs, output }: Case, run = predict): void {
  tf.tidy(() => {
    const x = inputs.map(tensor);
    const y = run(model, x.length === 1 ? x[0] : x) as tf.Tensor;
    const want = tensor(output);
    expect(y.shape).toEqual(want.shape);
    if (isText(output)) expect(y.arraySync()).toEqual(output);
    // Whole numbers, and weights of float32 times counts.
    else {
      const values = [output as number[]].flat(9) as number[];
      expect([...y.dataSync()]).toEqual(
        values.map((one) => (Number.isInteger(one) ? one : Math.fround(one))),
      );
    }
  });
  model.dispose();
}

/** The layer of a case, and what it is told beside its defaults. */
function title({ topology }: Case): string {
  type Topology = { config: { layers: { class_name: string; config: JsonObject }[] } };
  const { class_name, config } = (topology as unknown as Topology).config.layers.at(-1) as KerasObject;
  const usual = /^(name|trainable|dtype|vocabulary|vocabulary_size|encoding|vocabulary_dtype)$/;
  const told = Object.entries(config).filter(
    ([key, value]) => value !== null && value !== false && !usual.test(key),
  );
  return [class_name, ...told.map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(' ');
}

describe('gives what Keras gives', () => {
  const written = cases.filter(({ archive }) => archive === undefined);
  it.each(written.map((one, i) => [`${i} ${title(one)}`, one] as const))('%s', async (_, one) => {
    const model = await loadKerasModel(one.topology as JsonObject);
    const again = await reload(model);
    expectKerasOutput(model, one);
    expectKerasOutput(again, one, apply);
  });

  const archived = cases.filter(({ archive }) => archive !== undefined);
  it.each(archived)('the archive $archive, adapted to data', async (one) => {
    expectKerasOutput(await loadKerasModel(new URL(one.archive as string, folder)), one);
  });
});

/** A model of one layer that takes texts. */
const ofTexts = (width: number, class_name: string, config: JsonObject) =>
  sequential(
    layer('InputLayer', { name: 'in', batch_shape: [null, width], dtype: 'string' }),
    layer(class_name, { name: 'l', ...config }),
  );

describe('what cannot be looked up', () => {
  const texts = (...words: string[]) => tf.tensor2d([words], [1, words.length], 'string');
  const refusal = async (topology: object, given: tf.Tensor) => {
    const model = await loadKerasModel(topology);
    try {
      model.predict(given);
      return '';
    } catch (error) {
      expect(error).toBeInstanceOf(KerasFormatError);
      return (error as Error).message;
    } finally {
      given.dispose();
      model.dispose();
    }
  };

  it('is named when the model predicts: an unknown word without a place, several texts to cut', async () => {
    const known = ofTexts(1, 'StringLookup', { vocabulary: ['a'], num_oov_indices: 0 });
    expect(await refusal(known, texts('b'))).toMatch(
      /"l" \(StringLookup\) cannot compute \[1,1\]: .*"b" is not in the vocabulary, and num_oov_indices is 0/,
    );
    const cut = ofTexts(2, 'TextVectorization', { vocabulary: ['a'] });
    expect(await refusal(cut, texts('a', 'b'))).toMatch(/takes \[batch, 1\], got 1,2/);
  });

  it.each([
    [
      'a salt that JavaScript would round',
      { num_bins: 3, salt: [2 ** 53, 1] },
      '"l" (Hashing).salt is [9007199254740992,1]',
    ],
    ['a salt of three', { num_bins: 3, salt: [1, 2, 3] }, '"l" (Hashing).salt is [1,2,3]'],
    ['no bins', { num_bins: 0 }, '"l" (Hashing).num_bins is 0'],
    ['a sparse output', { num_bins: 3, sparse: true }, '"l" (Hashing).sparse is true'],
  ])('%s is refused', async (_, config, message) => {
    await expect(loadKerasModel(ofTexts(1, 'Hashing', config))).rejects.toThrow(message);
  });

  it('words that are not in the file are asked for', async () => {
    await expect(loadKerasModel(ofTexts(1, 'StringLookup', { vocabulary: null }))).rejects.toThrow(
      /"l" \(StringLookup\).vocabulary is null, .*save the model as .keras/,
    );
  });
});
