import { shown } from '../arguments/assert.js';
import type { TableNote } from '../table/note.js';
import { type ColumnSchema, headerKey, type TableSchema } from '../table/schema.js';
import { commentAdvice } from './comment-advice.js';
import type { TableIssue } from './error.js';

/** The columns of a file: every one has a name of its own. */
export interface FileNames {
  readonly names: readonly string[];
  /** As the header has it; empty where a name was made. */
  readonly written: readonly string[];
}

/** Names columns without a name `column 3`, by their place, and a second `x` `x 2`. */
export function nameColumns(header: readonly string[]): FileNames {
  const written = header.map((cell) => cell.replace(/^\uFEFF/, '').trim());
  const taken = new Set(written.map(headerKey));
  const seen = new Set<string>();
  const names = written.map((name, at) => {
    const wanted = name === '' ? `column ${at + 1}` : name;
    if (!seen.has(headerKey(wanted)) && (name !== '' || !taken.has(headerKey(wanted)))) {
      seen.add(headerKey(wanted));
      return wanted;
    }
    let count = 2;
    while (taken.has(headerKey(`${wanted} ${count}`)) || seen.has(headerKey(`${wanted} ${count}`))) count++;
    seen.add(headerKey(`${wanted} ${count}`));
    return `${wanted} ${count}`;
  });
  return { names, written };
}

/** Notes on the names that were made for these columns (by their places). */
export function namingNotes(
  { names, written }: FileNames,
  places: readonly number[],
  line: number,
): TableNote[] {
  const of = (which: (at: number) => boolean) => places.filter(which).map((at) => names[at]);
  const made = of((at) => written[at] === '');
  const twins = of((at) => written[at] !== '' && names[at] !== written[at]);
  const note = (because: string): TableNote => ({ because, line, option: 'names', about: 'file' });
  return [
    ...(made.length > 0 ? [note(`${columnsText(made.length)} without a name: named ${listed(made)}`)] : []),
    ...(twins.length > 0
      ? [note(`${columnsText(twins.length)} of a name that stands before: named ${listed(twins)}`)]
      : []),
  ];
}

const columnsText = (count: number) => (count === 1 ? '1 column' : `${count} columns`);

/** Names in quotes; of many, the first. */
export const listed = (names: readonly string[], most = 8): string => {
  const some = names.slice(0, most).map((name) => shown(name, 40));
  return names.length > most ? `${some.join(', ')} and ${names.length - most} more` : some.join(', ');
};

/** The schema's column for every header cell. */
export function columnsNamed(header: readonly string[], schema: TableSchema): (ColumnSchema | undefined)[] {
  return matchHeader(nameColumns(header), schema).columns;
}

/** The schema's columns in its order, for a file without a header; undefined when the file has another number of columns. */
export function columnsByPlace(width: number, schema: TableSchema): readonly ColumnSchema[] | undefined {
  if (width === schema.columns.length) return schema.columns;
  const required = schema.columns.filter(({ optional }) => !optional);
  return width === required.length ? required : undefined;
}

export interface HeaderMatch {
  /** The schema's column for every column of the file. */
  readonly columns: (ColumnSchema | undefined)[];
  readonly issues: readonly TableIssue[];
  readonly notes: readonly TableNote[];
}

/** Finds the schema's columns: first by name or alias, then the rest without regard to marks between words and to the unit behind. */
export function matchHeader(file: FileNames, schema: TableSchema, line = 1): HeaderMatch {
  const exact = new Map<string, ColumnSchema>();
  for (const column of schema.columns)
    for (const name of [...(column.aliases ?? []), column.name]) exact.set(headerKey(name), column);
  const columns = file.names.map((name) => exact.get(headerKey(name)));
  const used = new Set<ColumnSchema>();
  columns.forEach((column, at) => {
    // Of a name and its alias, the first is meant.
    if (column !== undefined && used.has(column)) columns[at] = undefined;
    else if (column !== undefined) used.add(column);
  });
  const issues: TableIssue[] = [];
  const notes: TableNote[] = [];
  const loose = new Map<string, ColumnSchema | 'several'>();
  for (const column of schema.columns.filter((column) => !used.has(column))) {
    for (const key of new Set([column.name, ...(column.aliases ?? [])].map(looseKey)))
      loose.set(key, loose.has(key) ? 'several' : column);
  }
  file.names.forEach((name, at) => {
    const column =
      columns[at] === undefined && file.written[at] !== '' ? loose.get(looseKey(name)) : undefined;
    if (column === undefined || column === 'several' || used.has(column)) return;
    const unit = unitBehind(name);
    if (unit !== undefined && column.unit !== undefined && unitKey(unit) !== unitKey(column.unit)) {
      const reason = `is in ${shown(unit)}, and the schema has ${shown(column.unit)}`;
      issues.push({ line, column: column.name, value: name, reason });
      return;
    }
    columns[at] = column;
    used.add(column);
    notes.push({
      because: `${shown(name)} of the file is read as ${shown(column.name)}`,
      line,
      option: 'schema',
      about: 'file',
    });
  });
  return { columns, issues, notes };
}

/** Without marks between words, and without what stands in brackets behind. */
const looseKey = (name: string): string =>
  headerKey(withoutBrackets(name)).replace(/[\s_.-]/g, '') || headerKey(name);

const withoutBrackets = (name: string): string =>
  unitBehind(name) === undefined ? name : name.slice(0, bracketAt(name));

/** `mmol/mol` of `HbA1c (mmol/mol)` or `HbA1c [mmol/mol]`. */
function unitBehind(name: string): string | undefined {
  const text = name.trim();
  const at = bracketAt(text);
  const unit = at > 0 && /[)\]]$/.test(text) ? text.slice(at + 1, -1).trim() : '';
  return unit === '' ? undefined : unit;
}

const bracketAt = (text: string): number => Math.max(text.lastIndexOf('('), text.lastIndexOf('['));

const unitKey = (unit: string): string => unit.toLowerCase().replace(/\s/g, '');

/** What is wrong with a header under a schema; the places of columns that the schema lacks and that have no name. */
export function headerIssues(
  file: FileNames,
  { columns, issues }: HeaderMatch,
  schema: TableSchema,
  line: number,
): TableIssue[] {
  const found = new Set(columns);
  const otherUnit = new Set(issues.map(({ column }) => column));
  const absent = schema.columns.filter(
    (column) => !column.optional && !found.has(column) && !otherUnit.has(column.name),
  );
  const required = schema.columns.filter(({ optional }) => !optional);
  if (absent.length > required.length / 2) {
    const reason = `this is another table than the schema's: the header has ${listed(file.written, 6)}, and not ${listed(
      absent.map(({ name }) => name),
      6,
    )}`;
    const advice = 'pass the schema that inferSchema proposes for this file';
    return [{ line, reason, advice, ...commentAdvice(file.written[0]) }];
  }
  const header = `missing from the header, which has ${file.written.length > 12 ? `${listed(file.written.slice(0, 12), 12)}, "…"` : listed(file.written, 12)}`;
  const lacking = absent.map(({ name }): TableIssue => ({ column: name, line, reason: header }));
  const extra = file.names.flatMap((name, at): TableIssue[] => {
    const value = file.written[at];
    if (columns[at] !== undefined || value === '' || issues.some((issue) => issue.value === name)) return [];
    const twin =
      file.names[at] !== value &&
      columns.some((column, k) => column !== undefined && headerKey(file.written[k]) === headerKey(value));
    if (twin) return [{ line, value, reason: 'stands in the header twice' }];
    if (schema.extraColumns === 'ignore') return [];
    const reason = 'is a column that the schema does not name';
    return [{ line, value, reason, advice: 'extraColumns: "ignore" in the schema leaves such out' }];
  });
  return [...issues, ...lacking, ...extra];
}
