export {
  type AnalysedArm,
  type AnalyseOptions,
  type Analysis,
  analyse,
  type MeasureSummary,
} from './analyse/analyse.js';
export type { Difference, Estimand, Method } from './analyse/difference.js';
export type {
  LossOutcome,
  Outcome,
  PredictionOutcome,
  ProbabilityOutcome,
  ScoreOutcome,
} from './analyse/outcome.js';
export { type MeasureName, measureNames } from './measures/measure.js';
export { holm } from './statistics/adjust.js';
export { criticalOf, type Estimate, type Interval, intervalOf, pValueOf } from './statistics/estimate.js';
export { simultaneousCritical } from './statistics/max-t.js';
export { nadeauBengio } from './statistics/nadeau-bengio.js';
export { pairedT } from './statistics/paired-t.js';
export { type Needed, needed } from './statistics/power.js';
export { sequenceCritical } from './statistics/sequence.js';
export { type SignFlip, signFlip } from './statistics/sign-flip.js';
export { studentQuantile, studentTails } from './statistics/student.js';
export { type SeedDifferences, unitsAndSeeds } from './statistics/units-and-seeds.js';
export { type Verdict, verdictOf } from './statistics/verdict.js';
