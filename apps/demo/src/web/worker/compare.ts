// A comparison of activations on the table that the worker holds, on as many threads as the machine has.

import versions from 'virtual:versions';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { auditAsync, type OpenedTable, summarizeAsync, type Table } from '@rectify/dataset';
import {
  type Comparison,
  chunksOf,
  comparisonOf,
  type DesignOptions,
  engineVersion,
  localRunner,
  type Problem,
  type RunRecord,
  resolveDesign,
  tableHash,
} from '@rectify/experiment';
import { createWorkers, type Workers } from '@rectify/replicas/workers';
import { type ArmCurves, curvesOf } from '../../comparison/curves.js';
import { type ArmRecall, recallOf } from '../../comparison/recall.js';
import type { Request } from '../../comparison/request.js';
import { type Report, reportOf } from '../../report/report.js';
import type { TutorialResults } from '../../tutorial/experiments.js';

export interface CompareAnswer {
  readonly comparison: Comparison;
  readonly curves: readonly ArmCurves[];
  readonly recall: readonly ArmRecall[];
}

/** What the last comparison came to, for its report. */
interface Compared {
  readonly comparison: Comparison;
  readonly problem: Problem;
  readonly records: readonly RunRecord[];
  readonly started: Date;
  readonly seconds: number;
}

/** What is known while the runs come in. */
export interface PartialAnswer {
  /** Share of the work that is done. */
  readonly done: number;
  readonly secondsLeft: number | undefined;
  /** Seeds that are in. */
  readonly seeds: number;
  readonly curves: readonly ArmCurves[] | undefined;
}

let workers: Workers | undefined;
let last: Compared | undefined;

/** Trains every arm on every seed; the same records as the command's for the same design. */
export async function compareOn(
  table: Table,
  options: DesignOptions,
  signal: AbortSignal,
  onPartial: (partial: PartialAnswer) => void,
): Promise<CompareAnswer> {
  const started = new Date();
  const { design, problem } = resolveDesign(table, options);
  last = undefined;
  workers ??= createWorkers();
  const records: RunRecord[] = [];
  let seeds = 0;
  let curves: readonly ArmCurves[] | undefined;
  const runner = localRunner(table, {
    train: workers.train,
    onProgress: ({ done, total, secondsLeft }) =>
      onPartial({ done: done / total, secondsLeft, seeds, curves }),
  });
  for await (const result of runner.run(chunksOf(table, design), { signal })) {
    records.push(...result.records);
    seeds = new Set(records.map(({ seed }) => seed)).size;
    curves = curvesOf(design, records);
  }
  signal.throwIfAborted();
  const comparison = comparisonOf(problem, design, records);
  const seconds = (Date.now() - started.getTime()) / 1000;
  last = { comparison, problem, records, started, seconds };
  return { comparison, curves: curvesOf(design, records), recall: recallOf(problem, design, records) };
}

/**
 * The report of the last comparison, as `rectify compare` writes it for the same table and request: with the audit, and on the tutorial's
 * table with its own experiment.
 */
export async function compareReport(
  { table, notes }: OpenedTable,
  request: Request,
  signal: AbortSignal,
  onProgress: (text: string, done: number) => void,
): Promise<Report> {
  if (!last) throw new Error('nothing is compared yet');
  const { notTheTutorials, tutorialExperiments, useReproducibleBackend } = await import('./tfjs.js');
  const audit = await auditAsync(table, {
    signal,
    onProgress: ({ done }) => onProgress('checking the table', done),
  });
  let tutorial: TutorialResults | undefined;
  if (notTheTutorials(table) === undefined) {
    await useReproducibleBackend();
    tutorial = await tutorialExperiments(table, {
      ...{ seed: request.seed, epochs: request.epochs, signal },
      onProgress: ({ task, epoch, epochs }) => onProgress(`training ${task}`, epoch / epochs),
    });
  }
  const { seeds: _, ...configuration } = last.comparison.design;
  return reportOf({
    ...{ ...last, tutorial, notes, audit, request, table: await summarizeAsync(table, { signal }) },
    hashes: {
      table: tableHash(table),
      configuration: bytesToHex(sha256(utf8ToBytes(JSON.stringify(configuration)))),
    },
    ...{ engine: engineVersion, versions },
  });
}
