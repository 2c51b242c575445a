import { assertBetween, assertNumbers } from '../arguments/assert.js';
import { type Estimate, mean, variance } from './estimate.js';

/**
 * The mean of paired differences of repeated hold-outs, where losses per row were not kept: SE² = (1/R + n_test / n_train) · s²,
 * R − 1 degrees of freedom (Nadeau and Bengio 2003, "Inference for the generalization error").
 *
 * The training parts of several seeds overlap, so that the differences are not independent; the added n_test / n_train allows for it. It
 * answers for new rows from the same source, and covers more than it says (100 % in place of 95 % where the table varies little).
 *
 * @param differences arm minus baseline, one for each seed
 * @param testPerTrain rows of the test part for each row of the training part, as 0.25 after an 80/20 split
 */
export function nadeauBengio(differences: ArrayLike<number>, testPerTrain: number): Estimate {
  assertNumbers('differences', differences, 1);
  assertBetween('testPerTrain', testPerTrain, 0);
  const seeds = differences.length;
  const s2 = variance(differences);
  const weight = 1 / seeds + testPerTrain;
  return {
    mean: mean(differences),
    standardError: Math.sqrt(weight * s2),
    df: seeds - 1,
    seedPart: s2 / seeds,
    rowPart: testPerTrain * s2,
    seeds,
    units: 0,
    parts: [{ values: Float64Array.from(differences), weight }],
  };
}
