import type { CategoryColumn } from '../table/column.js';
import type { Table } from '../table/table.js';
import type { Groups } from './group-rows.js';

/** The class of every row, numbered in the order of the label's levels; only classes that occur count. */
export interface Classes extends Groups {
  readonly names: readonly string[];
}

/** @throws RangeError when there is no label column, or a label is missing */
export function classesOf(table: Table): Classes {
  const labels = table.labels();
  const { levels } = table.column(table.labelName) as CategoryColumn;
  const occurring = new Set(labels);
  const names = levels.filter((level) => occurring.has(level));
  const idOf = new Map(names.map((name, id) => [name, id]));
  return { ids: Int32Array.from(labels, (label) => idOf.get(label) as number), count: names.length, names };
}
