import { setTimeout as sleep } from 'node:timers/promises';
import type { Table } from '@rectify/dataset';
import { type Chunk, type ChunkResult, engineVersion, type Runner } from '@rectify/experiment';
import type { Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { connect, inWords, type QueueAddress } from './connection.js';
import { jobKey, prefix, queueName, resultKey } from './names.js';
import { optional } from './optional.js';
import { QueueError } from './queue-error.js';
import { sendTable } from './tables.js';
import { presentWorkers } from './workers.js';

export interface QueueRunnerOptions {
  /** Told what a person who waits should know: that no worker is there, that Redis is away. */
  readonly onNote?: (text: string) => void;
}

/** How often results are looked for, and how often all that is pending is looked through. */
const look = 100;
const lookThrough = 3_000;
/** Chunks that are asked for, or added, at once. */
const slice = 500;

/**
 * Has chunks trained by the workers of a queue (`rectify worker`).
 *
 * Delivery is at least once: chunks that Redis has lost are added again, a result that is there already is taken, the first of two wins.
 */
export function queueRunner(address: QueueAddress, table: Table, options: QueueRunnerOptions = {}): Runner {
  return {
    async *run(chunks, { signal } = {}) {
      const redis = await connect(address);
      const { Queue } = await optional('bullmq', () => import('bullmq'));
      const queue = new Queue(queueName, { connection: redis, prefix });
      queue.on('error', () => {}); // the commands that fail reject
      try {
        await sendTable(redis, table);
        yield* new Coordinator(redis, queue, options).run(chunks, signal);
      } catch (error) {
        if (error instanceof QueueError || signal?.aborted) throw error;
        throw new QueueError(`${address.shown}: ${inWords(error as Error)}`, { cause: error });
      } finally {
        await queue.close();
        redis.disconnect();
      }
    },
  };
}

class Coordinator {
  readonly #redis: Redis;
  readonly #queue: Queue;
  readonly #note: (text: string) => void;
  #said = '';

  constructor(redis: Redis, queue: Queue, { onNote = () => {} }: QueueRunnerOptions) {
    this.#redis = redis;
    this.#queue = queue;
    this.#note = onNote;
  }

  async *run(chunks: readonly Chunk[], signal: AbortSignal | undefined): AsyncGenerator<ChunkResult> {
    const pending = new Map(chunks.map((chunk) => [chunk.key, chunk]));
    let next = 0;
    while (pending.size > 0) {
      signal?.throwIfAborted();
      const all = performance.now() >= next;
      for await (const result of this.#results(pending, all)) {
        yield result;
        pending.delete(result.key);
        // Only now: whoever took it has written it down.
        await this.#forget(result.key);
      }
      if (all) {
        next = performance.now() + lookThrough;
        await this.#throwIfFailed(pending);
        await this.#addLost(pending);
        await this.#sayWhoWorks(pending.size);
      }
      if (pending.size > 0)
        await sleep(look, undefined, { ...(signal && { signal }) }).catch(() => signal?.throwIfAborted());
    }
  }

  /** Results that are there, of the chunks that are due first, or of all. */
  async *#results(pending: ReadonlyMap<string, Chunk>, all: boolean): AsyncGenerator<ChunkResult> {
    const keys = [...pending.keys()];
    for (let at = 0; at < (all ? keys.length : Math.min(slice, keys.length)); at += slice) {
      const some = keys.slice(at, at + slice);
      for (const [key, there] of await this.#exist(some, resultKey)) {
        if (!there) continue;
        const text = await this.#redis.get(resultKey(key));
        if (text !== null) yield { key, ...JSON.parse(text) };
      }
    }
  }

  async #exist(keys: readonly string[], nameOf: (key: string) => string): Promise<[string, boolean][]> {
    const pipeline = this.#redis.pipeline();
    for (const key of keys) pipeline.exists(nameOf(key));
    const answers = (await pipeline.exec()) ?? [];
    return keys.map((key, i) => {
      const [error, count] = answers[i];
      if (error) throw error;
      return [key, count === 1];
    });
  }

  async #forget(key: string): Promise<void> {
    await this.#queue.remove(key);
    await this.#redis.del(resultKey(key));
  }

  /** Adds the chunks that Redis does not know: at the start all of them, later those that it lost. */
  async #addLost(pending: ReadonlyMap<string, Chunk>): Promise<void> {
    const keys = [...pending.keys()];
    for (let at = 0; at < keys.length; at += slice) {
      const known = await this.#exist(keys.slice(at, at + slice), jobKey);
      const lost = known.filter(([, there]) => !there).map(([key]) => pending.get(key) as Chunk);
      await this.#queue.addBulk(
        lost.map((chunk) => ({
          name: 'chunk',
          data: chunk,
          opts: { jobId: chunk.key, attempts: 3, backoff: { type: 'fixed', delay: 1000 } },
        })),
      );
    }
  }

  async #throwIfFailed(pending: ReadonlyMap<string, Chunk>): Promise<void> {
    for (const job of await this.#queue.getFailed()) {
      if (job.id === undefined || !pending.has(job.id)) continue;
      await job.remove(); // so that the next try is not this failure again
      throw new QueueError(`a worker could not train the chunk ${job.id.slice(0, 12)}: ${job.failedReason}`);
    }
    // Done, but the result is gone with its time or its Redis: to be done again.
    for (const job of await this.#queue.getCompleted())
      if (job.id !== undefined && pending.has(job.id)) {
        const [[, there]] = await this.#exist([job.id], resultKey);
        if (!there) await job.remove();
      }
  }

  async #sayWhoWorks(left: number): Promise<void> {
    if (left === 0) return;
    const workers = await presentWorkers(this.#redis);
    const ours = workers.filter(({ engine }) => engine === engineVersion).length;
    const others = [...new Set(workers.map(({ engine }) => engine))].filter(
      (engine) => engine !== engineVersion,
    );
    const text =
      ours > 0
        ? `${ours} ${ours === 1 ? 'worker' : 'workers'}`
        : others.length > 0
          ? `no worker of ${engineVersion} is connected, only of ${others.join(', ')}: install the same version there`
          : 'no worker is connected: start `rectify worker --queue …` on this or other machines';
    if (text !== this.#said) this.#note(text);
    this.#said = text;
  }
}
