import type { ChunkResult, Design } from '@rectify/experiment';

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
        return [...cells, ...units, ...loss, arm.trainLoss.at(-1) ?? null].map(cell).join(',');
      }),
    );
  return `${[...columns, ...ends, 'train_loss'].join(',')}\n${lines.map((line) => `${line}\n`).join('')}`;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const cell = (value: string | number | null): string => {
  if (value === null) return '';
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
