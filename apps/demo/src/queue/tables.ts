import { type Column, Table, type TableSchema } from '@rectify/dataset';
import { tableHash } from '@rectify/experiment';
import type { Redis } from 'ioredis';
import { keepSeconds, shortKey, tableKey } from './names.js';
import { QueueError } from './queue-error.js';

/** A table as plain data, which another thread can be handed. */
export interface TableData {
  readonly schema: TableSchema;
  readonly rowCount: number;
  readonly columns: readonly Column[];
}

export const tableOf = ({ schema, rowCount, columns }: TableData): Table =>
  new Table(schema, columns, rowCount);

interface SentColumn {
  readonly kind: Column['kind'];
  /** Numbers, a missing one as null; or the codes of a category's levels, −1 for a missing one. */
  readonly cells: readonly (number | null)[];
  readonly levels?: readonly string[];
}

interface SentTable {
  readonly schema: TableSchema;
  readonly rowCount: number;
  readonly columns: readonly SentColumn[];
}

/** Puts the table where workers find it by its hash: once, however many chunks there are. */
export async function sendTable(redis: Redis, table: Table, hash: string): Promise<void> {
  const key = tableKey(hash);
  if (await redis.expire(key, keepSeconds)) return;
  const columns = table.columnNames.map((name): SentColumn => {
    const column = table.column(name);
    return column.kind === 'number'
      ? { kind: 'number', cells: Array.from(column.values, (value) => (Number.isNaN(value) ? null : value)) }
      : { kind: 'category', cells: [...column.codes], levels: column.levels };
  });
  const sent: SentTable = { schema: table.schema, rowCount: table.rowCount, columns };
  await redis.set(key, JSON.stringify(sent), 'EX', keepSeconds);
}

/** @throws QueueError (as a rejection) where it is not there, or is another one than its hash says */
export async function fetchTable(redis: Redis, hash: string): Promise<TableData> {
  const text = await redis.get(tableKey(hash));
  if (text === null) throw new QueueError(`the table ${shortKey(hash)} is not in the queue's Redis any more`);
  const { schema, rowCount, columns } = JSON.parse(text) as SentTable;
  const own = columns.map(
    ({ kind, cells, levels = [] }): Column =>
      kind === 'number'
        ? { kind, values: Float64Array.from(cells, (value) => value ?? Number.NaN) }
        : { kind, codes: Int32Array.from(cells as number[]), levels: [...levels] },
  );
  const data: TableData = { schema, rowCount, columns: own };
  if (tableHash(tableOf(data)) !== hash)
    throw new QueueError(`the table ${shortKey(hash)} in the queue's Redis is damaged`);
  return data;
}
