import type { Task } from '../measures/answers.js';

/** What the most ignorant model says of every row: the training part's most common class with the classes' shares, or its mean. */
export interface Majority {
  /** The class's number, or the mean of the target. */
  readonly answer: number;
  /** Share of each class; none for a regression. */
  readonly shares: readonly number[];
}

export function fitMajority(truth: ArrayLike<number>, task: Task, classes: number): Majority {
  const rows = truth.length;
  if (task === 'regression') {
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += truth[i];
    return { answer: sum / rows, shares: [] };
  }
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < rows; i++) counts[truth[i]]++;
  return { answer: counts.indexOf(Math.max(...counts)), shares: counts.map((n) => n / rows) };
}
