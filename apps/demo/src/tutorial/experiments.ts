import { diabetesSchema, type Table } from '@rectify/dataset';
import { type ArticleResult, articleExperiment } from './article.js';
import { type MendedResult, mendedExperiment } from './mended.js';
import { splitTable } from './parts.js';
import type { Watch } from './training.js';

export interface ExperimentsOptions extends Watch {
  /**
   * The seed of both. Default: 1 for the mended network, and for the tutorial's experiment the seed that a search finds, so that its
   * published figures come out.
   */
  readonly seed?: number | undefined;
  /** Default 100. */
  readonly epochs?: number | undefined;
}

/** The experiments over the tutorial, side by side. */
export interface TutorialResults {
  /** The tutorial's experiment exactly as written. */
  readonly article: ArticleResult;
  /** Its network with its mistakes mended, on rows held out freely and on whole panels held out. */
  readonly mended: { readonly random: MendedResult; readonly panels: MendedResult };
}

/** The seed of what no search looks for one. */
export const defaultSeed = 1;

/**
 * Why the tutorial's experiment cannot run on a table; undefined where it can: it needs the diabetes table's features, and its label
 * with the three types.
 */
export function notTheTutorials(table: Table): string | undefined {
  const { columns } = diabetesSchema;
  const features = columns.filter(({ role }) => role === 'feature').map(({ name }) => name);
  const lacking = features.filter((name) => !table.numberFeatureNames.includes(name));
  const label = columns.find(({ role }) => role === 'label');
  if (
    lacking.length > 0 ||
    table.featureNames.length > features.length ||
    label?.name !== table.namesOf('label')[0]
  )
    return "the tutorial's own experiment needs the diabetes table: skipped";
  return undefined;
}

/** The tutorial's experiment, and its network mended under both splits. */
export async function tutorialExperiments(
  table: Table,
  options: ExperimentsOptions = {},
): Promise<TutorialResults> {
  const { seed, epochs = 100, onProgress, signal } = options;
  const watch = { onProgress, signal };
  // A table that one of the splits cannot be made of is refused now, not after the work.
  for (const method of ['random', 'panels'] as const) splitTable(table, method, seed ?? defaultSeed);
  const article = await articleExperiment(table, { ...watch, seed, epochs });
  const of = (split: 'random' | 'panels') =>
    mendedExperiment(table, { ...watch, seed: seed ?? defaultSeed, epochs, split });
  return { article, mended: { random: await of('random'), panels: await of('panels') } };
}
