// Networks become as good as those of tfjs and scikit-learn on the same rows, with the same layers, rate, batches and epochs.
import { activation } from '@rectify/core/js';
import { describe, expect, it } from 'vitest';
import { median } from '../../../scripts/measure.mjs';
import { classesOf, fixtureOf, tableOf } from '../measure/quality.js';
import { type TrainOptions, trainSync } from '../src/index.js';
import { tolerances } from './_tolerances.js';

const root = new URL('..', import.meta.url).pathname;

describe.each(Object.entries(fixtureOf(root).tables))('%s', (_name, written) => {
  const table = tableOf(root, written);
  it.skipIf(!table)('as good as tfjs and scikit-learn', () => {
    if (!table) return;
    const { features, labels, targets = [], train, test, learningRate, batchSize, epochs } = table;
    const shared = {
      features,
      rows: train,
      testRows: test,
      hidden: table.hidden.map((units) => ({ units, activation: activation(table.activation) })),
      learningRate,
      batchSize,
      epochs,
      seeds: 9,
    };
    const options: TrainOptions = labels
      ? {
          ...shared,
          labels,
          output: { activation: 'softmax', loss: 'cross_entropy', units: classesOf(labels) },
        }
      : { ...shared, targets, output: { activation: 'linear', loss: 'squared_error' } };
    const ours = median([...trainSync(options)].map(({ testScore }) => testScore));
    const { sklearn, tfjs = [] } = table;
    expect(tfjs.length).toBeGreaterThan(0);
    expect(ours).toBeGreaterThanOrEqual(Math.max(median(sklearn), median(tfjs)) - tolerances.score);
  });
});
