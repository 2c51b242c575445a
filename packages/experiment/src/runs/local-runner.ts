import type { Table } from '@rectify/dataset';
import { assertOptions } from '../arguments/assert.js';
import type { Design } from '../design/design.js';
import { type Problem, problemOf } from '../design/problem.js';
import { type Chunk, type ChunkResult, tableHash } from './chunk.js';
import type { Runner } from './runner.js';
import { type Train, trainChunk } from './train-chunk.js';

/** How far the runs are. */
export interface RunnerProgress {
  /** Networks × epochs done, of `total`, over all chunks of the call. */
  readonly done: number;
  readonly total: number;
  readonly seconds: number;
  /** At the pace so far; undefined until there is one. */
  readonly secondsLeft: number | undefined;
}

/** Which threads train, and who hears how far they are. */
export interface LocalRunnerOptions {
  /** `trainInWorkers` of `@rectify/replicas/workers` uses other threads; default `train`, on this one. The results are the same. */
  readonly train?: Train;
  readonly onProgress?: (progress: RunnerProgress) => void;
}

/**
 * Runs chunks on this machine, one after the other.
 *
 * @param table the table that the chunks' designs are about; a chunk of another one is refused
 */
export function localRunner(table: Table, options: LocalRunnerOptions = {}): Runner {
  assertOptions('options of localRunner', options, ['train', 'onProgress']);
  const { train, onProgress } = options;
  const hash = tableHash(table);
  return {
    async *run(chunks, { signal } = {}): AsyncGenerator<ChunkResult> {
      const started = performance.now();
      let problem: { of: Design; is: Problem } | undefined;
      const report = (chunk: number, part: number) => {
        const seconds = (performance.now() - started) / 1000;
        const share = (chunk + part) / chunks.length;
        onProgress?.({
          ...{ done: share * networks(chunks), total: networks(chunks), seconds },
          secondsLeft: share > 0.01 ? (seconds / share) * (1 - share) : undefined,
        });
      };
      for (const [i, chunk] of chunks.entries()) {
        signal?.throwIfAborted();
        if (chunk.tableHash !== hash)
          throw new RangeError(
            `chunk ${chunk.key.slice(0, 12)} is of another table (${chunk.tableHash.slice(0, 12)})`,
          );
        if (problem?.of !== chunk.design) problem = { of: chunk.design, is: problemFor(table, chunk.design) };
        yield await trainChunk(problem.is, chunk, {
          ...(train && { train }),
          ...(signal && { signal }),
          onProgress: ({ done, total }) => report(i, done / total),
        });
        report(i, 1);
      }
    },
  };
}

/** The problem of a table that a design was made for. */
export const problemFor = (table: Table, { label, features, units }: Design): Problem =>
  problemOf(table, { label, features, group: units.kind === 'group' ? units.columns[0] : undefined });

/** Networks × epochs of the chunks, the same for each fold. */
const networks = (chunks: readonly Chunk[]): number =>
  chunks.reduce((sum, { seeds, design }) => {
    const folds = design.split === 'leave-one-group-out' ? design.units.count : 1;
    return sum + seeds.length * folds * design.arms.length * design.epochs;
  }, 0);
