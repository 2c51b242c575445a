import { describe, expect, it } from 'vitest';
import { accuracy, confusionMatrix, logLoss, median, mostLikely, recall } from '../src/tutorial/measures.js';
import { streamSeed } from '../src/tutorial/seeds.js';

describe('classification measures', () => {
  // scikit-learn 1.5: confusion_matrix([0,0,1,2,2,2], [0,1,1,2,2,0]) and recall_score(…, average=None).
  const truth = [0, 0, 1, 2, 2, 2];
  const answers = [0, 1, 1, 2, 2, 0];
  const confusion = confusionMatrix(truth, answers, 3);

  it('counts by true class down and answer across', () => {
    expect(confusion).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [1, 0, 2],
    ]);
    expect(accuracy(confusion)).toBeCloseTo(4 / 6, 12);
    expect(recall(confusion)).toEqual([0.5, 1, 2 / 3]);
  });

  it('has no recall for a class without rows', () => {
    expect(recall(confusionMatrix([0, 0], [0, 1], 3))).toEqual([0.5, null, null]);
  });

  it('takes the most likely class, the first of equal ones', () => {
    expect([...mostLikely(new Float32Array([0.2, 0.7, 0.1, 0.4, 0.2, 0.4]), 3)]).toEqual([1, 0]);
  });

  it('gives the log loss of scikit-learn’s documentation example', () => {
    // log_loss(["spam", "ham", "ham", "spam"], [[.1, .9], [.9, .1], [.8, .2], [.35, .65]]) = 0.21616…
    const probabilities = new Float32Array([0.1, 0.9, 0.9, 0.1, 0.8, 0.2, 0.35, 0.65]);
    expect(logLoss([1, 0, 0, 1], probabilities, 2)).toBeCloseTo(0.21616, 5);
  });

  it('keeps one sure mistake finite', () => {
    expect(logLoss([0], new Float32Array([0, 1]), 2)).toBeCloseTo(-Math.log(1e-7), 6);
  });

  it('takes the mean of the two middle values as the median of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([3, 1, 2])).toBe(2);
  });
});

describe('streamSeed', () => {
  it('gives unsigned 32-bit seeds that do not repeat among neighbours', () => {
    const seeds = new Set<number>();
    for (let seed = 0; seed < 100; seed++)
      for (let stream = 0; stream < 100; stream++) seeds.add(streamSeed(seed, stream));
    expect(seeds.size).toBe(10_000);
    for (const seed of seeds) expect(seed >>> 0).toBe(seed);
  });
});
