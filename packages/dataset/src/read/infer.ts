import { assertInteger } from '../arguments/assert.js';
import type { TableFormat } from '../table/format.js';
import type { TableNote } from '../table/note.js';
import { type ColumnRole, checkSchema, type TableSchema } from '../table/schema.js';
import type { Records } from './cut-records.js';
import type { Draft } from './draft.js';
import { TableError, type TableIssue } from './error.js';
import { expectedRows } from './expected-rows.js';
import type { FileFormat } from './find-format.js';
import { guessLabel, type LabelGuess } from './guess-label.js';
import { type FileNames, listed, namingNotes } from './header.js';
import { checkMissingColumns, missingTextsOf } from './missing-texts.js';
import { plainNumbers } from './number-text.js';
import {
  checkedLimits,
  checkReadOptions,
  type LoadLimits,
  type LoadProgress,
  type ReadOptions,
} from './options.js';
import { isNumberColumn, type Proposal, propose } from './propose.js';
import { readRecords } from './records.js';
import { idReason, type RoleOptions, roleKeys, rolesGiven } from './roles.js';
import { type RowSink, Rows } from './rows.js';
import { SeenColumn } from './seen-column.js';
import { nameOf, refusePath, type TableSource } from './source.js';

/** How a file is read to propose a schema for it, and what is already known of its columns. */
export interface InferOptions extends ReadOptions, RoleOptions {
  /** Most distinct texts that are proposed as levels of a category; default 50. */
  readonly maxLevels?: number;
}

/** What was found of a column or of the whole file, and which option decides otherwise. */
export type InferenceNote = TableNote;

/** A schema that is proposed, with its reasons and what does not fit it. */
export interface InferredSchema {
  readonly schema: TableSchema;
  /** First what is said of the file, then one for each column: read them before you take the schema. */
  readonly notes: readonly InferenceNote[];
  /** Cells that do not fit the proposed schema, such as a text in a column of numbers; strict loading refuses them. */
  readonly issues: readonly TableIssue[];
}

/**
 * Proposes a schema from all cells of a CSV source, with the reasons, to be read and edited: nothing is loaded.
 *
 * A column of numbers is a number and a feature, even with a few bad cells, which are named; a column of texts that come again is a
 * category and a feature. Whole numbers with leading zeros or beyond 2⁵³ stay text. Words such as `NA` are proposed as `missingTexts`.
 * Without `label` or `target`, the likeliest column is proposed as label, and the note names the others. Units, ranges and leaks are for
 * you to add: the data do not tell them.
 *
 * @throws TableError (as a rejection) when the text is no table with rows
 */
export async function inferSchema(source: TableSource, options: InferOptions = {}): Promise<InferredSchema> {
  checkReadOptions('inferSchema', options, [...roleKeys, 'maxLevels']);
  refusePath(source);
  const named = { ...options, ...nameOf(source, options) };
  const inference = new Inference(named);
  await inference.read(source);
  return inference.end();
}

/** Proposes a schema as `inferSchema` does, and keeps the cells meanwhile as far as they can be kept. */
export class Inference implements RowSink {
  readonly #options: InferOptions;
  readonly #rows: Rows;
  readonly #maxLevels: number;
  readonly #limits: Required<LoadLimits>;
  #file: FileNames = { names: [], written: [] };
  #format: FileFormat | undefined;
  #line = 1;
  #given: ReadonlyMap<number, ColumnRole> = new Map();
  #columns: SeenColumn[] = [];
  #count = 0;
  #keeps: boolean;
  #reserved = false;

  constructor(options: InferOptions, keep = false) {
    this.#options = options;
    // A text may mean missing in features alone, and which columns those are is known at the end.
    this.#keeps = keep && (options.missingTexts ?? []).length === 0;
    this.#maxLevels = options.maxLevels ?? 50;
    assertInteger('maxLevels', this.#maxLevels, 2, 1e6);
    this.#limits = checkedLimits(options.limits);
    this.#rows = new Rows(options, this);
  }

  async read(source: TableSource): Promise<void> {
    await readRecords(source, this.#options, undefined, {
      begin: (format) => this.#rows.begin(format),
      add: (records) => this.#rows.add(records),
      onProgress: (progress) => this.#reserve(progress),
    });
  }

  header(file: FileNames, format: FileFormat, line: number): void {
    this.#file = file;
    this.#format = format;
    this.#line = line;
    this.#given = rolesGiven(this.#options, file.names);
    checkMissingColumns(this.#options, file.names);
    this.#columns = file.names.map((name, at) => {
      const missing = missingTextsOf({ name, role: this.#given.get(at) ?? 'feature' }, this.#options);
      return new SeenColumn(name, this.#maxLevels, format.numbers, missing, this.#keeps);
    });
  }

  takeAll(records: Records, from: number): boolean {
    if (hasLongCell(records, from, this.#limits.cellLength)) return false;
    for (const [at, column] of this.#columns.entries()) column.addAll(records, from, at, this.#count + 1);
    this.#count += records.length - from;
    if (this.#keeps && this.#columns.some(({ draft }) => draft === undefined)) this.#keepNothing();
    return true;
  }

  take(cells: readonly string[], line: number): void {
    const row = ++this.#count;
    const { cellLength } = this.#limits;
    for (const [at, column] of this.#columns.entries()) {
      const value = cells[at];
      if (value.length > cellLength) {
        const reason = `has ${value.length} characters; limits.cellLength is ${cellLength}`;
        throw this.#failure({ row, line, column: column.name, value: value.slice(0, 200), reason });
      }
      column.add(value, row, line);
    }
  }

  takeRagged(issue: Omit<TableIssue, 'row'>): void {
    throw this.#failure({ row: this.#count + 1, ...issue });
  }

  end(): InferredSchema {
    if (this.#rows.isEmpty) throw this.#failure({ reason: 'the file is empty' });
    if (this.#count === 0) throw this.#failure({ reason: 'the file has a header and no rows' });
    const kept = [...this.#columns.keys()].filter((at) => !this.#isNothing(at));
    const aim = this.#aim();
    const proposals = kept.map((at) => this.#propose(at, aim));
    const format = this.#schemaFormat();
    return {
      schema: checkSchema({
        columns: proposals.map(({ column }) => column),
        ...(Object.keys(format).length > 0 && { format }),
      }),
      notes: [
        ...this.#fileNotes(kept),
        ...(aim === undefined
          ? [{ because: 'no column looks like a label', option: 'label or target' }]
          : []),
        ...proposals.map(({ column, because }, i): TableNote => {
          const guessed = kept[i] === aim?.at && aim.guess !== undefined;
          return { column: column.name, because, ...(guessed && { option: 'label' }) };
        }),
      ],
      issues: proposals.flatMap(({ issues }) => issues),
    };
  }

  /** Whether all cells until now are kept. */
  get keeps(): boolean {
    return this.#keeps;
  }

  /** All rows, where they could be kept. */
  draft(): Draft | undefined {
    const columns = this.#columns.flatMap(({ draft }) => draft ?? []);
    if (this.#format === undefined || columns.length !== this.#columns.length) return undefined;
    return { format: this.#format, rows: this.#count, columns, notes: this.#rows.notes() };
  }

  #reserve(progress: LoadProgress): void {
    const rows =
      this.#keeps && !this.#reserved ? expectedRows(progress, this.#count, this.#limits.size) : undefined;
    if (rows === undefined) return;
    this.#reserved = true;
    for (const { draft } of this.#columns) draft?.reserve(rows);
  }

  /** One column that must be read again is enough for all to be. */
  #keepNothing(): void {
    this.#keeps = false;
    for (const column of this.#columns) column.dropDraft();
  }

  /** Separators at the end of every line make columns without name and content. */
  #isNothing(at: number): boolean {
    return this.#file.written[at] === '' && this.#columns[at].empty === this.#count && !this.#given.has(at);
  }

  /** The label or target: what was given, else a guess. */
  #aim(): Aim | undefined {
    for (const [at, role] of this.#given) {
      if (role === 'target') return { at, role };
      const column = this.#columns[at];
      if (role === 'label')
        return { at, role: isNumberColumn(column) && hasManyNumbers(column) ? 'target' : 'label' };
    }
    const guess = guessLabel(this.#columns, this.#maxLevels, (at) => this.#given.has(at));
    return guess && { at: guess.at, role: 'label', guess };
  }

  #propose(at: number, aim: Aim | undefined): Proposal {
    const column = this.#columns[at];
    const decided = aim?.at === at ? { role: aim.role, why: this.#aimText(aim) } : this.#roleOf(at);
    const role = decided.role ?? 'feature';
    const missingTexts = missingTextsOf({ name: column.name, role }, this.#options);
    const numbers = this.#format?.numbers ?? plainNumbers;
    return propose(column, { ...decided, missingTexts, numbers });
  }

  #aimText({ at, role, guess }: Aim): string {
    if (guess === undefined) {
      const many = role === 'target' && this.#given.get(at) === 'label';
      return many ? 'the label you named, with so many numbers that it is a target' : `the ${role} you named`;
    }
    const others = guess.runnersUp.map((place) => this.#columns[place].name);
    const rest = others.length > 0 ? `; it could also be ${listed(others, 4)}` : '';
    return `${guess.because}, so perhaps the label${rest}`;
  }

  #roleOf(at: number): { role?: ColumnRole; why?: string } {
    const given = this.#given.get(at) ?? (this.#options.features === undefined ? undefined : 'other');
    if (given !== undefined) return { role: given };
    const column = this.#columns[at];
    const why = idReason(column, isNumberColumn(column), at, this.#file.written[at] === '');
    return why === undefined ? {} : { role: 'id', why };
  }

  #fileNotes(kept: readonly number[]): TableNote[] {
    const left = this.#columns.length - kept.length;
    const because = `${left} ${left === 1 ? 'column' : 'columns'} without name and content left out`;
    return [
      ...(this.#format?.notes ?? []),
      ...(this.#format?.header ? namingNotes(this.#file, kept, this.#line) : []),
      ...(left > 0 ? [{ because, line: this.#line, about: 'file' as const }] : []),
      ...this.#rows.notes(),
    ];
  }

  /** What a later loading must know of the format: what is not the default, and cannot be found by the schema's names. */
  #schemaFormat(): TableFormat {
    const { encoding, names } = this.#options;
    const { delimiter = ',', comment, header = true, numbers = plainNumbers } = this.#format ?? {};
    return {
      ...(delimiter !== ',' && { delimiter }),
      ...(numbers.decimal !== '.' && { decimal: numbers.decimal }),
      ...(numbers.thousands !== null && { thousands: numbers.thousands }),
      ...(encoding !== undefined && { encoding }),
      ...(comment !== undefined && { comment }),
      ...(!header && { header }),
      ...(header && names !== undefined && { header, names }),
    };
  }

  #failure(issue: TableIssue): TableError {
    return new TableError([issue], this.#options.name);
  }
}

/** More than a label has; or decimals most of which stand in one row: classes do not. */
function hasManyNumbers({ tooMany, whole, texts }: SeenColumn): boolean {
  const once = [...texts.values()].filter((count) => count === 1).length;
  return tooMany || (!whole && once > texts.size / 2);
}

/** The column that is to be told from the others. */
interface Aim {
  readonly at: number;
  readonly role: 'label' | 'target';
  /** Absent when it was given. */
  readonly guess?: LabelGuess;
}

function hasLongCell({ ends, starts, firsts, length }: Records, from: number, longest: number): boolean {
  for (let k = firsts[from]; k < firsts[length]; k++)
    if ((ends[k] < 0 ? ~ends[k] : ends[k]) - starts[k] > longest) return true;
  return false;
}
