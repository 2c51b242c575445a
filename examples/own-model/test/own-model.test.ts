import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { barImages } from '../images.mjs';
import { ownModel } from '../own-model.mjs';

test('ten seeds of a convolutional model come to a verdict, and leave no tensor behind', async () => {
  const before = tf.memory().numTensors;
  const ran: string[] = [];
  const { verdict, differences, arms } = await ownModel(barImages(48), {
    ...{ arms: ['relu', 'tanh', 'leaky_relu:0.1'], seeds: 10, epochs: 2 },
    onRun: (arm: string, seed: number) => ran.push(`${arm} ${seed}`),
  });
  expect(tf.memory().numTensors).toBe(before);
  expect(ran).toHaveLength(30);
  expect(arms.map(({ name, runs, diverged }) => [name, runs, diverged])).toEqual([
    ['relu', 10, 0],
    ['tanh', 10, 0],
    ['leaky_relu:0.1', 10, 0],
  ]);
  expect(verdict.primary).toBe('accuracy');
  expect(verdict.text).toMatch(/relu/);
  // Every image was held out by some seed, and counts once.
  const [first] = differences.filter(({ estimand }) => estimand === 'source');
  expect(first).toMatchObject({ arm: 'tanh', baseline: 'relu', measure: 'accuracy', seeds: 10 });
  expect(first.units).toBeGreaterThan(40);
  expect(first.units).toBeLessThanOrEqual(48);
}, 60_000);

test('arms of a seed are paired: the same activation twice is the same run', async () => {
  const { differences } = await ownModel(barImages(32), {
    ...{ arms: ['relu', 'leaky_relu:0'], seeds: 2, epochs: 1 },
  });
  for (const { mean } of differences) expect(mean).toBe(0);
}, 60_000);
