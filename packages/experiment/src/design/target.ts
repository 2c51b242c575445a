import { assertFloat32 } from './float32.js';
import type { Problem } from './problem.js';

export interface TargetScale {
  readonly mean: number;
  readonly deviation: number;
}

/** A target is trained on standardised, as the training part has it; classes stay as they are. */
export function targetScale({ task, truth }: Problem, train: Uint32Array): TargetScale {
  if (task === 'classification') return { mean: 0, deviation: 1 };
  let mean = 0;
  for (const row of train) mean += truth[row] / train.length;
  let squares = 0;
  for (const row of train) squares += ((truth[row] - mean) * (truth[row] - mean)) / train.length;
  return { mean, deviation: Math.sqrt(squares) || 1 };
}

/** What the networks are to say of the training rows, then of those held out. @throws RangeError where no float32 holds it */
export function scaledTruth(
  problem: Problem,
  train: Uint32Array,
  test: Uint32Array,
): { scale: TargetScale; truth: Float64Array } {
  const scale = targetScale(problem, train);
  const truth = Float64Array.from([...train, ...test], (row) => {
    const value = (problem.truth[row] - scale.mean) / scale.deviation;
    if (problem.task === 'regression') assertFloat32(problem, problem.label, row, value);
    return value;
  });
  return { scale, truth };
}
