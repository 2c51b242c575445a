import { sampleDiabetes } from '@rectify/dataset';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useReproducibleBackend } from '../src/tutorial/backend.js';
import { asWritten, firstGradients, type Mends, variantExperiment } from '../src/tutorial/variant.js';

const table = sampleDiabetes();
const names = Object.keys(asWritten) as (keyof Mends)[];
const all = Array.from(
  { length: 16 },
  (_, bits) => Object.fromEntries(names.map((name, i) => [name, (bits & (1 << i)) > 0])) as unknown as Mends,
);
const worded = (mends: Mends) => names.filter((name) => mends[name]).join(' + ') || 'nothing';

describe('the tutorial’s network with some of its mistakes mended', () => {
  beforeAll(useReproducibleBackend);

  it.each(all.map((mends) => [worded(mends), mends] as const))('%s', async (_, mends) => {
    const { before, after, answers, twins, gradients, largestWeightChange } = await variantExperiment(table, {
      ...{ mends, seed: 1, epochs: 1 },
    });
    // One output under cross-entropy is divided by itself: no gradient, whatever else is mended.
    const still = !mends.loss && !mends.outputs;
    // Raw values of many tens make the first outputs sure, where tfjs clips the loss: the first batch may have no gradient then.
    const moves = mends.loss && (!mends.outputs || mends.scaling);
    if (still || moves) expect(gradients.every(({ largest }) => largest === 0)).toBe(still);
    expect(gradients.map(({ size }) => size)).toEqual(mends.outputs ? [18, 3, 9, 3] : [18, 3, 3, 1]);
    if (moves) expect(largestWeightChange).toBeGreaterThan(0.001);
    expect(gradients.map(({ name }) => name)).toEqual([
      ...['hidden layer, weights', 'hidden layer, biases', 'output, weights', 'output, biases'],
    ]);
    if (still) expect([largestWeightChange, after]).toEqual([0, before]);
    // Whole panels held out leave no twin; a random split leaves many.
    if (mends.split) expect(twins.correct).toBe(0);
    else expect(twins).toEqual({ correct: 107, total: 202 });
    expect(answers.map(({ name }) => name)).toEqual(['Normal', 'Type1', 'Type2']);
    expect(answers.reduce((sum, { rows }) => sum + rows, 0)).toBe(after.test.total);
    expect(answers.reduce((sum, { truly }) => sum + truly, 0)).toBe(after.test.total);
    expect(after.train.total + after.test.total).toBe(1009);
    // One output that is not told what it means never says Type2.
    if (!mends.outputs && !mends.loss) expect(answers[2].rows).toBe(0);
    if (still) expect(firstGradients(table, mends, 1).map(({ largest }) => largest)).toEqual([0, 0, 0, 0]);
    expect(memory().numTensors).toBe(0);
  });

  it('gives the same for the same seed, and learns where all is mended', async () => {
    const options = { mends: { loss: true, outputs: true, scaling: true, split: true }, seed: 1, epochs: 3 };
    const one = await variantExperiment(table, options);
    const again = await variantExperiment(table, options);
    // tfjs numbers its layers on.
    const figures = ({ gradients, ...rest }: typeof one) => ({
      ...rest,
      largest: gradients.map((g) => g.largest),
    });
    expect(figures(again)).toEqual(figures(one));
    expect(one.after.test.correct).toBeGreaterThan(one.before.test.correct);
  });
});
