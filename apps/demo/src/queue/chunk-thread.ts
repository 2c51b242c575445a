// A thread of a worker: Piscina calls its default export.
import { type Chunk, type Problem, problemFor, trainChunk } from '@rectify/experiment';
import { type ResultText, resultText } from './results.js';
import { type TableData, tableOf } from './tables.js';

export interface ChunkTask {
  readonly chunk: Chunk;
  readonly table: TableData;
}

/** What the chunks of one comparison share, kept from one to the next. */
let last: { readonly of: string; readonly problem: Problem } | undefined;

export default async ({ chunk, table }: ChunkTask): Promise<ResultText & { readonly seconds: number }> => {
  const of = JSON.stringify([chunk.tableHash, chunk.design]);
  if (last?.of !== of) last = { of, problem: problemFor(tableOf(table), chunk.design) };
  const result = await trainChunk(last.problem, chunk);
  return { ...resultText(result), seconds: result.seconds };
};
