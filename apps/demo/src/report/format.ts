import type { Count, Interval } from '../tutorial/measures.js';

/** 0.6196 → "61.96 %"; a share of nothing is "–". */
export const percent = (share: number | null, digits = 2): string =>
  share === null || Number.isNaN(share) ? '–' : `${(100 * share).toFixed(digits)} %`;

/** { correct: 500, total: 807 } → "500/807 = 61.96 %" */
export const countAndPercent = ({ correct, total }: Count): string =>
  `${correct}/${total} = ${percent(correct / total)}`;

const signed = (value: number, digits: number) =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

/** Mean and 95 % interval, in percentage points. */
export const pointsInterval = ({ mean, low, high }: Interval): string =>
  `${signed(100 * mean, 2)} points, 95 % interval ${signed(100 * low, 2)} to ${signed(100 * high, 2)}`;

/** Mean and 95 % interval, in nats. */
export const natsInterval = ({ mean, low, high }: Interval): string =>
  `${signed(mean, 4)} nats, 95 % interval ${signed(low, 4)} to ${signed(high, 4)}`;
