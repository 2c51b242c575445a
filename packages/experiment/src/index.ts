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
export { type Arm, type ArmSetting, defaultArms } from './arms/arm.js';
export { parseArm, parseArms } from './arms/parse-arm.js';
export { type CompareOptions, compare } from './compare/compare.js';
export type { ComparedArm, ComparedBaseline, Comparison } from './compare/comparison.js';
export { comparisonOf } from './compare/comparison-of.js';
export {
  type Design,
  type DesignOptions,
  type PrepareName,
  prepareNames,
  type SplitName,
  splitNames,
  type UnitFacts,
} from './design/design.js';
export type { Problem } from './design/problem.js';
export { hiddenUnits, resolveDesign } from './design/resolve.js';
export { type HeldOut, splitsOf } from './design/split.js';
export { type MeasureName, measureNames } from './measures/measure.js';
export { type Chunk, type ChunkResult, chunksOf, engineVersion, tableHash } from './runs/chunk.js';
export {
  type LocalRunnerOptions,
  localRunner,
  problemFor,
  type RunnerProgress,
} from './runs/local-runner.js';
export type { ArmRecord, RunRecord, SaidOfRows } from './runs/record.js';
export type { Runner } from './runs/runner.js';
export { type Train, trainChunk } from './runs/train-chunk.js';
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
