import type { CategoryColumn } from '../table/column.js';
import type { Table } from '../table/table.js';
import { categoryCodes } from './codes.js';
import type { Groups } from './group-rows.js';

/** The class of every row, numbered in the order of the label's levels; only classes that occur count. */
export interface Classes extends Groups {
  readonly names: readonly string[];
}

/** @throws RangeError when there is no label column, or a label is missing */
export function classesOf(table: Table): Classes {
  const { levels, codes } = table.column(table.labelName) as CategoryColumn;
  const { ids, count, missing } = categoryCodes(codes, levels.length);
  if (missing > 0) table.labels(); // says which
  const occurring = new Uint8Array(levels.length);
  for (let row = 0; row < codes.length; row++) occurring[codes[row]] = 1;
  return { ids, count, names: levels.filter((_, level) => occurring[level] === 1) };
}
