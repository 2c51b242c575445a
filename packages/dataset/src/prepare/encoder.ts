import { assertInteger, assertOneOf, shown } from '../arguments/assert.js';
import { assertOptions } from '../arguments/options.js';
import type { CategoryColumn } from '../table/column.js';
import type { CategoryEncoder } from '../table/matrix.js';
import type { Table } from '../table/table.js';
import type { NumberMatrix } from './matrix.js';

/**
 * How a category becomes numbers. None of them looks at the label.
 *
 * - `one-hot`: a column of 0 and 1 for each level
 * - `ordinal`: the place of the level, from 0, in the order of the schema's levels or else of the alphabet
 * - `frequency`: the share of the training rows that have the level
 */
export type CategoryEncoding = 'one-hot' | 'ordinal' | 'frequency';

/** How `fitEncoder` makes numbers of categories, and of rare, unseen and missing ones. */
export interface EncoderOptions {
  /** Default `one-hot`. */
  readonly encoding?: CategoryEncoding;
  /** Category columns; default the features that are categories. */
  readonly columns?: readonly string[];
  /**
   * Levels that have a number: `training` (default), those of the training part; or `table`, those of the schema or the whole file, so that
   * encoders of several training parts are equally wide. One that no training row has is unseen all the same.
   */
  readonly levels?: 'training' | 'table';
  /** Levels with fewer training rows are one level, `rareName`. Default 1: no level is rare. */
  readonly minRows?: number;
  /** Default `(rare)`. */
  readonly rareName?: string;
  /**
   * A level that the training part does not have: `none` (default) makes 0 of it in every column (−1 where ordinal), or what is rare where
   * levels are; `error` refuses it.
   */
  readonly unseen?: 'none' | 'error';
  /** A missing cell: `error` (default), `none` as for an unseen level, or `level` for a level of its own, `missingName`. */
  readonly missing?: 'error' | 'none' | 'level';
  /** Default `(missing)`. */
  readonly missingName?: string;
}

/** An encoder as plain data; `encoderFromJson` gives it back. */
export interface EncoderJson {
  readonly kind: 'encoder';
  readonly encoding: CategoryEncoding;
  readonly unseen: 'none' | 'error';
  readonly missing: 'error' | 'none' | 'level';
  readonly rareName: string;
  readonly missingName: string;
  readonly columns: readonly EncodedColumn[];
}

/** What an encoder has learned of one column. */
export interface EncodedColumn {
  readonly name: string;
  /** In the order of their numbers. */
  readonly levels: readonly string[];
  /** Levels of the training part that are taken for `rareName`. */
  readonly rare: readonly string[];
  /** Share of the training rows of each level; 0 of one that none of them has. */
  readonly shares: readonly number[];
}

/** Makes numbers of categories, as learned from one table; `table.toMatrix` takes it. */
export interface Encoder extends EncoderJson, CategoryEncoder {
  /** The columns of the fit as numbers, in float64. Missing cells and unseen levels as the options say. */
  transform(table: Table): NumberMatrix;
  /** Names of the matrix columns: `colour=red` for each level of one-hot, else the column's own. Other columns keep their names. */
  columnNames(names?: readonly string[]): string[];
  /**
   * The levels of the numbers, column by column; null for what is none. One-hot takes the largest (the first of equals) of numbers above 0.
   *
   * @throws RangeError where frequencies of two levels are equal, or a number stands for no level
   */
  inverse(matrix: NumberMatrix): Record<string, (string | null)[]>;
  toJSON(): EncoderJson;
}

/**
 * Learns how the categories of the training part become numbers, to be applied to every part: `table.toMatrix(names, { encoder })`.
 *
 * @throws TypeError or RangeError on a column that is no category, has no level, or has a missing cell that the options refuse
 */
export function fitEncoder(table: Table, options: EncoderOptions = {}): Encoder {
  const known = ['encoding', 'columns', 'levels', 'minRows', 'rareName', 'unseen', 'missing', 'missingName'];
  assertOptions('fitEncoder options', options, known);
  assertOneOf('levels', options.levels ?? 'training', ['training', 'table']);
  const { encoding = 'one-hot', minRows = 1, unseen = 'none', missing = 'error' } = options;
  const { rareName = '(rare)', missingName = '(missing)' } = options;
  const { columns = table.featureNames.filter((name) => table.column(name).kind === 'category') } = options;
  assertInteger('minRows', minRows, 1, 2 ** 32);
  const rules = { encoding, unseen, missing, rareName, missingName };
  const all = options.levels === 'table';
  return encoderFromJson({
    kind: 'encoder',
    ...rules,
    columns: columns.map((name) => learned(table, name, minRows, all, rules)),
  });
}

function learned(
  table: Table,
  name: string,
  minRows: number,
  all: boolean,
  { missing, rareName, missingName }: Pick<EncoderJson, 'missing' | 'rareName' | 'missingName'>,
): EncodedColumn {
  const column = table.column(name);
  if (column.kind !== 'category')
    throw new TypeError(`column ${shown(name)} must be a category, it is a ${column.kind}`);
  const rows = new Map<string, number>();
  for (const code of column.codes) {
    const text = code < 0 ? (missing === 'level' ? missingName : undefined) : column.levels[code];
    if (text !== undefined) rows.set(text, (rows.get(text) ?? 0) + 1);
    else if (missing === 'error') throw missingCell(name);
  }
  const has = (level: string) => rows.has(level);
  const told = table.schema.columns.find((known) => known.name === name)?.levels;
  const known = told ?? column.levels.filter((level) => all || has(level)).sort();
  const seen = known.filter((level) => all || has(level));
  if (missing === 'level' && (all || has(missingName)) && !seen.includes(missingName)) seen.push(missingName);
  if (seen.length === 0) throw new RangeError(`column ${shown(name)} has no level to learn from`);
  const rare = seen.filter((level) => has(level) && (rows.get(level) as number) < minRows);
  const levels = seen.filter((level) => !rare.includes(level));
  if (rare.length > 0 && levels.includes(rareName))
    throw new RangeError(`rareName must be no level of the column ${shown(name)}, got ${shown(rareName)}`);
  const rowsOf = (some: readonly string[]) => some.reduce((sum, level) => sum + (rows.get(level) ?? 0), 0);
  const shares = [...levels.map((level) => [level]), ...(rare.length > 0 ? [rare] : [])].map(
    (some) => rowsOf(some) / Math.max(1, rowsOf(seen)),
  );
  return { name, levels: rare.length > 0 ? [...levels, rareName] : levels, rare, shares };
}

/** The encoder of `toJSON()`'s data. @throws TypeError or RangeError when the data are none */
export function encoderFromJson(json: EncoderJson): Encoder {
  if (json?.kind !== 'encoder')
    throw new RangeError(`kind must be encoder, got ${shown((json as { kind?: unknown })?.kind)}`);
  const { kind, encoding, unseen, missing, rareName, missingName, columns } = json;
  assertOneOf('encoding', encoding, ['one-hot', 'ordinal', 'frequency']);
  assertOneOf('unseen', unseen, ['none', 'error']);
  assertOneOf('missing', missing, ['error', 'none', 'level']);
  if (!Array.isArray(columns)) throw new TypeError(`columns must be a list, got ${shown(columns)}`);
  for (const { name, levels, rare, shares } of columns) {
    if (
      ![levels, rare, shares].every(Array.isArray) ||
      levels.length !== shares.length ||
      levels.length === 0
    )
      throw new TypeError(
        `column ${shown(name)} must have as many shares as levels, and a list of rare levels`,
      );
  }
  const plain: EncoderJson = { kind, encoding, unseen, missing, rareName, missingName, columns };
  const coders = new Map(columns.map((column) => [column.name, new ColumnCoder(column, plain)]));
  const widthOf = (name: string) => coders.get(name)?.width;
  const write: CategoryEncoder['write'] = (name, ...to) => coders.get(name)?.write(...to);
  return {
    ...plain,
    widthOf,
    write,
    transform(table) {
      const width = [...coders.values()].reduce((sum, coder) => sum + coder.width, 0);
      const data = new Float64Array(table.rowCount * width);
      let offset = 0;
      for (const [name, coder] of coders) {
        const column = table.column(name);
        if (column.kind !== 'category')
          throw new TypeError(`column ${shown(name)} must be a category, it is a ${column.kind}`);
        coder.write(column, data, offset, width);
        offset += coder.width;
      }
      return { data, shape: [table.rowCount, width] };
    },
    columnNames: (names = [...coders.keys()]) => names.flatMap((name) => coders.get(name)?.names ?? [name]),
    inverse(matrix) {
      const width = [...coders.values()].reduce((sum, coder) => sum + coder.width, 0);
      if (matrix.shape[1] !== width)
        throw new RangeError(`matrix must have the ${width} columns of the encoder, got ${matrix.shape[1]}`);
      let offset = 0;
      const lists = [...coders].map(([name, coder]) => {
        const from = offset;
        offset += coder.width;
        const rows = Array.from({ length: matrix.shape[0] }, (_, i) =>
          coder.read(matrix.data.subarray(i * width + from, i * width + from + coder.width)),
        );
        return [name, rows] as const;
      });
      return Object.fromEntries(lists);
    },
    toJSON: () => plain,
  };
}

const missingCell = (name: string) =>
  new RangeError(
    `column ${shown(name)} has missing cells: pass { missing: 'level' } or 'none', or drop the rows`,
  );

/** One column's levels, to numbers and back. */
class ColumnCoder {
  readonly names: readonly string[];
  readonly #column: EncodedColumn;
  readonly #rules: EncoderJson;
  readonly #placeOf: ReadonlyMap<string, number>;

  constructor(column: EncodedColumn, rules: EncoderJson) {
    this.#column = column;
    this.#rules = rules;
    const rarePlace = column.levels.length - 1;
    this.#placeOf = new Map([
      ...column.levels.flatMap((level, place) => (column.shares[place] > 0 ? [[level, place] as const] : [])),
      ...column.rare.map((level) => [level, rarePlace] as const),
    ]);
    this.names =
      rules.encoding === 'one-hot' ? column.levels.map((level) => `${column.name}=${level}`) : [column.name];
  }

  get width(): number {
    return this.names.length;
  }

  write(column: CategoryColumn, into: Float32Array | Float64Array, offset: number, stride: number): void {
    const places = column.levels.map((level) => this.#place(level));
    const ofMissing = this.#rules.missing === 'level' ? this.#place(this.#rules.missingName) : none;
    column.codes.forEach((code, i) => {
      const at = offset + i * stride;
      const place = code < 0 ? ofMissing : places[code];
      if (code < 0 && this.#rules.missing === 'error') throw missingCell(this.#column.name);
      if (place === undefined)
        throw new RangeError(
          `row ${i + 1}, column ${shown(this.#column.name)}: ${shown(column.levels[code] ?? this.#rules.missingName)} was not in the training part: pass { unseen: 'none' } to make 0 of it`,
        );
      if (this.#rules.encoding === 'one-hot') {
        if (place !== none) into[at + place] = 1;
      } else if (this.#rules.encoding === 'ordinal') into[at] = place;
      else into[at] = place === none ? 0 : this.#column.shares[place];
    });
  }

  read(numbers: Float32Array | Float64Array): string | null {
    const { levels, shares, name } = this.#column;
    if (this.#rules.encoding === 'one-hot') {
      let best = none;
      numbers.forEach((x, place) => {
        if (x > (best === none ? 0 : numbers[best])) best = place;
      });
      return levels[best] ?? null;
    }
    const [x] = numbers;
    const isOrdinal = this.#rules.encoding === 'ordinal';
    if (x === (isOrdinal ? none : 0)) return null;
    const found = levels.filter((_, place) => (isOrdinal ? place === x : near(shares[place], x)));
    if (found.length === 1) return found[0];
    throw new RangeError(
      found.length === 0
        ? `column ${shown(name)}: ${x} stands for no level`
        : `column ${shown(name)}: ${x} stands for ${found.map((level) => shown(level)).join(' and ')}, which are equally frequent`,
    );
  }

  /** Undefined where an unseen level is an error. */
  #place(level: string): number | undefined {
    const place = this.#placeOf.get(level);
    if (place !== undefined) return place;
    if (this.#rules.unseen === 'error') return undefined;
    return this.#column.rare.length > 0 ? this.#column.levels.length - 1 : none;
  }
}

/** The place of what is no level. */
const none = -1;

/** Equal as float32, in which a matrix may have kept the share. */
const near = (a: number, b: number): boolean => Math.fround(a) === Math.fround(b);
