import type { Redis } from 'ioredis';
import { optional } from './optional.js';
import { QueueError } from './queue-error.js';

/** Where the queue's Redis is: a URL, its user and password perhaps from the environment. */
export interface QueueAddress {
  readonly url: URL;
  /** The URL as messages and reports show it: without user and password. */
  readonly shown: string;
}

/**
 * The address in a URL such as `redis://queue.example:6379/0`, `rediss://` for TLS. A user and a password that it lacks are taken from
 * RECTIFY_REDIS_USER and RECTIFY_REDIS_PASSWORD.
 *
 * @throws QueueError for what is no such URL; the text is not shown, for it may hold a password
 */
export function queueAddress(text: string, env: NodeJS.ProcessEnv = process.env): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '')
    throw new QueueAddressError('--queue must be a URL such as redis://127.0.0.1:6379, or rediss:// for TLS');
  if (!/^\/?\d*$/.test(url.pathname))
    throw new QueueAddressError(
      '--queue must end with the number of a database, as in redis://127.0.0.1:6379/0',
    );
  const shown = `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
  if (url.username === '' && env.RECTIFY_REDIS_USER)
    url.username = encodeURIComponent(env.RECTIFY_REDIS_USER);
  if (url.password === '' && env.RECTIFY_REDIS_PASSWORD)
    url.password = encodeURIComponent(env.RECTIFY_REDIS_PASSWORD);
  return { url, shown };
}

/** What was given as the queue's address is none. */
export class QueueAddressError extends Error {
  override readonly name = 'QueueAddressError';
}

/** How long the first connection may take. */
const connectMs = 10_000;

/**
 * A connection that outlives a Redis that is away for a while. The first connection is made at once, or is an error.
 *
 * @throws QueueError (as a rejection); the signal's reason
 */
export async function connect(address: QueueAddress, signal?: AbortSignal): Promise<Redis> {
  const { Redis } = await optional('ioredis', () => import('ioredis'));
  signal?.throwIfAborted();
  const redis = new Redis(address.url.href, {
    maxRetriesPerRequest: null, // commands wait for a Redis that comes back
    lazyConnect: true,
    connectTimeout: connectMs,
    retryStrategy: (times) => Math.min(100 * times, 2000),
  });
  let last: Error | undefined;
  let connected = false;
  redis.on('error', (error) => {
    last = error;
    if (!connected || isRefusal(error)) redis.disconnect();
  });
  const giveUp = () => redis.disconnect();
  const timer = setTimeout(giveUp, connectMs);
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    await redis.connect();
    await redis.ping();
    connected = true;
    return redis;
  } catch (error) {
    redis.disconnect();
    signal?.throwIfAborted();
    throw faultOf(last ?? error, address);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

/** @throws QueueError (as a rejection) where a package is missing or no Redis takes us; to be known before any work */
export async function checkConnection(address: QueueAddress, signal?: AbortSignal): Promise<void> {
  await optional('bullmq', () => import('bullmq'));
  (await connect(address, signal)).disconnect();
}

/** Says once when Redis is gone, and when it is there again. */
export function sayWhenAway(redis: Redis, note: (text: string) => void): void {
  let away = false;
  redis.on('reconnecting', () => {
    if (!away) note('Redis is away: waiting for it to come back');
    away = true;
  });
  redis.on('ready', () => {
    if (away) note('Redis is back');
    away = false;
  });
}

/** A fault of the queue's, with its address; a fault of ours stays what it is. Without its cause: an error of Redis holds the command, which may be the password's. */
export function faultOf(error: unknown, { shown }: QueueAddress): Error {
  if (error instanceof QueueError || !(error instanceof Error)) return error as Error;
  const words = inWords(error);
  return words === undefined ? error : new QueueError(`${shown}: ${words}`);
}

const isRefusal = ({ message }: Error) =>
  /^(WRONGPASS|NOAUTH|NOPERM|ERR invalid password|ERR AUTH)/.test(message);

/** What Redis or the network said, in words for whoever runs it; undefined for an error that is neither's. */
export function inWords(error: Error): string | undefined {
  const { code, message, name } = error as NodeJS.ErrnoException;
  if (isRefusal(error))
    return 'Redis refuses the user or the password (in the URL, or RECTIFY_REDIS_USER and RECTIFY_REDIS_PASSWORD)';
  if (code !== undefined && code in networkFaults) return networkFaults[code];
  if (/^OOM|maxmemory/.test(message)) return 'Redis is full: it needs more memory (maxmemory)';
  if (/^MISCONF/.test(message)) return 'Redis cannot write to its disk';
  if (/^READONLY/.test(message)) return 'this Redis is a replica, which takes nothing';
  if (name === 'ReplyError' || code !== undefined || /Connection is closed/.test(message)) return message;
  return undefined;
}

const networkFaults: Record<string, string> = {
  ECONNREFUSED: 'no Redis answers there',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'there is no such host',
  EHOSTUNREACH: 'no way leads to that host',
  ENETUNREACH: 'no way leads to that host',
  ETIMEDOUT: 'Redis does not answer in time',
};
