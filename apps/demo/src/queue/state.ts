import type { Chunk } from '@rectify/experiment';
import type { Job } from 'bullmq';
import { connect, faultOf, type QueueAddress } from './connection.js';
import { prefix, queueName } from './names.js';
import { optional } from './optional.js';
import { type Presence, present } from './presence.js';

/** What a queue comes to at a moment. */
export interface QueueState {
  readonly waiting: number;
  readonly running: readonly RunningChunk[];
  readonly failed: readonly FailedChunk[];
  readonly workers: readonly Presence[];
  /** Those who have asked for chunks, and wait for them. */
  readonly comparisons: readonly Presence[];
}

export interface RunningChunk {
  readonly chunk: string;
  readonly seeds: readonly number[];
  /** Host and process of its worker. */
  readonly worker: string | null;
  readonly seconds: number;
}

export interface FailedChunk {
  readonly chunk: string;
  readonly seeds: readonly number[];
  readonly reason: string;
}

/** @throws QueueError (as a rejection) */
export async function queueState(
  address: QueueAddress,
  signal: AbortSignal | undefined,
): Promise<QueueState> {
  const { Queue } = await optional('bullmq', () => import('bullmq')); // before a connection, which would stay open
  const redis = await connect(address, signal);
  const queue = new Queue<Chunk>(queueName, { connection: redis, prefix });
  queue.on('error', () => {}); // the commands that fail reject
  try {
    const counts = await queue.getJobCounts('wait', 'delayed', 'prioritized');
    const of = (jobs: readonly (Job<Chunk> | undefined)[]) => jobs.filter((job) => job !== undefined);
    const now = Date.now();
    return {
      waiting: Object.values(counts).reduce((sum, count) => sum + count, 0),
      running: of(await queue.getActive()).map(({ data, processedBy, processedOn = now }) => ({
        ...{ chunk: data.key, seeds: data.seeds, worker: processedBy ?? null },
        seconds: Math.max(0, (now - processedOn) / 1000),
      })),
      failed: of(await queue.getFailed()).map(({ data, failedReason }) => ({
        ...{ chunk: data.key, seeds: data.seeds, reason: failedReason },
      })),
      workers: await present(redis, 'worker'),
      comparisons: await present(redis, 'coordinator'),
    };
  } catch (error) {
    throw faultOf(error, address);
  } finally {
    redis.disconnect();
    await queue.close().catch(() => {});
  }
}
