import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Table } from '@rectify/dataset';
import type { Design } from '../design/design.js';
import type { RunRecord } from './record.js';

/** Changes with anything that changes a record: results of other versions are not mixed. */
export const engineVersion = 'rectify-experiment/2';

/** A piece of the work: some seeds, all arms. Plain data, independent of the others, the same result wherever and however often it runs. */
export interface Chunk {
  /** SHA-256, in hex, of engine version, table, configuration and seeds. */
  readonly key: string;
  /** Of the table alone; it travels apart. */
  readonly tableHash: string;
  readonly design: Design;
  readonly seeds: readonly number[];
}

/** The runs of one chunk, under its key. */
export interface ChunkResult {
  readonly key: string;
  /** In the order of seeds and folds. The same bytes as JSON wherever they were made. */
  readonly records: readonly RunRecord[];
  /** Seconds that it took: no part of the result, and different every time. */
  readonly seconds: number;
}

/** Seeds of a chunk: the lanes of one vector. */
const seedsPerChunk = 4;

/** The work of a design, cut into chunks of four seeds, in order. */
export function chunksOf(table: Table, design: Design): Chunk[] {
  const hash = tableHash(table);
  const all = Array.from({ length: design.seeds }, (_, i) => design.firstSeed + i);
  const { seeds: _, ...same } = design; // more seeds later, as after a resume, leave the keys of the first as they are
  return Array.from({ length: Math.ceil(all.length / seedsPerChunk) }, (_, i) => {
    const seeds = all.slice(i * seedsPerChunk, (i + 1) * seedsPerChunk);
    const key = sha256Text(JSON.stringify([engineVersion, hash, same, seeds]));
    return { key, tableHash: hash, design, seeds };
  });
}

/** SHA-256, in hex, of a text's UTF-8. In plain JavaScript: `crypto.subtle` is missing on pages without TLS. */
export const sha256Text = (text: string): string => bytesToHex(sha256(new TextEncoder().encode(text)));

/** SHA-256, in hex, of a table's schema and cells, little-endian whatever the machine. */
export function tableHash(table: Table): string {
  const hash = sha256.create();
  hash.update(new TextEncoder().encode(JSON.stringify([table.schema.columns, table.rowCount])));
  for (const name of table.columnNames) {
    const column = table.column(name);
    if (column.kind === 'category') hash.update(new TextEncoder().encode(JSON.stringify(column.levels)));
    hash.update(column.kind === 'number' ? float64Bytes(column.values) : float64Bytes(column.codes));
  }
  return bytesToHex(hash.digest());
}

function float64Bytes(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  // One NaN for all: a missing cell has no bits of its own.
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i] + 0, true);
  return new Uint8Array(view.buffer);
}
