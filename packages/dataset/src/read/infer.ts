import { assertInteger, shown } from '../arguments/assert.js';
import { type ColumnSchema, checkSchema, headerKey, type TableSchema } from '../table/schema.js';
import { isDecimal } from './columns.js';
import { TableError } from './error.js';
import { checkedLimits, type ReadOptions, readRecords } from './records.js';
import type { TableSource } from './source.js';

export interface InferOptions extends ReadOptions {
  /** Header of the label column. Without it, the last category column of 2 to `maxLevels` levels is proposed. */
  readonly label?: string;
  /** Most distinct texts that are proposed as levels of a category; default 50. */
  readonly maxLevels?: number;
}

/** Why a column is proposed as it is. */
export interface InferenceNote {
  readonly column: string;
  readonly because: string;
}

export interface InferredSchema {
  readonly schema: TableSchema;
  /** One for each column: read them before you take the schema. */
  readonly notes: readonly InferenceNote[];
}

/** Texts that people write for a missing cell. */
const missingWords = new Set(['na', 'n/a', 'nan', 'null', 'none', 'missing', '?', '-', '--', '.']);

/**
 * Proposes a schema from all cells of a CSV source, with the reasons, to be read and edited: nothing is loaded.
 *
 * A column of decimal numbers is a number and a feature; any other is a category. Words such as `NA` among numbers are proposed as
 * `missingTexts`. Units, ranges and leaks are for you to add: the data do not tell them.
 *
 * @throws TableError (as a rejection) when the text is no table with a header and rows
 */
export async function inferSchema(source: TableSource, options: InferOptions = {}): Promise<InferredSchema> {
  const { maxLevels = 50, name } = options;
  assertInteger('maxLevels', maxLevels, 2, 1e6);
  const limits = checkedLimits(options.limits);
  let columns = undefined as Seen[] | undefined;
  let rows = 0;
  const add = (cells: readonly string[], line: number) => {
    if (columns === undefined) {
      if (cells.length > limits.columns) {
        throw new TableError(
          [{ line, reason: `the header has ${cells.length} columns; limits.columns is ${limits.columns}` }],
          name,
        );
      }
      columns = cells.map((cell) => new Seen(cell.replace(/^\uFEFF/, '').trim(), maxLevels));
      return;
    }
    rows++;
    if (cells.length !== columns.length) {
      throw new TableError(
        [{ row: rows, line, reason: `the row has ${cells.length} cells, the header ${columns.length}` }],
        name,
      );
    }
    for (const [i, cell] of cells.entries()) columns[i]?.add(cell.trim());
  };
  await readRecords(source, options, (records, lineOf) => {
    for (const [i, cells] of records.entries()) add(cells, lineOf(i));
  });
  if (columns === undefined) throw new TableError([{ reason: 'the file is empty' }], name);
  if (rows === 0) throw new TableError([{ reason: 'the file has a header and no rows' }], name);
  const labelAt = labelColumn(columns, options.label);
  const proposals = columns.map((column, i) => column.propose(i === labelAt, options.label !== undefined));
  return {
    schema: checkSchema({ columns: proposals.map(({ column }) => column) }),
    notes: proposals.map(({ column, because }) => ({ column: column.name, because })),
  };
}

function labelColumn(columns: readonly Seen[], label: string | undefined): number {
  if (label === undefined)
    return columns.findLastIndex((column) => !column.isNumber && column.texts.size >= 2 && !column.tooMany);
  const at = columns.findIndex(({ name }) => headerKey(name) === headerKey(label));
  if (at < 0) throw new RangeError(`label must be a column of the file, got ${shown(label)}`);
  return at;
}

/** What the cells of a column have shown. */
class Seen {
  readonly name: string;
  /** Distinct texts, up to one more than the most that may be levels. */
  readonly texts = new Set<string>();
  readonly #maxLevels: number;
  readonly #words = new Set<string>();
  #empty = 0;
  #numbers = 0;
  #others = 0;

  constructor(name: string, maxLevels: number) {
    this.name = name;
    this.#maxLevels = maxLevels;
  }

  add(text: string): void {
    if (text === '') this.#empty++;
    else if (isDecimal(text)) this.#numbers++;
    else if (missingWords.has(text.toLowerCase())) this.#words.add(text);
    else this.#others++;
    if (text !== '' && this.texts.size <= this.#maxLevels) this.texts.add(text);
  }

  get isNumber(): boolean {
    return this.#numbers > 0 && this.#others === 0;
  }

  get tooMany(): boolean {
    return this.texts.size > this.#maxLevels;
  }

  propose(isLabel: boolean, told: boolean): { column: ColumnSchema; because: string } {
    const { name } = this;
    const empty = this.#empty > 0 ? `, ${this.#empty} empty` : '';
    if (this.isNumber && !isLabel) {
      const words = [...this.#words];
      const missing =
        words.length > 0 ? `, and ${words.map((word) => shown(word)).join(', ')} read as missing` : '';
      const few = this.texts.size <= 2 ? '; so few values may be a code or a leak rather than a measure' : '';
      return {
        column: { name, kind: 'number', role: 'feature', ...(words.length > 0 && { missingTexts: words }) },
        because: `${this.#numbers} numbers${empty}${missing}${few}`,
      };
    }
    const levels = this.tooMany ? {} : { levels: [...this.texts].sort() };
    const count = this.tooMany ? `more than ${this.#maxLevels}` : String(this.texts.size);
    const role = isLabel
      ? ` and the ${told ? 'label you named' : 'last such column, so perhaps the label'}`
      : '';
    return {
      column: { name, kind: 'category', role: isLabel ? 'label' : 'other', ...levels },
      because: `${count} distinct texts${empty}${role}`,
    };
  }
}
