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
 * @throws QueueError for what is no such URL
 */
export function queueAddress(text: string, env: NodeJS.ProcessEnv = process.env): QueueAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '')
    throw new QueueError('--queue must be a URL such as redis://127.0.0.1:6379, or rediss:// for TLS');
  const shown = `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
  if (url.username === '' && env.RECTIFY_REDIS_USER)
    url.username = encodeURIComponent(env.RECTIFY_REDIS_USER);
  if (url.password === '' && env.RECTIFY_REDIS_PASSWORD)
    url.password = encodeURIComponent(env.RECTIFY_REDIS_PASSWORD);
  return { url, shown };
}

/**
 * A connection that outlives a Redis that is away for a while. The first connection is made within ten seconds, or is an error.
 *
 * @throws QueueError (as a rejection)
 */
export async function connect({ url, shown }: QueueAddress): Promise<Redis> {
  const { Redis } = await optional('ioredis', () => import('ioredis'));
  const redis = new Redis(url.href, {
    maxRetriesPerRequest: null, // commands wait for a Redis that comes back
    lazyConnect: true,
    connectTimeout: 10_000,
    retryStrategy: (times) => Math.min(100 * times, 2000),
  });
  // Without a listener ioredis prints every failed attempt; the waiting commands and the first connection tell.
  let last: Error | undefined;
  redis.on('error', (error) => {
    last = error;
  });
  const giveUp = setTimeout(() => redis.disconnect(), 10_000);
  try {
    await redis.connect();
    await redis.ping();
    return redis;
  } catch (error) {
    redis.disconnect();
    throw new QueueError(`${shown}: ${inWords(last ?? (error as Error))}`, { cause: error });
  } finally {
    clearTimeout(giveUp);
  }
}

/** What Redis or the network said, in words for whoever runs it. */
export function inWords(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ECONNREFUSED') return 'no Redis answers there';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host';
  if (code === 'ETIMEDOUT') return 'Redis does not answer in time';
  if (/WRONGPASS|NOAUTH|invalid password|AUTH/i.test(error.message))
    return 'Redis refuses the user or the password (in the URL, or RECTIFY_REDIS_USER and RECTIFY_REDIS_PASSWORD)';
  if (/^OOM|maxmemory/.test(error.message)) return 'Redis is full: it needs more memory (maxmemory)';
  if (/MISCONF/.test(error.message)) return 'Redis cannot write to its disk';
  return error.message;
}
