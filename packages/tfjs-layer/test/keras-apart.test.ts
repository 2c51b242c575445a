// A topology by to_json(), and weights by save_weights(): fixtures/apart, by scripts/apart_fixtures.py.
import { readdirSync, readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { KerasFormatError, type KerasModel, loadKerasModel } from '../src/index.js';
import type { KerasSource } from '../src/keras/sources/given.js';
import { folder as fixtures, floats, type Stored, TOLERANCE } from './_keras.js';
import { noTensorLeaks } from './_setup.js';

noTensorLeaks();

const folder = new URL('../fixtures/apart/', import.meta.url);
const at = (name: string) => new URL(name, folder);
const bytes = (name: string) => new Uint8Array(readFileSync(at(name)));
const file = (name: string, as = name) => new File([bytes(name) as BlobPart], as);
const shards = readdirSync(folder).filter((name) => /^model_\d+\.weights\.h5$/.test(name));
const fixture: { input: Stored; outputs: Stored[] } = JSON.parse(readFileSync(at('fixture.json'), 'utf8'));
const topology = JSON.parse(readFileSync(at('topology.json'), 'utf8'));

function expectKerasOutputs(model: KerasModel): void {
  tf.tidy(() => {
    const { input, outputs } = fixture;
    const ys = model.predict(tf.tensor(floats(input), input.shape)) as tf.Tensor[];
    for (const [i, stored] of outputs.entries()) {
      const want = floats(stored);
      const scale = want.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      for (const [j, value] of ys[i].dataSync().entries())
        expect(Math.abs(value - want[j]) / scale).toBeLessThan(TOLERANCE);
    }
  });
  model.dispose();
}

describe('weights that were saved without their model', () => {
  it.each<[string, KerasSource, KerasSource]>([
    ['one file, by path', at('topology.json').pathname, at('whole.weights.h5').pathname],
    ['one file, as bytes, for a topology at hand', topology, bytes('whole.weights.h5')],
    ['several files, by the path of their list', at('topology.json'), at('model.weights.json')],
    [
      'several files, as a page has them',
      file('topology.json'),
      ['model.weights.json', ...shards].map((name) => file(name)),
    ],
    ['the names of Keras 2', topology, at('keras2.h5')],
  ])('%s', async (_, source, weights) => {
    expectKerasOutputs(await loadKerasModel(source, { weights }));
  });

  it.each([
    ['one file', [file('topology.json', 'model.json'), file('whole.weights.h5')]],
    [
      'several',
      [file('topology.json', 'config.json'), ...['model.weights.json', ...shards].map((name) => file(name))],
    ],
    [
      'an archive that somebody unpacked',
      [
        file('topology.json', 'config.json'),
        new File(['{}'], 'metadata.json'),
        file('whole.weights.h5', 'model.weights.h5'),
      ],
    ],
  ])('among the files of a folder: %s', async (_, source) => {
    expectKerasOutputs(await loadKerasModel(source));
  });

  const withOwn = JSON.stringify({
    modelTopology: topology,
    weightsManifest: [{ paths: ['weights.bin'], weights: [{ name: 'a', shape: [1], dtype: 'float32' }] }],
  });
  const list = (map: object) => new TextEncoder().encode(JSON.stringify({ metadata: {}, weight_map: map }));
  it.each<[string, KerasSource, KerasSource | undefined, RegExp]>([
    [
      'a list alone',
      at('model.weights.json'),
      undefined,
      /model\.weights\.json: this is a list of files of weights, without the model: give the topology/,
    ],
    [
      'weights alone',
      at('whole.weights.h5'),
      undefined,
      /it holds weights alone, as save_weights writes them: give the topology/,
    ],
    [
      'a model that has weights',
      new URL('nested.keras', fixtures),
      at('whole.weights.h5'),
      /the model has weights of its own/,
    ],
    [
      'a model in the place of weights',
      topology,
      new URL('nested.keras', fixtures),
      /weights must be what save_weights writes/,
    ],
    [
      'weights beside an archive',
      [
        new File([readFileSync(new URL('nested.keras', fixtures))], 'model.keras'),
        file('whole.weights.h5', 'best.weights.h5'),
      ],
      undefined,
      /"model\.keras" has weights of its own, and beside it is "best\.weights\.h5"/,
    ],
    [
      'weights beside a model.json that names its own',
      [
        new File([withOwn], 'model.json'),
        new File([new Uint8Array(4)], 'weights.bin'),
        file('whole.weights.h5'),
      ],
      undefined,
      /"model\.json" has weights of its own, and beside it is "whole\.weights\.h5"/,
    ],
    ['a list from nowhere', topology, bytes('model.weights.json'), /where these lie is not known/],
    [
      'a list that leads elsewhere',
      topology,
      [new File([list({ a: '../x.h5' })], 'model.weights.json'), file('whole.weights.h5', 'b.weights.h5')],
      /leads to another folder/,
    ],
    ['a list of no names', topology, list({ a: 7 }), /weight_map must name files of weights/],
    [
      'a file too few',
      topology,
      ['model.weights.json', ...shards.slice(1)].map((name) => file(name)),
      /"model_00000\.weights\.h5" is not among the files/,
    ],
  ])('%s is refused', async (_, source, weights, message) => {
    const error = await loadKerasModel(source, weights === undefined ? {} : { weights }).catch(
      (error) => error,
    );
    expect(error).toBeInstanceOf(KerasFormatError);
    expect(error.message).toMatch(message);
  });

  it('a weight that no file has is named', async () => {
    const list = JSON.parse(readFileSync(at('model.weights.json'), 'utf8'));
    for (const [key, names] of Object.entries(list.weight_map))
      list.weight_map[key] = [names].flat().slice(0, 1);
    const files = [
      new File([JSON.stringify(list)], 'model.weights.json'),
      ...shards.map((name) => file(name)),
    ];
    await expect(loadKerasModel(topology, { weights: files })).rejects.toThrow(
      /"bidirectional" \(Bidirectional\): there is no weight/,
    );
  });
});
