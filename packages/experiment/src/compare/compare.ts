import type { Table } from '@rectify/dataset';
import type { DesignOptions } from '../design/design.js';
import { resolveDesign } from '../design/resolve.js';
import { type ChunkResult, chunksOf } from '../runs/chunk.js';
import { localRunner, type RunnerProgress } from '../runs/local-runner.js';
import type { Runner } from '../runs/runner.js';
import type { Train } from '../runs/train-chunk.js';
import type { Comparison } from './comparison.js';
import { comparisonOf } from './comparison-of.js';

/** What is compared and how, who runs it, and who hears of it. */
export interface CompareOptions extends DesignOptions {
  /** Who runs the chunks; default this machine, on the calling thread, in slices that leave a page responsive. */
  readonly runner?: Runner;
  /** `trainInWorkers` of `@rectify/replicas/workers`, for other threads; not together with `runner`. */
  readonly train?: Train;
  /** Chunks that are done already, as from an interrupted run: their keys are not run again. */
  readonly done?: readonly ChunkResult[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: RunnerProgress) => void;
  /** Called with each chunk's records as soon as they are there: append them to a file, and hand them in as `done` to go on. */
  readonly onResult?: (result: ChunkResult) => void;
}

/**
 * Which activation for these data? Trains every arm on every seed, on rows that are held out without leaks, and says what the differences
 * allow one to say.
 *
 *     const { verdict } = await compare(sampleDiabetes(), { arms: ['relu', 'leaky_relu:0.05', 'tanh'] });
 *     console.log(verdict.text);
 *
 * @throws TypeError or RangeError naming the option or column, before any work; the signal's reason when it is aborted
 */
export async function compare(table: Table, options: CompareOptions = {}): Promise<Comparison> {
  const { runner: given, train, done = [], signal, onProgress, onResult, ...designOptions } = options;
  if (given !== undefined && train !== undefined)
    throw new RangeError('train must be left out where a runner is given: the runner trains');
  const { design, problem } = resolveDesign(table, designOptions);
  const chunks = chunksOf(table, design);
  const results = new Map(done.map((result) => [result.key, result]));
  const runner = given ?? localRunner(table, { ...(train && { train }), ...(onProgress && { onProgress }) });
  const open = chunks.filter(({ key }) => !results.has(key));
  for await (const result of runner.run(open, { signal })) {
    results.set(result.key, result);
    onResult?.(result);
  }
  const records = chunks.flatMap(({ key }) => results.get(key)?.records ?? []);
  return comparisonOf(problem, design, records);
}
