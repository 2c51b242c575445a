import type { ChunkResult, Design } from '@rectify/experiment';
import { csvLine } from './csv.js';

const columns = [
  'seed',
  'fold',
  'arm',
  'test_rows',
  'train_rows',
  'diverged_after',
  'dead_units',
  'saturated_units',
  'hidden_units',
];

/** One line for each network: what it came to on its held-out rows, and how it ended. For spreadsheets; `runs.jsonl` has everything. */
export function runsCsv({ task }: Design, done: readonly ChunkResult[]): string {
  const ends = task === 'regression' ? [] : ['log_loss'];
  const lines = done
    .flatMap(({ records }) => records)
    .sort((a, b) => a.seed - b.seed || (a.fold ?? 0) - (b.fold ?? 0))
    .flatMap((record) =>
      record.arms.map((arm) => {
        const cells = [record.seed, record.fold, arm.arm, record.rows.length, record.trainRows, arm.diverged];
        const units = [arm.deadUnits, arm.saturatedUnits, arm.hiddenUnits];
        const loss = arm.logLoss === undefined ? [] : [mean(arm.logLoss)];
        return csvLine([...cells, ...units, ...loss, arm.trainLoss.at(-1) ?? null]);
      }),
    );
  return [csvLine([...columns, ...ends, 'train_loss']), ...lines].join('');
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
