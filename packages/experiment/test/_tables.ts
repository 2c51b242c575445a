import { type Column, type ColumnRole, Table } from '@rectify/dataset';
import { draws } from '../src/random/draws.js';

type Cells = readonly (number | string | null)[];

/** A table out of columns of cells; the label (text) or target (numbers) is named, all others are features. */
export function tableOf(columns: Record<string, Cells>, label: string): Table {
  const names = Object.keys(columns);
  const kinds = names.map((name) =>
    columns[name].some((cell) => typeof cell === 'string') ? 'category' : 'number',
  );
  const role = (name: string, kind: string): ColumnRole =>
    name !== label ? 'feature' : kind === 'category' ? 'label' : 'target';
  return new Table(
    {
      columns: names.map((name, i) => ({ name, kind: kinds[i] as 'number', role: role(name, kinds[i]) })),
    },
    names.map((name, i): Column => {
      const cells = columns[name];
      if (kinds[i] === 'number')
        return { kind: 'number', values: Float64Array.from(cells, (cell) => (cell as number) ?? Number.NaN) };
      const levels = [...new Set(cells.filter((cell) => cell !== null))] as string[];
      return {
        kind: 'category',
        codes: Int32Array.from(cells, (cell) => levels.indexOf(cell as string)),
        levels,
      };
    }),
    columns[names[0]].length,
  );
}

/** Two overlapping clouds, `rows` rows. */
export function clouds(rows = 120, seed = 1, spread = 1): Table {
  const { normal } = draws(seed);
  const side = Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 1 : -1));
  return tableOf(
    {
      x: side.map((s) => s + spread * normal()),
      y: side.map((s) => s + spread * normal()),
      kind: side.map((s) => (s > 0 ? 'plus' : 'minus')),
    },
    'kind',
  );
}

/** A curve with noise, a category that shifts it, and holes. */
export function curve(rows = 120): Table {
  const { normal, below } = draws(2);
  const x = Array.from({ length: rows }, () => normal());
  const colour = x.map(() => ['red', 'green', 'blue'][below(3)]);
  return tableOf(
    {
      x: x.map((value, i) => (i % 17 === 0 ? null : value)),
      colour: colour.map((name, i) => (i % 23 === 0 ? null : name)),
      y: x.map((value, i) => 100 + 10 * Math.abs(value) + (colour[i] === 'red' ? 5 : 0) + normal()),
    },
    'y',
  );
}
