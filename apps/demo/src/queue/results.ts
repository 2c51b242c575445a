import { createHash } from 'node:crypto';
import type { ChunkResult } from '@rectify/experiment';
import type { Redis } from 'ioredis';
import { conflictsKey, keepSeconds, resultKey } from './names.js';

/** A result as a worker hands it in. */
export interface ResultText {
  /** `{ records, seconds }` as JSON. */
  readonly text: string;
  /** SHA-256, in hex, of the records alone: time is no part of a result. */
  readonly digest: string;
}

/** What is left of a result that the coordinator has written down: enough to check one that comes late. */
const taken = (digest: string) => `sha256:${digest}`;
const keepTakenSeconds = 3600;

export function resultText({ records, seconds }: Omit<ChunkResult, 'key'>): ResultText {
  return { text: JSON.stringify({ records, seconds }), digest: digestOf(records) };
}

const digestOf = (records: ChunkResult['records']): string =>
  createHash('sha256').update(JSON.stringify(records)).digest('hex');

/**
 * Hands a result in. The first one stays; another of the same chunk must have the same bytes.
 *
 * @returns false where it has others: then the coordinator hears of it
 */
export async function handIn(redis: Redis, chunk: string, { text, digest }: ResultText): Promise<boolean> {
  const key = resultKey(chunk);
  if (await redis.set(key, text, 'EX', keepSeconds, 'NX')) return true;
  const first = await redis.get(key);
  if (first === null) return true; // it has just expired
  const same = first.startsWith('sha256:')
    ? first === taken(digest)
    : digestOf(JSON.parse(first).records) === digest;
  if (!same) {
    await redis.hset(conflictsKey, chunk, digest);
    await redis.expire(conflictsKey, keepSeconds);
  }
  return same;
}

/** The results that are there among some chunks, in no particular order; a few at a time, so that none waits for all. */
export async function* readResults(redis: Redis, chunks: readonly string[]): AsyncGenerator<ChunkResult[]> {
  const atOnce = 20;
  const there = await whichExist(redis, chunks, resultKey);
  for (let at = 0; at < there.length; at += atOnce) {
    const keys = there.slice(at, at + atOnce);
    const texts = await redis.mget(keys.map(resultKey));
    yield keys.flatMap((key, i) => {
      const text = texts[i];
      return text === null || text.startsWith('sha256:') ? [] : [{ key, ...JSON.parse(text) }];
    });
  }
}

/** Lets go of results that are written down; what is kept of them is their digest. */
export async function markTaken(redis: Redis, results: readonly ChunkResult[]): Promise<void> {
  await answersOf(
    results.reduce(
      (pipeline, { key, records }) =>
        pipeline.set(resultKey(key), taken(digestOf(records)), 'EX', keepTakenSeconds),
      redis.pipeline(),
    ),
  );
}

/** The chunks whose key of this kind Redis has. */
export async function whichExist(
  redis: Redis,
  chunks: readonly string[],
  nameOf: (chunk: string) => string,
): Promise<string[]> {
  const pipeline = redis.pipeline();
  for (const chunk of chunks) pipeline.exists(nameOf(chunk));
  const answers = await answersOf(pipeline);
  return chunks.filter((_, i) => answers[i] === 1);
}

/** What a pipeline's commands came to. @throws the first error among them */
async function answersOf(pipeline: ReturnType<Redis['pipeline']>): Promise<unknown[]> {
  const answers = (await pipeline.exec()) ?? [];
  return answers.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}

/** A chunk, if there is one among these, that two workers came to different records of; it is forgotten with that. */
export async function takeConflict(redis: Redis, chunks: ReadonlySet<string>): Promise<string | undefined> {
  const conflicts = await redis.hkeys(conflictsKey);
  const ours = conflicts.find((chunk) => chunks.has(chunk));
  if (ours !== undefined) {
    await redis.hdel(conflictsKey, ours);
    await redis.del(resultKey(ours));
  }
  return ours;
}
