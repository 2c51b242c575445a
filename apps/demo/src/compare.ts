import { summarize, type Table } from '@rectify/dataset';
import { type ArticleResult, articleExperiment } from './tutorial/article.js';
import { type ComparisonResult, comparisonExperiment } from './tutorial/comparison.js';
import { type MendedResult, mendedExperiment } from './tutorial/mended.js';
import { splitTable } from './tutorial/parts.js';
import type { Watch } from './tutorial/training.js';

export interface CompareOptions extends Watch {
  /**
   * The seed of every experiment. Default: 1 for the mended network and the comparison, and for the article's experiment
   * the seed that a search finds, so that its published figures come out.
   */
  readonly seed?: number | undefined;
  /** How many pairs the comparison trains. Default 10. */
  readonly runs?: number | undefined;
  /** Default 100. */
  readonly epochs?: number | undefined;
  /** Called with each part of the results as soon as it is there. */
  readonly onResult?: (part: Partial<Results>) => void;
}

export interface Results {
  readonly table: TableFacts;
  readonly article: ArticleResult;
  readonly mended: { readonly random: MendedResult; readonly panels: MendedResult };
  readonly comparison: ComparisonResult;
}

export type TableFacts = ReturnType<typeof summarize>;

export const defaults = { seed: 1, runs: 10, epochs: 100 } as const;

/**
 * The main job: what the table holds, the article's experiment as written, its network mended under both splits, and
 * ReLU against Leaky ReLU.
 */
export async function compare(table: Table, options: CompareOptions = {}): Promise<Results> {
  const { onResult, onProgress, signal } = options;
  const watch = { onProgress, signal };
  const seed = options.seed ?? defaults.seed;
  const epochs = options.epochs ?? defaults.epochs;
  const runs = options.runs ?? defaults.runs;

  const facts = summarize(table);
  onResult?.({ table: facts });
  // A table that one of the splits cannot be made of is refused now, not after a minute's work.
  for (const method of ['random', 'panels'] as const) splitTable(table, method, seed);
  const article = await articleExperiment(table, { ...watch, seed: options.seed, epochs });
  onResult?.({ article });
  const mended = {
    random: await mendedExperiment(table, { ...watch, seed, epochs, split: 'random' }),
    panels: await mendedExperiment(table, { ...watch, seed, epochs, split: 'panels' }),
  };
  onResult?.({ mended });
  const comparison = await comparisonExperiment(table, { ...watch, seed, epochs, runs });
  onResult?.({ comparison });
  return { table: facts, article, mended, comparison };
}
