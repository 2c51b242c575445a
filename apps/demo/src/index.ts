export type { Report } from './report/report.js';
export { reportPage } from './report/report-page.js';
export {
  type ArticleOptions,
  type ArticleResult,
  articleExperiment,
  findArticleSeed,
  type SeedSearch,
} from './tutorial/article.js';
export { useReproducibleBackend } from './tutorial/backend.js';
export { type TutorialResults, tutorialExperiments } from './tutorial/experiments.js';
export type { Confusion, Count } from './tutorial/measures.js';
export { type Curves, type MendedOptions, type MendedResult, mendedExperiment } from './tutorial/mended.js';
export type { SplitMethod } from './tutorial/parts.js';
export type { Progress, Watch } from './tutorial/training.js';
