import {
  type AuditOptions,
  loadTable,
  type Split,
  shuffled,
  type Table,
  type TableSchema,
} from '../../src/index.js';
import { smallSchema } from '../_tables.js';

export const small = (rows: readonly (readonly (number | string)[])[], columns = smallSchema.columns) =>
  loadTable([columns.map(({ name }) => name), ...rows].map((row) => row.join()).join('\n'), {
    schema: { columns },
  });

/** 40 rows of two unrelated features of both signs, and a label that follows from neither: nothing to find. */
export const noise = (n = 40) => {
  const [a, b, c] = [shuffled(n, 1), shuffled(n, 2), shuffled(n, 3)];
  return Array.from({ length: n }, (_, i): [number, number, string] => [
    a[i] - n / 2,
    b[i] - n / 2,
    c[i] % 2 ? 'yes' : 'no',
  ]);
};
export const change = (row: number, column: number, value: number | string) =>
  noise().map((cells, i) => (i === row ? cells.map((cell, j) => (j === column ? value : cell)) : cells));
export const parts = (train: number[], test: number[]): Split => ({
  train: Uint32Array.from(train),
  test: Uint32Array.from(test),
});
export const indices = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
export const withRange: TableSchema['columns'] = smallSchema.columns.map((column) =>
  column.name === 'a' ? { ...column, range: { low: -100, high: 100, source: 'test' } } : column,
);
export const panelColumns: TableSchema['columns'] = [
  ...['a', 'b', 'c', 'd'].map((name) => ({ name, kind: 'number', role: 'feature' }) as const),
  ...smallSchema.columns.slice(2),
];
/** `count` combinations of three of 12 values each, in n rows, beside a column of noise. */
export const panelled = (n: number, count: number) =>
  Array.from({ length: n }, (_, i) => {
    const panel =
      count === 0
        ? [shuffled(n, 4)[i], shuffled(n, 5)[i], shuffled(n, 6)[i]].map((x) => x % 12)
        : [i % count, (i % count) * 2, -(i % count)];
    return [...panel, shuffled(n, 7)[i], shuffled(n, 8)[i] % 2 ? 'yes' : 'no'];
  });

export interface Example {
  readonly table: () => Promise<Table>;
  readonly options?: AuditOptions;
}
export const plain: Example = { table: () => small(noise()) };

/** A table where the finding must fire, with what it must say, and some where it must not, as near to the threshold as may be. */
export interface Examples {
  readonly fires: Example & { readonly says: object };
  readonly silent: readonly Example[];
}
