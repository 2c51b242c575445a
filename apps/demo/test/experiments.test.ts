import { sampleDiabetes, split } from '@rectify/dataset';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { articleExperiment, articleNetwork, findArticleSeed } from '../src/tutorial/article.js';
import { useReproducibleBackend } from '../src/tutorial/backend.js';
import { median } from '../src/tutorial/measures.js';
import { mendedExperiment } from '../src/tutorial/mended.js';
import { splitTable, UnusableTableError } from '../src/tutorial/parts.js';
import type { Progress } from '../src/tutorial/training.js';

const table = sampleDiabetes();

beforeAll(useReproducibleBackend);

describe("the article's experiment", () => {
  it('finds a seed whose figures are the article’s: 500/807 and 131/202, Normal for everyone, no weight moved', async () => {
    const tensors = tf.memory().numTensors;
    const result = await articleExperiment(table, { epochs: 3 });
    expect(result.search?.found).toBe(true);
    expect(result.before).toEqual({
      train: { correct: 500, total: 807 },
      test: { correct: 131, total: 202 },
    });
    expect(result.after).toEqual(result.before);
    expect(result.largestWeightChange).toBe(0);
    expect(result.answers).toEqual({ Normal: 1009, Type1: 0 });
    expect(result.reading).toContain('answers Normal to everyone');
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('never learns anything, with seed %i', async (seed) => {
    const result = await articleExperiment(table, { seed, epochs: 2 });
    expect(result.largestWeightChange).toBe(0);
    expect(result.after).toEqual(result.before);
    expect(result.answers.Normal + result.answers.Type1).toBe(1009);
    expect(result.search).toBeNull();
  });

  it('counts as tfjs counts its own accuracy', async () => {
    const seed = 3;
    const { train } = splitTable(table, 'random', seed);
    const { before } = await articleExperiment(table, { seed, epochs: 1 });
    const features = train.toMatrix();
    const model = articleNetwork(6, seed);
    model.compile({ optimizer: 'adam', loss: tfl.metrics.categoricalCrossentropy, metrics: ['accuracy'] });
    const codes = { Normal: 0, Type1: 1, Type2: -1 } as Record<string, number>;
    const [, accuracy] = tf
      .tidy(
        () =>
          model.evaluate(
            tf.tensor2d(features.data, [train.rowCount, 6]),
            tf.tensor2d(
              train.labels().map((label) => codes[label]),
              [train.rowCount, 1],
            ),
            { batchSize: train.rowCount },
          ) as tf.Scalar[],
      )
      .map((scalar) => scalar.dataSync()[0]);
    expect(before.train.correct / before.train.total).toBeCloseTo(accuracy, 6);
    model.dispose();
  });

  it('says so when no seed does what the search asks', () => {
    expect(findArticleSeed(table, 1)).toEqual({ seed: 0, tried: 1, found: false });
  });
});

describe('splitTable', () => {
  it('fills empty cells of both sides with the median of the training part', () => {
    const ages = table.numbers('Age').slice();
    for (let row = 0; row < ages.length; row += 7) ages[row] = Number.NaN;
    const rows = split(table, { method: 'random', seed: 3 });
    const sides = splitTable(table.withNumbers('Age', ages), 'random', 3);
    const known = [...rows.train].map((row) => ages[row]).filter((age) => !Number.isNaN(age));
    for (const side of ['train', 'test'] as const)
      expect([...sides[side].numbers('Age')]).toEqual(
        [...rows[side]].map((row) => (Number.isNaN(ages[row]) ? median(known) : ages[row])),
      );
  });

  it('refuses a table that is too small', () => {
    expect(() => splitTable(table.head(1), 'random', 1)).toThrow(UnusableTableError);
  });
});

describe('the mended network', () => {
  it('learns, and measures itself consistently', async () => {
    const tensors = tf.memory().numTensors;
    const epochs: Progress[] = [];
    const result = await mendedExperiment(table, {
      seed: 1,
      split: 'random',
      epochs: 30,
      onProgress: (progress) => epochs.push(progress),
    });
    expect(result.trainRows + result.testRows).toBe(1009);
    expect(result.curves.trainLoss).toHaveLength(30);
    expect(result.curves.trainLoss[29]).toBeLessThan(result.curves.trainLoss[0] / 2);
    expect(result.testAccuracy).toBe(result.curves.testAccuracy[29]);
    expect(result.testLogLoss).toBe(result.curves.testLoss[29]);
    expect(result.confusion.flat().reduce((a, b) => a + b)).toBe(result.testRows);
    expect(epochs.at(-1)).toMatchObject({ epoch: 30, epochs: 30 });
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('repeats itself for one seed, and differs for another', async () => {
    const run = (seed: number) => mendedExperiment(table, { seed, split: 'random', epochs: 2 });
    const [a, b, c] = [await run(7), await run(7), await run(8)];
    expect(a).toEqual(b);
    expect(a.curves).not.toEqual(c.curves);
  });

  it('stops when told to, and leaves no tensor behind', async () => {
    const tensors = tf.memory().numTensors;
    const stop = new AbortController();
    const running = mendedExperiment(table, {
      seed: 1,
      split: 'panels',
      signal: stop.signal,
      onProgress: ({ epoch }) => epoch === 2 && stop.abort(),
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it.each([-1, 1.5, Number.NaN, 2 ** 32])('refuses the seed %d', async (seed) => {
    await expect(mendedExperiment(table, { seed, split: 'random' })).rejects.toThrow(RangeError);
  });
});
