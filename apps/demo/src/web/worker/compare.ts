// A comparison of activations on the table that the worker holds, on as many threads as the machine has.
import type { Table } from '@rectify/dataset';
import {
  type Comparison,
  chunksOf,
  comparisonOf,
  type DesignOptions,
  engineVersion,
  localRunner,
  type RunRecord,
  resolveDesign,
  tableHash,
} from '@rectify/experiment';
import { createWorkers, type Workers } from '@rectify/replicas/workers';
import { type ArmCurves, curvesOf } from '../../comparison/curves.js';
import { type ArmRecall, recallOf } from '../../comparison/recall.js';

export interface CompareAnswer {
  readonly comparison: Comparison;
  readonly curves: readonly ArmCurves[];
  readonly recall: readonly ArmRecall[];
  readonly records: readonly RunRecord[];
  readonly engine: string;
  /** SHA-256 of the table's schema and cells, as the command's report has it. */
  readonly tableHash: string;
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

/** Trains every arm on every seed; the same records as the command's for the same design. */
export async function compareOn(
  table: Table,
  options: DesignOptions,
  signal: AbortSignal,
  onPartial: (partial: PartialAnswer) => void,
): Promise<CompareAnswer> {
  const { design, problem } = resolveDesign(table, options);
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
  return {
    comparison: comparisonOf(problem, design, records),
    curves: curvesOf(design, records),
    recall: recallOf(problem, design, records),
    records,
    engine: engineVersion,
    tableHash: tableHash(table),
  };
}
