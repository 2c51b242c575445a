// What becomes of a table's features on their way into a network.
import { encoderFromJson, type Table } from '@rectify/dataset';
import type { PrepareName } from '@rectify/experiment';
import { fitPreparation, inputsOf } from '../../model/preparation.js';
import { barsOf } from '../../view/chart/bars.js';
import type { Bar } from '../../view/chart/histogram.js';
import { inDigits } from '../../view/digits.js';

export interface PreparedColumn {
  readonly name: string;
  readonly bars: readonly Bar[];
  /** Share of the rows below 0. */
  readonly negative: number;
}

export interface Prepared {
  readonly columns: readonly PreparedColumn[];
  /** Rows that were looked at: all, or evenly spaced ones of a long table. */
  readonly rows: number;
  readonly ofRows: number;
}

/** One row before and after. */
export interface EncodedRow {
  /** Place of the row, the first is 0. */
  readonly row: number;
  readonly cells: readonly { readonly column: string; readonly before: string; readonly after: string }[];
  /** Where all columns are turned together, what comes out. */
  readonly components: readonly number[];
}

const mostRows = 20_000;

/** Evenly spaced rows of a long table. */
function sampled(table: Table): Table {
  if (table.rowCount <= mostRows) return table;
  const step = table.rowCount / mostRows;
  return table.takeRows(Array.from({ length: mostRows }, (_, i) => Math.floor(i * step)));
}

/** @throws RangeError naming a column without any value */
export function preparedOf(table: Table, prepare: PrepareName): Prepared {
  const sample = sampled(table);
  const preparation = fitPreparation(sample, table.featureNames, prepare);
  const { data, shape } = inputsOf(sample, preparation);
  const names = preparation.pca
    ? Array.from({ length: shape[1] }, (_, i) => `component ${i + 1}`)
    : [...preparation.numbers, ...encoderFromJson(preparation.encoder).columnNames()];
  const columns = names.map((name, j) => {
    let negative = 0;
    for (let i = j; i < data.length; i += shape[1]) if (data[i] < 0) negative++;
    return { name, bars: barsOf(data, j, shape[1]), negative: negative / shape[0] };
  });
  return { columns, rows: sample.rowCount, ofRows: table.rowCount };
}

/** A row of the table, and what a network sees of it. */
export function encodedRow(table: Table, row: number, prepare: PrepareName): EncodedRow {
  const preparation = fitPreparation(sampled(table), table.featureNames, prepare);
  const one = table.takeRows([row]);
  const [cells] = one.toRows();
  const inputs = Array.from(inputsOf(one, { ...preparation, pca: null }).data);
  const levels = encoderFromJson(preparation.encoder).columnNames();
  const after = (name: string) => {
    const at = preparation.numbers.indexOf(name);
    if (at >= 0) return inDigits(inputs[at]);
    return levels
      .flatMap((level, i) =>
        level.startsWith(`${name}=`)
          ? [`${level.slice(name.length + 1)} ${inDigits(inputs[preparation.numbers.length + i])}`]
          : [],
      )
      .join(', ');
  };
  return {
    row,
    cells: table.featureNames.map((column) => ({
      column,
      before: String(cells[column] ?? 'missing'),
      after: after(column),
    })),
    components: preparation.pca ? Array.from(inputsOf(one, preparation).data) : [],
  };
}
