import { KerasFormatError, shortened, show, unreachable } from '../format.js';
import type { Settings } from '../options.js';
import { assertBelow, type Place } from './place.js';

/** The bytes that a server answers with, counted as they come. */
export async function readUrl(
  url: string,
  take: (bytes: number) => void,
  signal?: AbortSignal,
  redirect: RequestRedirect = 'follow',
): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, { redirect, ...(signal ? { signal } : {}) });
  } catch (error) {
    // fetch says no more than "fetch failed".
    const why = redirect === 'error' ? ' (or leads elsewhere, which only allowOtherHosts: true follows)' : '';
    throw unreachable(url, `could not be fetched${why}`, error);
  }
  return readResponse(response, url, take, signal);
}

export async function readResponse(
  response: Response,
  url: string,
  take: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (!response.ok) {
    await response.body?.cancel();
    throw unreachable(
      `${shortened(url)}:`,
      `the server answers ${response.status} ${response.statusText}`.trim(),
    );
  }
  try {
    return await readStream(response.body, take, signal);
  } catch (error) {
    if (error instanceof KerasFormatError) throw error;
    throw unreachable(url || 'the answer', 'could not be fetched', error);
  }
}

/** All bytes of a stream; what comes is counted before it is kept, and a stream that gives too much is cancelled. */
export async function readStream(
  stream: ReadableStream<Uint8Array | ArrayBuffer> | null,
  take: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  if (!stream) return new Uint8Array(0);
  const parts: Uint8Array[] = [];
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      signal?.throwIfAborted();
      const bytes = next.value instanceof ArrayBuffer ? new Uint8Array(next.value) : next.value;
      if (!(bytes instanceof Uint8Array))
        throw new KerasFormatError(`the stream of weights gives ${show(bytes)}, and no bytes`);
      take(bytes.length);
      parts.push(bytes);
    }
  } catch (error) {
    await reader.cancel().catch(() => {}); // it has failed already, and the first failure tells why
    throw error;
  }
  return joined(parts);
}

function joined(parts: Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The folder of a URL. Its files are asked for with the same query, as by tfjs: that may hold a signature. */
export function hostOf(base: string, { allowOtherHosts }: Settings): Place {
  return {
    read(part, take, signal) {
      if (allowOtherHosts && /^https?:/i.test(part)) return readUrl(part, take, signal);
      assertBelow(part);
      if (/^(blob|data):/i.test(base))
        throw new KerasFormatError(
          `${show(part)} cannot be found: a model of ${base.slice(0, 5)} has no folder`,
        );
      const here = new URL(base, (globalThis as { location?: Location }).location?.href);
      const url = new URL(part, here);
      if (!part.includes('?')) url.search = here.search;
      const folder = here.pathname.slice(0, here.pathname.lastIndexOf('/') + 1);
      if (url.origin !== here.origin || !url.pathname.startsWith(folder))
        throw new KerasFormatError(
          `the file of weights ${show(part)} does not lie in the folder of its model.json`,
        );
      return readUrl(url.href, take, signal, allowOtherHosts ? 'follow' : 'error');
    },
  };
}
