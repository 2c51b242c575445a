import { type Chunk, engineVersion } from '@rectify/experiment';
import { UnrecoverableError, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import { Piscina } from 'piscina';
import type chunkThread from './chunk-thread.js';
import type { ChunkTask } from './chunk-thread.js';
import { inWords, sayWhenAway } from './connection.js';
import { prefix, queueName, shortKey } from './names.js';
import { announceUntil, present, self } from './presence.js';
import { handIn } from './results.js';
import { fetchTable, type TableData } from './tables.js';

export interface WorkOptions {
  /** Threads, each with a chunk of its own; the thread that answers Redis is none of them. */
  readonly threads: number;
  readonly onChunk?: (key: string, seconds: number) => void;
  readonly onNote?: (text: string) => void;
}

/** Tables of so many comparisons are kept. */
const mostTables = 4;

/**
 * Trains the queue's chunks until the signal; those at hand are finished first.
 *
 * A lock tells the others that a chunk is being worked on. It is renewed by this thread, which does nothing else for long; when it is not,
 * for the machine is gone, another worker takes the chunk after at most 15 seconds.
 */
export async function work(redis: Redis, signal: AbortSignal, options: WorkOptions): Promise<void> {
  const { threads, onChunk } = options;
  const note = onceEach(options.onNote ?? (() => {}));
  const pool = new Piscina<ChunkTask, Awaited<ReturnType<typeof chunkThread>>>({
    filename: new URL('./chunk-thread.cjs', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    concurrentTasksPerWorker: 1,
  });
  const tables = new Tables(redis);
  const worker = new Worker<Chunk>(
    queueName,
    async ({ data: chunk }) => {
      const table = await tables.get(chunk.tableHash);
      const { seconds, ...result } = await pool.run({ chunk, table });
      if (!(await handIn(redis, chunk.key, result)))
        throw new UnrecoverableError('another worker came to different records');
      onChunk?.(chunk.key, seconds);
    },
    {
      ...{ connection: redis, prefix, name: `${self.host}:${self.pid}`, concurrency: threads },
      ...{ lockDuration: 10_000, stalledInterval: 5_000 },
      // A worker that dies again and again is its machine's matter: the chunk is sound, and goes to the next.
      maxStalledCount: 1_000,
    },
  );
  const say = (error: Error) => {
    const words = inWords(error);
    if (!isOfConnection(error)) note(words ?? error.message);
  };
  worker.on('error', say);
  worker.on('failed', (job, error) =>
    note(`chunk ${shortKey(job?.id ?? '')} failed: ${inWords(error) ?? error.message}`),
  );
  sayWhenAway(redis, note);
  announceUntil(redis, 'worker', signal, (error) => {
    if (error) say(error);
    else sayWhoWaits(redis, note);
  });
  await aborted(signal);
  await worker.close();
  await pool.destroy();
}

/** Comparisons of another version wait for workers of theirs: whoever installed this one should know. */
async function sayWhoWaits(redis: Redis, note: (text: string) => void): Promise<void> {
  const coordinators = await present(redis, 'coordinator').catch(() => []);
  for (const { engine, host } of coordinators)
    if (engine !== engineVersion)
      note(
        `a comparison on ${host} is of ${engine}, this worker of ${engineVersion}: install the same version to help`,
      );
}

/** Tables by their hash, each fetched once. */
class Tables {
  readonly #redis: Redis;
  readonly #known = new Map<string, Promise<TableData>>();

  constructor(redis: Redis) {
    this.#redis = redis;
  }

  get(hash: string): Promise<TableData> {
    const known = this.#known.get(hash);
    if (known) return known;
    if (this.#known.size >= mostTables) this.#known.clear();
    const fetched = fetchTable(this.#redis, hash);
    this.#known.set(hash, fetched);
    fetched.catch(() => this.#known.delete(hash));
    return fetched;
  }
}

/** A connection that is gone is told of by `sayWhenAway`. */
const isOfConnection = (error: NodeJS.ErrnoException) =>
  ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '') ||
  /Connection is closed/.test(error.message);

/** Says a text, but not twice in a row. */
function onceEach(note: (text: string) => void): (text: string) => void {
  let said = '';
  return (text) => {
    if (text !== said) note(text);
    said = text;
  };
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
