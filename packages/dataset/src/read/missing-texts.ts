import { shown } from '../arguments/assert.js';
import { meant } from '../arguments/options.js';
import { type ColumnRole, headerKey } from '../table/schema.js';
import { filePrefix } from './error.js';
import { type NumberFormat, plainNumbers, readNumber } from './number-text.js';
import type { ReadOptions } from './options.js';

/** What means missing in a column: the empty cell, texts, and in a number column also the values of the texts that are numbers. */
export class MissingTexts {
  readonly texts: ReadonlySet<string>;
  readonly values: readonly number[];

  /** @param numbers how the file writes numbers; absent for a category */
  constructor(texts: readonly string[], numbers?: NumberFormat) {
    const given = texts.map((text) => text.trim());
    this.texts = new Set(['', ...given]);
    this.values =
      numbers === undefined
        ? []
        : given.map((text) => missingValue(text, numbers)).filter((value) => !Number.isNaN(value));
  }
}

/** As the file writes numbers, else as programs do: a schema may be used for files of both kinds. */
function missingValue(text: string, numbers: NumberFormat): number {
  const value = readNumber(text, numbers);
  return Number.isNaN(value) ? readNumber(text, plainNumbers) : value;
}

/** The texts of the options that mean missing in a column: those of all features, and its own. */
export const missingTextsOf = (
  column: { readonly name: string; readonly role: ColumnRole },
  { missingTexts = [] }: ReadOptions,
): string[] =>
  missingTexts.flatMap((one) => {
    if (typeof one === 'string') return column.role === 'feature' ? [one] : [];
    return headerKey(one.column) === headerKey(column.name) ? [one.text] : [];
  });

/** @throws RangeError when a text is given for a column that the table does not have */
export function checkMissingColumns(
  { missingTexts = [], name }: ReadOptions,
  names: readonly string[],
): void {
  for (const one of missingTexts) {
    if (typeof one !== 'string') placeOf(one.column, names, 'missingTexts', name);
  }
}

/** The place of a column that an option names. @throws RangeError when there is none, with the nearest */
export function placeOf(
  column: string,
  names: readonly string[],
  option: string,
  file: string | undefined,
): number {
  const at = names.findIndex((known) => headerKey(known) === headerKey(column));
  if (at >= 0) return at;
  throw new RangeError(
    `${filePrefix(file)}${option} must be a column of the file, got ${shown(column)}${meant(column, names.slice(0, 100))}`,
  );
}
