import { assertOneOf, shown } from '../arguments/assert.js';
import { assertOptions } from '../arguments/options.js';
import { checkFormat, type TableFormat } from './format.js';

/** The roles of a column, see `ColumnRole`. */
export const columnRoles = ['feature', 'label', 'target', 'group', 'id', 'leak', 'other'] as const;

/**
 * What a column is for.
 *
 * - `feature`: an input of the model, a number or a category
 * - `label`: the class that the model shall tell, a category
 * - `target`: the number that the model shall predict; a table has a label, or a target, or neither
 * - `group`: rows that agree here belong together, and a grouped split keeps them on one side
 * - `id`: names the row and says nothing else, so it is neither a feature nor part of what makes two rows equal
 * - `leak`: gives the label or the target away
 * - `other`: none of these
 */
export type ColumnRole = (typeof columnRoles)[number];

/** What is known of a column before it is read. Plain data. */
export interface ColumnSchema {
  /**
   * Header of the column; found whatever its case and the spaces around it. Where no other column has that name, `bs_fast` is found
   * for `BS Fast`, and `HbA1c (mmol/mol)` for `HbA1c` of that unit; the table's notes say so.
   */
  readonly name: string;
  /** Other headers of the column, found as `name` is. */
  readonly aliases?: readonly string[];
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
  /** Texts beside a number that may be left off, such as `%`, `€` or `mmol/L`. Without them such a cell is a fault. `5 %` is read as 5. */
  readonly affixes?: readonly string[];
  /** Other spellings of a category's texts, and the level that each stands for, such as `{ yes: 'Yes' }`. */
  readonly spellings?: Readonly<Record<string, string>>;
  /**
   * Texts that mean missing, besides the empty cell, such as `NA`. In a number column a text that is a number stands for its value,
   * however a cell writes it: `999` is also ` 999`, `"999"`, `+999` and `999.0`.
   */
  readonly missingTexts?: readonly string[];
  /** The file may lack the column (default false). */
  readonly optional?: boolean;
}

/** The columns of a table. Plain data: write it, or edit one that `inferSchema` proposes. */
export interface TableSchema {
  readonly columns: readonly ColumnSchema[];
  /** Columns of the file that the schema does not name: an error (default), or left out. */
  readonly extraColumns?: 'error' | 'ignore';
  /** How the file is written, where that is known; options of the same names given to `loadTable` come first. */
  readonly format?: TableFormat;
}

const schemaKeys = ['columns', 'extraColumns', 'format'];
const columnKeys = [
  ...['name', 'aliases', 'kind', 'role', 'unit', 'levels', 'range', 'missing'],
  ...['missingTexts', 'affixes', 'spellings', 'optional'],
];

/** @throws TypeError or RangeError naming the column when the schema contradicts itself. */
export function checkSchema(schema: TableSchema): TableSchema {
  if (typeof schema !== 'object' || schema === null || !Array.isArray(schema.columns)) {
    throw new TypeError(`schema must be an object with a list "columns", got ${shown(schema)}`);
  }
  assertOptions('schema', schema, schemaKeys);
  if (schema.format !== undefined) checkFormat(schema.format, 'schema.format');
  if (schema.extraColumns !== undefined)
    assertOneOf('schema.extraColumns', schema.extraColumns, ['error', 'ignore']);
  if (schema.columns.length === 0) throw new RangeError('schema.columns must name at least one column');
  const seen = new Set<string>();
  for (const column of schema.columns) {
    if (typeof column.name !== 'string')
      throw new TypeError(`a column's name must be text, got ${shown(column.name)}`);
    const at = `schema column ${shown(column.name)}`;
    assertOptions(at, column, columnKeys);
    const key = headerKey(column.name);
    if (key === '') throw new RangeError(`${at}: a name cannot be empty`);
    if (seen.has(key))
      throw new RangeError(`${at} is named twice (case and spaces around a name do not count)`);
    seen.add(key);
    if (column.kind !== 'number' && column.kind !== 'category') {
      throw new RangeError(`${at}: kind must be number or category, got ${shown(column.kind)}`);
    }
    assertOneOf(`${at}: role`, column.role, columnRoles);
    if (column.role === 'label' && column.kind !== 'category') {
      throw new RangeError(`${at}: a label must be a category; a number to predict has the role target`);
    }
    if (column.role === 'target' && column.kind !== 'number') {
      throw new RangeError(`${at}: a target must be a number; a class to tell has the role label`);
    }
    if (column.levels && new Set(column.levels).size !== column.levels.length) {
      throw new RangeError(`${at}: a level is listed twice`);
    }
    checkTexts(at, column);
    if (column.range && !(column.range.low <= column.range.high)) {
      throw new RangeError(`${at}: range.low must not exceed range.high`);
    }
  }
  const aims = schema.columns.filter(({ role }) => role === 'label' || role === 'target');
  if (aims.length > 1) {
    const named = aims.map(({ name, role }) => `${shown(name)} (${role})`).join(', ');
    throw new RangeError(`schema must have at most one label or target column, got ${named}`);
  }
  return schema;
}

function checkTexts(at: string, column: ColumnSchema): void {
  for (const key of ['aliases', 'levels', 'missingTexts', 'affixes'] as const) {
    const texts: unknown = column[key];
    if (texts !== undefined && !(Array.isArray(texts) && texts.every((text) => typeof text === 'string')))
      throw new TypeError(`${at}: ${key} must be a list of texts, got ${shown(texts)}`);
  }
  const { affixes, kind, levels, missing, spellings } = column;
  if (missing !== undefined) assertOneOf(`${at}: missing`, missing, ['keep', 'error']);
  if (affixes !== undefined && kind !== 'number')
    throw new RangeError(`${at}: only a number may have affixes`);
  if (affixes?.some((text) => text.trim() === '')) throw new RangeError(`${at}: an affix must not be empty`);
  if (spellings === undefined) return;
  if (kind !== 'category') throw new RangeError(`${at}: only a category may have spellings`);
  for (const [text, level] of Object.entries(spellings)) {
    if (typeof level !== 'string' || (levels !== undefined && !levels.includes(level)))
      throw new RangeError(`${at}: spellings[${shown(text)}] must be one of the levels, got ${shown(level)}`);
  }
}

/** The name as headers are compared: without case, byte order mark and outer spaces. */
export const headerKey = (name: string): string =>
  name
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase();
