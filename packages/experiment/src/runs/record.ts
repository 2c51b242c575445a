/** What one network (or baseline) said of its held-out rows. Numbers are rounded to seven digits: all that float32 holds. */
export interface SaidOfRows {
  /** The class's number, or the prediction, of each held-out row. */
  readonly answer: readonly number[];
  /** Probability of that class, and −ln of the probability of the true one; not for a regression. */
  readonly confidence?: readonly number[];
  readonly logLoss?: readonly number[];
}

/** What one run of one arm came to. */
export interface ArmRecord extends SaidOfRows {
  readonly arm: string;
  /** The epoch after which a weight was first not finite; null where none was. The rows then get the majority answer. */
  readonly diverged: number | null;
  /** Hidden units that no training row activates, that no training row leaves sensitive (|f′| ≤ 0.01), and how many there are. */
  readonly deadUnits: number;
  readonly saturatedUnits: number;
  readonly hiddenUnits: number;
  /** Mean loss of the training rows after each epoch, and of the held-out rows; null from where it was no number any more. */
  readonly trainLoss: readonly (number | null)[];
  readonly testLoss: readonly (number | null)[];
  /** Place among the arm's choices of the one that this seed chose. */
  readonly chosen?: number;
}

/** All arms on one held-out part: they share split, order of rows, and initial weights where shapes allow. */
export interface RunRecord {
  readonly seed: number;
  /** The group that was held out, of leave-one-group-out; else null. */
  readonly fold: number | null;
  /** The held-out rows: their places in the table that was given. */
  readonly rows: readonly number[];
  /** How many rows were trained on, and how many held-out rows are of a class that none of those has. */
  readonly trainRows: number;
  readonly unseenRows: number;
  readonly arms: readonly ArmRecord[];
  readonly baselines: {
    readonly majority: SaidOfRows;
    readonly oneRule: SaidOfRows;
    readonly logistic: SaidOfRows;
  };
}

/** Seven significant digits. */
export const rounded = (value: number): number => +value.toPrecision(7);

/** The same of a loss after an epoch; null where it was no number any more. */
export const roundedLoss = (value: number): number | null => (Number.isFinite(value) ? rounded(value) : null);
