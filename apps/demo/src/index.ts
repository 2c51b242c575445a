export { type CompareOptions, compare, defaults, type Results, type TableFacts } from './compare.js';
export {
  type ArticleOptions,
  type ArticleResult,
  articleExperiment,
  findArticleSeed,
  type SeedSearch,
} from './experiment/article.js';
export { useReproducibleBackend } from './experiment/backend.js';
export {
  type ComparisonOptions,
  type ComparisonResult,
  comparisonExperiment,
  type LossCurves,
  type Outcome,
  type PairedRun,
} from './experiment/comparison.js';
export type { Confusion, Count, Interval } from './experiment/measures.js';
export { type Curves, type MendedOptions, type MendedResult, mendedExperiment } from './experiment/mended.js';
export type { SplitMethod } from './experiment/parts.js';
export type { Progress, Watch } from './experiment/training.js';
export type { Report } from './report/report.js';
export { reportPage } from './report/report-page.js';
