import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { engineVersion } from '@rectify/experiment';
import type { Redis } from 'ioredis';
import { prefix, workerKey } from './names.js';

/** A worker that is connected. */
export interface Presence {
  readonly engine: string;
  readonly host: string;
  readonly pid: number;
}

const beat = 5_000;

/** Says that a worker is there, until the signal. */
export function announce(redis: Redis, signal: AbortSignal): void {
  const key = workerKey(randomUUID());
  const presence: Presence = { engine: engineVersion, host: hostname(), pid: process.pid };
  const say = () => redis.set(key, JSON.stringify(presence), 'PX', 3 * beat).catch(() => {}); // said again at the next beat
  say();
  const timer = setInterval(say, beat);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** The workers that have spoken lately. */
export async function presentWorkers(redis: Redis): Promise<Presence[]> {
  const keys: string[] = [];
  for await (const some of redis.scanStream({ match: `${prefix}:worker:*`, count: 500 })) keys.push(...some);
  if (keys.length === 0) return [];
  const texts = await redis.mget(keys);
  return texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as Presence]));
}
