import type { InitializerName } from '@rectify/replicas';
import type { Arm } from '../arms/arm.js';
import type { Task } from '../measures/answers.js';

/** How rows are held out. `grouped`: whole groups; `leave-one-group-out`: each group once in every seed. */
export type SplitName = 'random' | 'stratified' | 'grouped' | 'leave-one-group-out';

/** What becomes of the features, learned on the training part. `pca`: standardised first, all components kept. */
export type PrepareName = 'raw' | 'standardised' | 'robust' | 'pca';

/** The ways in which rows can be held out. */
export const splitNames: readonly SplitName[] = ['random', 'stratified', 'grouped', 'leave-one-group-out'];
/** The ways in which features can be prepared, from rows of the training part alone. */
export const prepareNames: readonly PrepareName[] = ['raw', 'standardised', 'robust', 'pca'];

/** What is held out together: rows that repeat or belong together are one unit of the statistics. */
export interface UnitFacts {
  /** `row`: every row stands for itself; `duplicate group`: equal rows; `panel`: see `findPanels` of dataset; `group`: a column says. */
  readonly kind: 'row' | 'duplicate group' | 'panel' | 'group';
  readonly count: number;
  /** The columns that make them. */
  readonly columns: readonly string[];
}

/** Everything that decides the outcome, as plain data: what was asked for, and what the table and the defaults made of the rest. */
export interface Design {
  readonly task: Task;
  /** The column that is told or predicted. */
  readonly label: string;
  /** The classes in the order of their numbers; none for a regression. */
  readonly classes: readonly string[];
  readonly features: readonly string[];
  /** Rows that have a label. */
  readonly rows: number;
  readonly arms: readonly Arm[];
  readonly baseline: string;
  /** The seeds are `firstSeed`, `firstSeed + 1`, …: of the split, the initial weights and the order of rows. */
  readonly seeds: number;
  readonly firstSeed: number;
  readonly split: SplitName;
  /** Why this split, in a sentence. */
  readonly splitReason: string;
  readonly testShare: number;
  readonly units: UnitFacts;
  /** Hidden units of each layer; none makes the arms linear. */
  readonly hidden: readonly number[];
  readonly epochs: number;
  readonly batch: number;
  readonly prepare: PrepareName;
  readonly optimizer: 'adam';
  readonly learningRate: number;
  readonly initializer: InitializerName;
  /** Most rows that a seed trains on, and is tested on; of larger parts it takes a sample of its own. */
  readonly trainRows: number;
  readonly testRows: number;
  readonly level: number;
  /** Half-width of what does not matter, for each measure. */
  readonly regions: Readonly<Record<string, number>>;
  /** The number of seeds that was planned, where one looks again and again; null where it was set beforehand. */
  readonly planned: number | null;
}

/** What a caller may set. Everything has a default but the table. */
export interface DesignOptions {
  /** The column to tell (a category) or to predict (numbers); default the table's label or target. */
  readonly label?: string;
  /** Columns to learn from; default the table's features. */
  readonly features?: readonly string[];
  /** Arms as text, see `parseArm`; default `defaultArms`. */
  readonly arms?: string | readonly string[];
  /** The arm that each other one is compared with; added to the arms where it is not among them. Default relu, or the first arm. */
  readonly baseline?: string;
  /** How many seeds, 2 to 10,000; default 32. */
  readonly seeds?: number;
  /** The first of them, default 1. */
  readonly seed?: number;
  /** Default: `grouped` where rows repeat or share panels, else `stratified`, or `random` for a regression. */
  readonly split?: SplitName;
  /** A column whose equal values belong together; default the table's group column, else its panels, else its duplicates. */
  readonly group?: string;
  /** Share of the rows (or groups) that is held out, default 0.2. */
  readonly testShare?: number;
  /** Hidden units of each layer, as `[16, 16]` or `'16x16'`; default 3, as in the tutorial. */
  readonly hidden?: readonly number[] | number | string;
  /** Default 100. */
  readonly epochs?: number;
  /** Rows of a step, default 10. */
  readonly batch?: number;
  /** Default `standardised`. */
  readonly prepare?: PrepareName;
  /** Adam's, where an arm sets none; default 0.001, Keras's. */
  readonly learningRate?: number;
  /** Where an arm sets none; default Glorot's uniform, Keras's. */
  readonly initializer?: InitializerName;
  /** Default 1,000. */
  readonly trainRows?: number;
  /** Default 500. */
  readonly testRows?: number;
  /** Confidence level over all arms of a measure, default 0.95. */
  readonly level?: number;
  /** Half-widths of what does not matter, by measure; default 0.01 for shares, 0.02 nats, 1 % of the target's standard deviation. */
  readonly regions?: Readonly<Record<string, number>>;
  /** One looks again and again while seeds are added: about how many there will be. Intervals then hold at every look. */
  readonly planned?: number;
}
