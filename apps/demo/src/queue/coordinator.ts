import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Table } from '@rectify/dataset';
import { type Chunk, type ChunkResult, engineVersion, tableHash } from '@rectify/experiment';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { jobKey, keepSeconds, resultKey, shortKey } from './names.js';
import { announce, present, takeLeave } from './presence.js';
import { QueueError } from './queue-error.js';
import { markTaken, readResults, takeConflict, whichExist } from './results.js';
import { sendTable } from './tables.js';

/** Results of the chunks that are due first are looked for this often, and the whole window is gone through that often. */
const lookMs = 100;
const goThroughMs = 3_000;
/** Chunks that are due first: more than there are threads. */
const near = 200;
/** Chunks that are in Redis at once, however many there are: the window. */
const ahead = 1_000;

/** One comparison's side of the queue: adds chunks, takes results, and keeps an eye on what may go wrong. */
export class Coordinator {
  readonly #redis: Redis;
  readonly #queue: Queue;
  readonly #table: Table;
  readonly #hash: string;
  readonly #note: (text: string) => void;
  readonly #id = randomUUID();
  #pending = new Map<string, Chunk>();
  #said = '';

  constructor(redis: Redis, queue: Queue, table: Table, note: (text: string) => void) {
    this.#redis = redis;
    this.#queue = queue;
    this.#table = table;
    this.#hash = tableHash(table);
    this.#note = note;
  }

  async *run(chunks: readonly Chunk[], signal: AbortSignal | undefined): AsyncGenerator<ChunkResult> {
    this.#pending = new Map(chunks.map((chunk) => [chunk.key, chunk]));
    const all = new Set(this.#pending.keys());
    let goThroughAt = 0;
    let refillAt = 0;
    while (this.#pending.size > 0) {
      signal?.throwIfAborted();
      const due = performance.now() >= goThroughAt || this.#pending.size <= refillAt;
      if (due) {
        await this.#goThrough(all);
        goThroughAt = performance.now() + goThroughMs;
        refillAt = this.#pending.size - ahead / 2;
      }
      yield* this.#results(this.#first(due ? ahead : near));
      if (this.#pending.size > 0) await sleep(lookMs, undefined, { ...(signal && { signal }) });
    }
    await this.#throwIfConflict(all);
    await takeLeave(this.#redis, 'coordinator', this.#id);
  }

  /** Takes back the chunks that no worker has begun, so that nobody works for a comparison that has ended. */
  async takeBack(): Promise<void> {
    await Promise.all(this.#first(ahead).map((key) => this.#queue.remove(key)));
    await takeLeave(this.#redis, 'coordinator', this.#id);
  }

  #first(count: number): string[] {
    const keys: string[] = [];
    for (const key of this.#pending.keys()) {
      if (keys.length === count) break;
      keys.push(key);
    }
    return keys;
  }

  async *#results(keys: readonly string[]): AsyncGenerator<ChunkResult> {
    for await (const results of readResults(this.#redis, keys)) {
      for (const result of results) {
        yield result;
        this.#pending.delete(result.key);
      }
      // Only now: whoever took them has written them down.
      if (results.length > 0) await markTaken(this.#redis, results);
    }
  }

  /** Everything that need not be looked at all the time. Also a Redis that takes nothing any more is found out here: by the first writing. */
  async #goThrough(all: ReadonlySet<string>): Promise<void> {
    await announce(this.#redis, 'coordinator', this.#id);
    await sendTable(this.#redis, this.#table, this.#hash);
    await this.#throwIfConflict(all);
    await this.#throwIfFailed();
    await this.#addMissing(this.#first(ahead));
    await this.#sayWhoWorks();
  }

  /** Adds the chunks that Redis does not know: at the start all of them, later those that it has lost. */
  async #addMissing(keys: readonly string[]): Promise<void> {
    const known = new Set(await whichExist(this.#redis, keys, jobKey));
    const missing = keys.filter((key) => !known.has(key));
    // A job that is done goes after its result has come: one that is missing with its result here is done.
    for await (const results of readResults(this.#redis, missing))
      for (const { key } of results) known.add(key);
    const lost = missing.filter((key) => !known.has(key));
    if (lost.length === 0) return;
    await this.#redis.del(lost.map(resultKey)); // what is left of a result that was taken once
    await this.#queue.addBulk(
      lost.map((key) => ({
        name: 'chunk',
        data: this.#pending.get(key),
        opts: {
          jobId: key,
          attempts: 3,
          backoff: { type: 'fixed', delay: 1000 },
          removeOnComplete: true,
          removeOnFail: { age: keepSeconds },
        },
      })),
    );
  }

  async #throwIfFailed(): Promise<void> {
    for (const job of await this.#queue.getFailed()) {
      if (!job?.id || !this.#pending.has(job.id)) continue;
      await job.remove(); // so that the next try is not this failure again
      throw new QueueError(`no worker could train the chunk ${shortKey(job.id)}: ${job.failedReason}`);
    }
  }

  async #throwIfConflict(all: ReadonlySet<string>): Promise<void> {
    const chunk = await takeConflict(this.#redis, all);
    if (chunk === undefined) return;
    throw new QueueError(
      `two workers came to different records of the chunk ${shortKey(chunk)}: one of their machines is at fault, and its records are not to be trusted`,
    );
  }

  async #sayWhoWorks(): Promise<void> {
    const workers = await present(this.#redis, 'worker');
    const ours = workers.filter(({ engine }) => engine === engineVersion).length;
    const others = [...new Set(workers.map(({ engine }) => engine))].filter((one) => one !== engineVersion);
    const text =
      ours > 0
        ? `${ours} ${ours === 1 ? 'worker' : 'workers'}`
        : others.length > 0
          ? `no worker of ${engineVersion} is connected, only of ${others.join(', ')}: install the same version there`
          : 'no worker is connected: start some by rectify worker';
    if (text !== this.#said) this.#note(text);
    this.#said = text;
  }
}
