import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { engineVersion } from '@rectify/experiment';
import type { Redis } from 'ioredis';
import { prefix } from './names.js';

type Role = 'worker' | 'coordinator';

/** A worker or a coordinator that is connected. */
export interface Presence {
  readonly engine: string;
  readonly host: string;
  readonly pid: number;
}

/** This process, as others see it. */
export const self: Presence = { engine: engineVersion, host: hostname(), pid: process.pid };

const beat = 5_000;
const idsKey = (role: Role) => `${prefix}:${role}s`;
const presenceKey = (role: Role, id: string) => `${prefix}:${role}:${id}`;

/** Says that this process is there; to be said again before three beats have passed. */
export async function announce(redis: Redis, role: Role, id: string): Promise<void> {
  await redis.sadd(idsKey(role), id);
  await redis.set(presenceKey(role, id), JSON.stringify(self), 'PX', 3 * beat);
}

export async function takeLeave(redis: Redis, role: Role, id: string): Promise<void> {
  await redis.del(presenceKey(role, id));
  await redis.srem(idsKey(role), id);
}

/** Says it at every beat, until the signal; `onBeat` is called after each. */
export function announceUntil(
  redis: Redis,
  role: Role,
  signal: AbortSignal,
  onBeat: (error?: Error) => void,
): void {
  const id = randomUUID();
  const say = () => announce(redis, role, id).then(() => onBeat(), onBeat);
  say();
  const timer = setInterval(say, beat);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

/** Those that have spoken lately. Who has not is struck off the list. */
export async function present(redis: Redis, role: Role): Promise<Presence[]> {
  const ids = await redis.smembers(idsKey(role));
  if (ids.length === 0) return [];
  const texts = await redis.mget(ids.map((id) => presenceKey(role, id)));
  const gone = ids.filter((_, i) => texts[i] === null);
  if (gone.length > 0) await redis.srem(idsKey(role), ...gone);
  return texts.flatMap((text) => (text === null ? [] : [JSON.parse(text) as Presence]));
}
