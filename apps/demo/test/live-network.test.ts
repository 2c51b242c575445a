import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openTable, sampleDiabetes, type Table } from '@rectify/dataset';
import { loadKerasModel, register } from '@rectify/tfjs-layer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, exported } from '../src/live/exports.js';
import { LiveNetwork } from '../src/live/live-network.js';
import type { LiveOptions } from '../src/live/options.js';
import { planLive } from '../src/live/plan.js';
import { sharedText } from '../src/live/shared-units.js';
import { useReproducibleBackend } from '../src/tutorial/backend.js';
import { barsOf } from '../src/view/chart/bars.js';

const usual: LiveOptions = {
  ...{ activation: 'leaky_relu:0.05', hidden: [3], seed: 1, prepare: 'standardised', optimizer: 'adam' },
  rate: 0.001,
};
const flowers = [
  'petal,sepal,colour,species',
  ...Array.from({ length: 80 }, (_, i) => {
    const kind = i % 4;
    const petal = i % 9 === 0 ? '' : (kind * 2 + i / 97).toFixed(3);
    return `${petal},${(5 + i / 53).toFixed(3)},${i % 2 ? 'red' : 'blue'},${'abcd'[kind]}`;
  }),
].join('\n');

describe('a network that is watched', () => {
  const made: LiveNetwork[] = [];
  const network = (table: Table, options: Partial<LiveOptions> = {}) => {
    const one = new LiveNetwork(planLive(table, { ...usual, ...options }));
    made.push(one);
    return one;
  };
  beforeAll(useReproducibleBackend);
  afterEach(() => {
    for (const one of made.splice(0)) one.dispose();
    expect(tf.memory().numTensors).toBe(0);
  });

  it('learns, and goes back to the same weights and the same way', async () => {
    const one = network(sampleDiabetes());
    const start = one.frame();
    await one.train();
    await one.train();
    const trained = one.frame();
    expect(trained.curves.trainLoss).toHaveLength(3);
    expect(trained.curves.trainLoss[2]).toBeLessThan(trained.curves.trainLoss[0]);
    expect(trained.troubles).toEqual([]);
    one.reset();
    expect(one.frame()).toEqual(start);
    await one.train();
    await one.train();
    expect(one.frame()).toEqual(trained);
  });

  it('takes a step of gradient descent as the formula has it', async () => {
    const { table } = await openTable(
      'x,y\n0.5,1\n1.1,3\n2.7,5\n3.2,7\n4.5,9\n5,11\n6.3,13\n7,15\n8.9,17\n9.2,19.5\n',
      {
        target: 'y',
      },
    );
    const one = network(table, { hidden: [], optimizer: 'sgd', rate: 0.1, split: 'random' });
    const { train } = one.plan;
    const [{ weights, bias }] = one.frame().layers[0].units;
    await one.train(); // 8 rows: one batch
    const errors = Array.from(train.inputs, (x, row) => weights[0] * x + bias - train.wanted[row]);
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const after = one.frame().layers[0].units[0];
    // w ← w − rate · mean(2 · error · x), b ← b − rate · mean(2 · error)
    expect(after.weights[0]).toBeCloseTo(
      weights[0] - 0.1 * mean(errors.map((e, i) => 2 * e * train.inputs[i])),
      5,
    );
    expect(after.bias).toBeCloseTo(bias - 0.1 * mean(errors.map((e) => 2 * e)), 5);
  });

  it('counts every training row in each histogram, and draws its edge at 0', () => {
    for (const { units } of network(sampleDiabetes()).frame().layers)
      for (const { bars } of units) {
        expect(bars.reduce((sum, { count }) => sum + count, 0)).toBe(814);
        expect(bars.some(({ from, to }) => from < 0 && to > 0)).toBe(false);
      }
    expect(barsOf(Float32Array.of(2, 2, 2), 0, 1).reduce((sum, { count }) => sum + count, 0)).toBe(3);
    expect(barsOf(Float32Array.of(Number.NaN), 0, 1)).toEqual([]);
  });

  it('says that the test part leaks where a random split has twins, and not where whole panels are held out', () => {
    const { shared } = planLive(sampleDiabetes(), { ...usual, split: 'random' });
    expect(shared).toMatchObject({ kind: 'panel', rows: 202, of: 202 });
    expect(sharedText(shared as NonNullable<typeof shared>)).toContain('202 of 202 test rows');
    expect(planLive(sampleDiabetes(), usual).shared).toBeUndefined();
  });

  it('marks dead units, and says why the weights do not move', async () => {
    const one = network(sampleDiabetes(), { activation: 'relu', prepare: 'raw', optimizer: 'sgd', rate: 1 });
    await one.train();
    await one.train();
    const { layers, troubles } = one.frame();
    expect(layers[0].units.every(({ dead }) => dead)).toBe(true);
    expect(layers[0].moved).toBe(0);
    expect(layers[0].outputs.zero).toBe(1);
    const [{ kind, why, tries }] = troubles;
    expect(kind).toBe('still');
    expect(why).toMatch(/every unit of the hidden layer is dead/);
    expect(tries.join()).toMatch(/leaky_relu.*standardised/);
    const slow = network(sampleDiabetes(), { rate: 1e-12 });
    await slow.train();
    expect(slow.frame().troubles[0]).toMatchObject({ kind: 'still', why: expect.stringContaining('1e-12') });
  });

  it('says that weights are NaN, why, and what to try', async () => {
    const one = network(sampleDiabetes(), { prepare: 'raw', optimizer: 'sgd', rate: 1e30 });
    await one.train();
    expect(one.isSound).toBe(false);
    const { troubles, layers } = one.frame();
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatchObject({ kind: 'nan', why: expect.stringContaining('1e+30') });
    expect(layers.some(({ outputs }) => outputs.nan > 0)).toBe(true);
    one.reset();
    expect(one.isSound).toBe(true);
  });

  it('takes text, missing cells and four classes, and predicts numbers', async () => {
    const { table } = await openTable(flowers, { label: 'species' });
    const four = network(table, { hidden: [4, 2] });
    expect(four.plan.inputs).toEqual(['petal', 'sepal', 'colour=blue', 'colour=red']);
    await four.train();
    expect(four.frame().layers.map(({ units }) => units.length)).toEqual([4, 2, 4]);
    expect(
      four
        .frame()
        .confusion.flat()
        .reduce((a, b) => a + b, 0),
    ).toBe(four.plan.test.rows);
    const { table: numbers } = await openTable(flowers, { target: 'sepal' });
    const one = network(numbers, { prepare: 'pca' });
    expect(one.plan).toMatchObject({ task: 'regression', classes: [] });
    await one.train();
    expect(one.frame().confusion).toEqual([]);
    expect(one.frame().curves.testScore.every(Number.isFinite)).toBe(true);
  });

  it('is saved so that tfjs, Keras’s reader and plain code answer the same', async () => {
    register();
    for (const [label, asked, options] of [
      ['species', { label: 'species' }, { hidden: [4, 2] }],
      ['sepal', { target: 'sepal' }, { activation: 'elu:0.5', hidden: [3] }],
    ] as const) {
      const { table } = await openTable(flowers, asked);
      const one = network(table, { ...options, hidden: [...options.hidden] });
      await one.train();
      const { test, inputs, scale } = one.plan;
      const answersOf = (model: tfl.LayersModel) =>
        tf.tidy(() => {
          const x = tf.tensor2d(test.inputs, [test.rows, inputs.length]);
          return Array.from((model.predict(x) as tf.Tensor).dataSync());
        });
      const wanted = answersOf(one.model);

      const [{ content: json }, { content: weights }] = await exported(one, 'tfjs');
      const { modelTopology, weightsManifest } = JSON.parse(json as string);
      const again = await tfl.loadLayersModel(
        tf.io.fromMemory({
          ...{ modelTopology, weightSpecs: weightsManifest[0].weights },
          weightData: (weights as Uint8Array<ArrayBuffer>).buffer,
        }),
      );
      expect(answersOf(again)).toEqual(wanted);
      again.dispose();

      const [{ content: keras }] = await exported(one, 'keras');
      const topology = JSON.parse(keras as string);
      const model = await loadKerasModel({ modelTopology: topology });
      model.setWeights(one.model.getWeights());
      expect(answersOf(model)).toEqual(wanted);
      model.dispose();

      const folder = fileURLToPath(new URL('../.programs/live', import.meta.url));
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${label}.ts`);
      writeFileSync(file, codeOf(one));
      const { network: code } = await import(file);
      rmSync(folder, { recursive: true });
      const outputs = wanted.length / test.rows;
      const rows = Array.from({ length: test.rows }, (_, r) =>
        code(Array.from(test.inputs.subarray(r * inputs.length, (r + 1) * inputs.length))),
      ).flat();
      // The code computes in float64 what tfjs computes in float32.
      for (const [i, answer] of rows.entries())
        expect((answer - scale.mean) / scale.deviation).toBeCloseTo(wanted[i], 5);
      expect(rows).toHaveLength(test.rows * outputs);
    }
  });
});
