// How a link names a table and what was decided about its columns.
import { type Field, text } from '../route/codec.js';
import type { ColumnChoice } from '../worker/table-info.js';

const kinds: readonly string[] = ['feature', 'category', 'number', 'group', 'id', 'ignore'];

/** `name:as,name:as`, with the names percent-encoded. */
const columns: Field<readonly ColumnChoice[]> = {
  fallback: [],
  read(given) {
    const list = given.split(',').map((one) => {
      const at = one.lastIndexOf(':');
      return { name: decoded(one.slice(0, at)), as: one.slice(at + 1) as ColumnChoice['as'] };
    });
    return list.every(({ name, as }) => name !== undefined && kinds.includes(as))
      ? (list as ColumnChoice[])
      : undefined;
  },
  write: (list) => list.map(({ name, as }) => `${encodeURIComponent(name)}:${as}`).join(','),
};

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

/** The same in every place that works on a table. */
export const tableFields = {
  /** The file's name; empty for the embedded table. */
  table: text(),
  sha256: text('', (given) => /^[0-9a-f]{64}$/.test(given)),
  label: text(),
  columns,
};

export const tableParameters = Object.keys(tableFields);
