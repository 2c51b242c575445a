/** Every kind of finding, in the order of printing within a severity. */
export const findingIds = [
  'single-class',
  'label-leak',
  'threshold-solves-task',
  'lookup-solves-task',
  'implausible-reveals-class',
  'panels',
  'exact-duplicates',
  'conflicting-labels',
  'implausible-values',
  'float32-merges',
  'sentinel',
  'id-column',
  'missing-values',
  'constant-columns',
  'near-constant-columns',
  'class-imbalance',
  'correlated-features',
  'outliers',
  'dates-as-numbers',
  'no-negative-inputs',
  'train-test-twins',
  'shared-groups',
  'drift',
  'missing-classes',
] as const;

/** The name of a kind of finding. */
export type FindingId = (typeof findingIds)[number];

/** One thing that is wrong with a table, or with a split of it. */
export interface Finding {
  readonly id: FindingId;
  /** `error`: figures of a model on this table would mislead. `warning`: look before you train. `info`: good to know. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly columns: readonly string[];
  /** How many of what the explanation counts: cells, rows, panels, columns, pairs. */
  readonly count: number;
  /** Indices (0 is the first) of the rows it is about, ascending; none when it is about all. */
  readonly rows: readonly number[];
  /** The number that was compared with the threshold. */
  readonly figure: number;
  /** One sentence: what was found. */
  readonly explanation: string;
  /** One sentence: what to do. */
  readonly advice: string;
  /** The finding column by column, or case by case; at most the 1000 weightiest. */
  readonly details: readonly Readonly<Record<string, number | string>>[];
}

/** Checks that did not run, and why. */
export interface SkippedChecks {
  readonly ids: readonly FindingId[];
  readonly reason: string;
}
