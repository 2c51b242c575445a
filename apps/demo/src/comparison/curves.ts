import type { Design, RunRecord } from '@rectify/experiment';
import { quantileSorted } from 'd3-array';

/** Losses of one arm after each epoch, over its runs: the median, and the quartiles as a band. Null where no run has a number. */
export interface ArmCurves {
  readonly arm: string;
  readonly train: Band;
  readonly test: Band;
}

export interface Band {
  readonly median: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

export const curvesOf = (design: Design, records: readonly RunRecord[]): ArmCurves[] =>
  design.arms.map(({ name }, a) => ({
    arm: name,
    train: bandOf(records.map(({ arms }) => arms[a].trainLoss)),
    test: bandOf(records.map(({ arms }) => arms[a].testLoss)),
  }));

function bandOf(losses: readonly (readonly (number | null)[])[]): Band {
  const epochs = Math.max(0, ...losses.map((one) => one.length));
  const sorted = Array.from({ length: epochs }, (_, epoch) =>
    losses
      .map((one) => one[epoch])
      .filter((loss): loss is number => typeof loss === 'number')
      .sort((a, b) => a - b),
  );
  const at = (share: number) => sorted.map((values) => quantileSorted(values, share) ?? null);
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}
