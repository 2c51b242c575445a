import { shown } from '../arguments/assert.js';

/** What a column is for: an input of the model, its target, a column that gives the target away, or neither. */
export type ColumnRole = 'feature' | 'label' | 'leak' | 'other';

/** What is known of a column before it is read. Plain data. */
export interface ColumnSchema {
  /** Header of the column; found whatever its case and the spaces around it. */
  readonly name: string;
  /** `number`: decimal numbers, kept as float64. `category`: text, kept as codes of its levels. */
  readonly kind: 'number' | 'category';
  readonly role: ColumnRole;
  /** Unit of the numbers, such as `mmol/L`. */
  readonly unit?: string;
  /** Accepted texts of a category, in the order of their codes; without it every text is accepted, in order of appearance. */
  readonly levels?: readonly string[];
  /** Plausible values, both ends included, and who says so. Values outside are kept; the audit reports them. */
  readonly range?: { readonly low: number; readonly high: number; readonly source: string };
  /** Policy for empty cells: keep them as missing (default), or make them an error. */
  readonly missing?: 'keep' | 'error';
  /** Texts that mean missing, besides the empty cell, such as `NA`. */
  readonly missingTexts?: readonly string[];
  /** The file may lack the column (default false). */
  readonly optional?: boolean;
}

/** The columns of a table. Plain data: write it, or edit one that `inferSchema` proposes. */
export interface TableSchema {
  readonly columns: readonly ColumnSchema[];
  /** Columns of the file that the schema does not name: an error (default), or left out. */
  readonly extraColumns?: 'error' | 'ignore';
}

/** @throws TypeError or RangeError naming the column when the schema contradicts itself. */
export function checkSchema(schema: TableSchema): TableSchema {
  if (typeof schema !== 'object' || schema === null || !Array.isArray(schema.columns)) {
    throw new TypeError(`schema must be an object with a list "columns", got ${shown(schema)}`);
  }
  if (schema.columns.length === 0) throw new RangeError('schema.columns must name at least one column');
  const seen = new Set<string>();
  for (const column of schema.columns) {
    if (typeof column.name !== 'string')
      throw new TypeError(`a column's name must be text, got ${shown(column.name)}`);
    const at = `schema column ${shown(column.name)}`;
    const key = headerKey(column.name);
    if (key === '') throw new RangeError(`${at}: a name cannot be empty`);
    if (seen.has(key))
      throw new RangeError(`${at} is named twice (case and spaces around a name do not count)`);
    seen.add(key);
    if (column.kind !== 'number' && column.kind !== 'category') {
      throw new RangeError(`${at}: kind must be number or category, got ${shown(column.kind)}`);
    }
    if (!['feature', 'label', 'leak', 'other'].includes(column.role)) {
      throw new RangeError(`${at}: role must be feature, label, leak or other, got ${shown(column.role)}`);
    }
    if (column.kind === 'category' && column.role === 'feature') {
      throw new RangeError(
        `${at}: a feature must be a number; encode the category, or give it the role other`,
      );
    }
    if (column.role === 'label' && column.kind !== 'category') {
      throw new RangeError(`${at}: a label must be a category`);
    }
    if (column.levels && new Set(column.levels).size !== column.levels.length) {
      throw new RangeError(`${at}: a level is listed twice`);
    }
    if (column.range && !(column.range.low <= column.range.high)) {
      throw new RangeError(`${at}: range.low must not exceed range.high`);
    }
  }
  const labels = schema.columns.filter(({ role }) => role === 'label');
  if (labels.length > 1)
    throw new RangeError(`schema has ${labels.length} label columns; at most one is accepted`);
  return schema;
}

/** The name as headers are compared: without case, byte order mark and outer spaces. */
export const headerKey = (name: string): string =>
  name
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase();
