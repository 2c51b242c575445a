import { assertOneOf, shown } from '../arguments/assert.js';
import { assertOptions } from '../arguments/options.js';
import { describeColumn } from '../table/describe.js';
import type { Table } from '../table/table.js';

/** What is done about missing numbers: filled with a figure of the training part or a number that is given, or their rows left out. */
export type ImputeStrategy = 'mean' | 'median' | 'constant' | 'drop-rows';

/** What `fitImputer` fills missing numbers with, and in which columns. */
export interface ImputerOptions {
  readonly strategy: ImputeStrategy;
  /** Number columns to fill; default the number features. */
  readonly columns?: readonly string[];
  /** The number that `constant` fills in. */
  readonly value?: number;
}

/** An imputer as plain data; `imputerFromJson` gives it back. */
export interface ImputerJson {
  readonly kind: 'imputer';
  readonly strategy: ImputeStrategy;
  readonly columns: readonly string[];
  /** What each column is filled with; empty for `drop-rows`. */
  readonly fill: readonly number[];
}

/** Fills missing numbers with what was learned from one table. */
export interface Imputer extends ImputerJson {
  /** The table without missing cells in the columns: filled with the fitted numbers, or without the rows that have some. */
  apply(table: Table): Table;
  toJSON(): ImputerJson;
}

/**
 * Learns what to put into missing cells. Fit it on the training part and apply it to both, so that the test part teaches nothing.
 *
 * @throws RangeError naming the column when mean or median has no value to learn from
 */
export function fitImputer(table: Table, options: ImputerOptions): Imputer {
  assertOptions('fitImputer options', options, ['strategy', 'columns', 'value']);
  const { strategy, columns = table.numberFeatureNames, value } = options;
  assertOneOf('strategy', strategy, ['mean', 'median', 'constant', 'drop-rows']);
  if (strategy === 'constant' && !Number.isFinite(value)) {
    throw new RangeError(`value must be the finite number to fill in, got ${shown(value)}`);
  }
  const fill = columns.map((name) => {
    const summary = describeColumn(name, { kind: 'number', values: table.numbers(name) });
    if (strategy === 'constant' || strategy === 'drop-rows') return value as number;
    if (summary.count === 0)
      throw new RangeError(`column ${shown(name)} has no value to take the ${strategy} of`);
    return summary[strategy];
  });
  return imputerFromJson({ kind: 'imputer', strategy, columns, fill: strategy === 'drop-rows' ? [] : fill });
}

/** The imputer of `toJSON()`'s data. */
export function imputerFromJson(json: ImputerJson): Imputer {
  if (json?.kind !== 'imputer')
    throw new RangeError(`kind must be imputer, got ${shown((json as { kind?: unknown })?.kind)}`);
  const { kind, strategy, columns, fill } = json;
  assertOneOf('strategy', strategy, ['mean', 'median', 'constant', 'drop-rows']);
  if (strategy !== 'drop-rows' && (fill.length !== columns.length || !fill.every(Number.isFinite))) {
    throw new RangeError('fill must hold one finite number for each column');
  }
  const plain: ImputerJson = { kind, strategy, columns, fill };
  return {
    ...plain,
    apply(table) {
      if (strategy === 'drop-rows') {
        const numbers = columns.map((name) => table.numbers(name));
        const rows = Array.from({ length: table.rowCount }, (_, i) => i);
        return table.takeRows(rows.filter((i) => numbers.every((values) => !Number.isNaN(values[i]))));
      }
      return columns.reduce(
        (filled, name, j) =>
          filled.withNumbers(
            name,
            filled.numbers(name).map((x) => (Number.isNaN(x) ? fill[j] : x)),
          ),
        table,
      );
    },
    toJSON: () => plain,
  };
}
