import { createHash } from 'node:crypto';
import type { Table } from '@rectify/dataset';
import {
  type Chunk,
  type ChunkResult,
  type Comparison,
  chunksOf,
  comparisonOf,
  type Design,
  type DesignOptions,
  engineVersion,
  localRunner,
  type Problem,
  type Runner,
  type RunnerProgress,
  type RunRecord,
  resolveDesign,
  type Train,
  tableHash,
} from '@rectify/experiment';
import { RunLog, type RunsHeader } from '../runs/run-log.js';

/** A design that is about to be run, and what its runs have in common. */
export interface PlannedComparison {
  readonly table: Table;
  readonly design: Design;
  readonly problem: Problem;
  readonly header: RunsHeader;
}

/** @throws TypeError or RangeError naming the option or the column */
export function planComparison(table: Table, options: DesignOptions): PlannedComparison {
  const { design, problem } = resolveDesign(table, options);
  const { seeds: _, ...configuration } = design;
  return {
    ...{ table, design, problem },
    header: {
      format: 'rectify-runs/1',
      engine: engineVersion,
      table: tableHash(table),
      configuration: createHash('sha256').update(JSON.stringify(configuration)).digest('hex'),
    },
  };
}

export interface RunComparisonOptions {
  /** Where the runs are written as they come; nowhere by default. */
  readonly log?: { readonly folder: string; readonly resume: boolean } | undefined;
  /** Who trains; default this machine by `train`. */
  readonly runner?: Runner | undefined;
  readonly train?: Train | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RunnerProgress) => void) | undefined;
}

export interface RanComparison {
  readonly comparison: Comparison;
  readonly records: readonly RunRecord[];
  readonly done: readonly ChunkResult[];
  /** The log of the runs, to be removed when the finished runs are written. */
  readonly log: RunLog | undefined;
}

/**
 * Runs what is not yet run of a comparison, and writes each chunk down before the next is asked for.
 *
 * @throws RunsError where the log is of another comparison; the system's error where the disk does not take a chunk; the signal's reason
 */
export async function runComparison(
  { table, design, problem, header }: PlannedComparison,
  { log: where, runner, train, signal, onProgress }: RunComparisonOptions,
): Promise<RanComparison> {
  const opened = where && (await RunLog.open(where.folder, header, where));
  const log = opened?.log;
  const results = new Map((opened?.done ?? []).map((result) => [result.key, result]));
  try {
    const chunks = chunksOf(table, design);
    const open = chunks.filter(({ key }) => !results.has(key));
    const local = () => localRunner(table, { ...(train && { train }), ...(onProgress && { onProgress }) });
    const tell = runner ? countOf(open, onProgress) : () => {};
    for await (const result of (runner ?? local()).run(open, { signal })) {
      await log?.append(result);
      results.set(result.key, result);
      tell();
    }
    const done = chunks.flatMap(({ key }) => results.get(key) ?? []);
    const records = done.flatMap((result) => result.records);
    return { comparison: comparisonOf(problem, design, records), records, done, log };
  } catch (error) {
    await (results.size > 0 ? log?.close() : log?.remove());
    throw error;
  }
}

/** Progress by whole chunks, where whoever trains them is elsewhere. */
function countOf(chunks: readonly Chunk[], onProgress: RunComparisonOptions['onProgress']): () => void {
  const started = performance.now();
  const total = chunks.length;
  let done = 0;
  const tell = () => {
    const seconds = (performance.now() - started) / 1000;
    const secondsLeft = done > 0 ? (seconds / done) * (total - done) : undefined;
    if (total > 0) onProgress?.({ done, total, seconds, secondsLeft });
  };
  tell();
  return () => {
    done++;
    tell();
  };
}
