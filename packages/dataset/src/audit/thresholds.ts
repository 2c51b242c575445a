/** When each finding of `audit` fires. */
export interface AuditThresholds {
  /** `missing-values`: share of a column's cells that are missing, above which. Default 0. */
  missingShare: number;
  /** `exact-duplicates`: share of rows that repeat an earlier row, above which. Default 0. */
  duplicateShare: number;
  /** `panels`: most that distinct combinations may be of what chance gives. Default 0.25; see `findPanels`. */
  panelRatio: number;
  /** `panels`: fewest columns. Default 3. */
  panelMinColumns: number;
  /** `panels`: fewest rows per combination, on average. Default 5. */
  panelMinRows: number;
  /** `label-leak`: share of rows in which the label follows from a column, from which on. Default 0.999. */
  leakPurity: number;
  /** `label-leak`: fewest rows per value of the column, on average, so that a continuous column is none. Default 5. */
  leakMinRows: number;
  /** `threshold-solves-task`: accuracy of one cut on one feature at telling one class from the rest, from which on. Default 0.99. */
  thresholdAccuracy: number;
  /** `lookup-solves-task`: accuracy of guessing each row's label from the other rows with the same values, from which on. Default 0.99. */
  lookupAccuracy: number;
  /** `implausible-values`: share of a column's cells outside the schema's range, above which. Default 0. */
  implausibleShare: number;
  /** `implausible-reveals-class`: share of one class among the implausible cells of one side, from which on. Default 0.95. */
  revealPurity: number;
  /** `implausible-reveals-class`: probability that so many rows of that class meet by chance, below which. Default 0.001. */
  revealChance: number;
  /** `near-constant-columns`: share of the most frequent value, from which on (1 is `constant-columns`). Default 0.95. */
  nearConstantShare: number;
  /** `class-imbalance`: rows of the largest class ÷ rows of the smallest, from which on, where chance does not make it. Default 3. */
  imbalanceRatio: number;
  /**
   * `outliers`: how many interquartile ranges beyond the quartiles a value may lie (Tukey), of the column and of the logarithm of the
   * distance to its median. Default 1.5.
   */
  outlierFence: number;
  /** `outliers`: share of a column's cells beyond the fences, above which. Default 0. */
  outlierShare: number;
  /** `correlated-features`: absolute Pearson correlation, from which on. Default 0.9. */
  correlation: number;
  /** `conflicting-labels`: share of rows whose features stand with several labels, above which. Default 0. */
  conflictShare: number;
  /** `no-negative-inputs`: largest share of negative values in any feature, up to which. Default 0. */
  negativeShare: number;
  /** `train-test-twins`: share of test rows that equal a training row, above which. Default 0. */
  twinShare: number;
  /** `shared-groups`: share of test rows whose group also trains, above which. Default 0. */
  sharedGroupShare: number;
  /** `drift`: level of the two-sample Kolmogorov–Smirnov test of all features together, below which a p-value times their number fires. Default 0.001. */
  driftLevel: number;
}

/** When each finding fires unless `audit` is told otherwise. */
export const auditThresholds: Readonly<AuditThresholds> = {
  missingShare: 0,
  duplicateShare: 0,
  panelRatio: 0.25,
  panelMinColumns: 3,
  panelMinRows: 5,
  leakPurity: 0.999,
  leakMinRows: 5,
  thresholdAccuracy: 0.99,
  lookupAccuracy: 0.99,
  implausibleShare: 0,
  revealPurity: 0.95,
  revealChance: 0.001,
  nearConstantShare: 0.95,
  imbalanceRatio: 3,
  outlierFence: 1.5,
  outlierShare: 0,
  correlation: 0.9,
  conflictShare: 0,
  negativeShare: 0,
  twinShare: 0,
  sharedGroupShare: 0,
  driftLevel: 0.001,
};
