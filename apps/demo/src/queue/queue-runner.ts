import { setTimeout as sleep } from 'node:timers/promises';
import type { Table } from '@rectify/dataset';
import type { Runner } from '@rectify/experiment';
import type { Redis } from 'ioredis';
import { connect, faultOf, type QueueAddress, sayWhenAway } from './connection.js';
import { Coordinator } from './coordinator.js';
import { prefix, queueName } from './names.js';
import { optional } from './optional.js';

export interface QueueRunnerOptions {
  /** Told what a person who waits should know: that no worker is there, that Redis is away. */
  readonly onNote?: (text: string) => void;
}

/** How long a Redis that does not answer may hold up the end. */
const endMs = 1_000;

/**
 * Has chunks trained by the workers of a queue (`rectify worker`).
 *
 * Delivery is at least once: chunks that Redis has lost are added again, a result that is there already is taken, the first of two wins.
 */
export function queueRunner(address: QueueAddress, table: Table, options: QueueRunnerOptions = {}): Runner {
  return {
    async *run(chunks, { signal } = {}) {
      const { onNote = () => {} } = options;
      const { Queue } = await optional('bullmq', () => import('bullmq')); // before a connection, which would stay open
      const redis = await connect(address, signal);
      const queue = new Queue(queueName, { connection: redis, prefix });
      queue.on('error', () => {}); // the commands that fail reject
      sayWhenAway(redis, onNote);
      const coordinator = new Coordinator(redis, queue, table, onNote);
      const abort = () => endSoon(redis);
      signal?.addEventListener('abort', abort, { once: true });
      let ended = false;
      try {
        yield* coordinator.run(chunks, signal);
        ended = true;
      } catch (error) {
        signal?.throwIfAborted();
        throw faultOf(error, address);
      } finally {
        signal?.removeEventListener('abort', abort);
        const last = ended || redis.status !== 'ready' ? undefined : coordinator.takeBack().catch(() => {});
        await Promise.race([last, sleep(endMs)]);
        redis.disconnect();
        await queue.close().catch(() => {});
      }
    },
  };
}

/** Commands that wait for a Redis that is away, or hangs, would wait for ever. */
function endSoon(redis: Redis): void {
  if (redis.status !== 'ready') redis.disconnect();
  else setTimeout(() => redis.disconnect(), endMs).unref();
}
