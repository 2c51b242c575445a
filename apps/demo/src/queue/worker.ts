import type { Chunk } from '@rectify/experiment';
import { problemFor, trainChunk } from '@rectify/experiment';
import { trainInWorkers } from '@rectify/replicas/workers';
import { UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { inWords } from './connection.js';
import { keepSeconds, prefix, queueName, resultKey } from './names.js';
import { fetchTable } from './tables.js';
import { announce } from './workers.js';

export interface WorkOptions {
  /** Threads that train; the thread that answers Redis is none of them. */
  readonly threads: number;
  readonly onChunk?: (key: string, seconds: number) => void;
  readonly onNote?: (text: string) => void;
}

/** Trains the queue's chunks, one after the other, until the signal; the chunk at hand is finished first. */
export async function work(redis: Redis, signal: AbortSignal, options: WorkOptions): Promise<void> {
  const tables = new Map<string, ReturnType<typeof fetchTable>>();
  const tableOf = (hash: string) => {
    const known = tables.get(hash);
    if (known) return known;
    if (tables.size >= 4) tables.clear();
    const fetched = fetchTable(redis, hash);
    tables.set(hash, fetched);
    fetched.catch(() => tables.delete(hash));
    return fetched;
  };
  const worker = new Worker<Chunk>(
    queueName,
    async ({ data: chunk }) => {
      const table = await tableOf(chunk.tableHash);
      const { records, seconds } = await trainChunk(problemFor(table, chunk.design), chunk, {
        train: (training, watch) => trainInWorkers(training, { ...watch, threads: options.threads }),
      });
      await keepFirst(redis, chunk.key, JSON.stringify({ records, seconds }));
      options.onChunk?.(chunk.key, seconds);
    },
    {
      connection: redis,
      prefix,
      lockDuration: 10_000,
      stalledInterval: 5_000,
      // A worker that dies again and again is the machine's matter: the chunk is sound, and goes to the next.
      maxStalledCount: 1_000,
    },
  );
  worker.on('error', (error) => options.onNote?.(inWords(error)));
  announce(redis, signal);
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await worker.close();
}

/** The first result stays; another of the same chunk must have the same records. */
async function keepFirst(redis: Redis, key: string, text: string): Promise<void> {
  const name = resultKey(key);
  if (await redis.set(name, text, 'EX', keepSeconds, 'NX')) return;
  const first = await redis.get(name);
  if (first === null) return;
  const recordsOf = (result: string) => JSON.stringify(JSON.parse(result).records);
  if (recordsOf(first) !== recordsOf(text))
    throw new UnrecoverableError(`two workers came to different results of the chunk ${key.slice(0, 12)}`);
}
