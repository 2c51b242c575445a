import type { ActivationJson } from '@rectify/core/js';
import type { MeasureSummary } from '../analyse/analyse.js';
import type { Difference } from '../analyse/difference.js';
import type { Design } from '../design/design.js';

/** What one arm came to, over all seeds. */
export interface ComparedArm {
  readonly name: string;
  /** The activation with every parameter; of an arm that chooses, its first choice. */
  readonly activation: ActivationJson;
  /** Seeds that were run. */
  readonly runs: number;
  /** Networks that ended in numbers that are none. Each counts with the majority answer: none is left out. */
  readonly diverged: number;
  /** Hidden units, over all its networks, that no training row activates; that none leaves sensitive; and how many there are. */
  readonly deadUnits: number;
  readonly saturatedUnits: number;
  readonly hiddenUnits: number;
  /**
   * The epoch after which the training loss was first as low as the baseline's of the same seed at its end: the median over the seeds
   * that came there, and how many did.
   */
  readonly epochsToBaseline: { readonly median: number | null; readonly reached: number };
  /** Of an arm that chooses: how often each choice was taken. */
  readonly chosen?: readonly number[];
  /** Mean and standard deviation over the seeds, on held-out rows. */
  readonly measures: Readonly<Record<string, MeasureSummary>>;
}

/** What a model without any hidden unit came to on the same held-out rows. */
export interface ComparedBaseline {
  /** What it is, in words: the class it always says, the rule, the regression. */
  readonly text: string;
  readonly measures: Readonly<Record<string, MeasureSummary>>;
}

/** The answer, as plain data. The same for the same table, design and seeds, wherever it was computed. */
export interface Comparison {
  readonly design: Design;
  readonly arms: readonly ComparedArm[];
  readonly baselines: {
    readonly majority: ComparedBaseline;
    readonly oneRule: ComparedBaseline;
    readonly logistic: ComparedBaseline;
  };
  /** Of every arm to the baseline arm, in every measure, for this table and for new rows from the same source. */
  readonly differences: readonly Difference[];
  readonly verdict: { readonly text: string; readonly primary: 'accuracy' | 'rmse' };
  /** What a reader must know beside the verdict, one sentence each. */
  readonly warnings: readonly string[];
}
