import { shown } from '../arguments/assert.js';
import { TableError } from './error.js';
import { checkedLimits, type ReadOptions } from './options.js';

/** Where a table comes from. A string is CSV text, never a path; a URL is fetched. A Node stream is an AsyncIterable. */
export type TableSource =
  | string
  | Uint8Array
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | URL;

/** The file's name for messages: the one that is given, else the source's own. */
export function nameOf(source: TableSource, { name }: { readonly name?: string }): { name?: string } {
  if (name !== undefined) return { name };
  if (source instanceof URL) return { name: source.href };
  // A File is a Blob with a name; not every runtime has the class.
  const own = source instanceof Blob ? (source as Partial<File>).name : undefined;
  return typeof own === 'string' && own !== '' ? { name: own } : {};
}

/** @throws TypeError when text that looks like a path or an address is given as the text of a table */
export function refusePath(source: unknown): void {
  if (typeof source !== 'string' || source.length > 1000 || /[\r\n]/.test(source)) return;
  if (/^https?:\/\//i.test(source))
    throw new TypeError(`source is the text of a table: for an address pass new URL(${shown(source)})`);
  if (!/\.(?:csv|tsv|tab|txt|data|dat)$/i.test(source.trim())) return;
  throw new TypeError(
    `source is the text of a table, never a path: to read the file ${shown(source)} use loadTableFile of @rectify/dataset/node`,
  );
}

/** The source, such that it can be read again: a stream is read whole, as far as `limits.size` goes. */
export async function kept(source: TableSource, options: ReadOptions): Promise<TableSource> {
  const isStream = !(
    typeof source === 'string' ||
    source instanceof Uint8Array ||
    source instanceof Blob ||
    source instanceof URL
  );
  if (!isStream) return source;
  const limit = checkedLimits(options.limits).size;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const { data } of piecesOf(source, options)) {
    if (typeof data === 'string') continue; // streams give bytes
    size += data.length;
    if (size > limit) throw new TableError([{ reason: tooLarge(limit) }], options.name);
    pieces.push(data.slice());
  }
  return new Blob(pieces as BlobPart[]);
}

export const tooLarge = (limit: number): string => `the file is longer than limits.size, ${limit}`;

interface SourceOptions {
  readonly name?: string;
  readonly signal?: AbortSignal;
}

interface Piece {
  readonly data: string | Uint8Array;
  /** Length of the whole source, where it is known. */
  readonly total?: number;
}

// Larger pieces outgrow the processor's caches once they are cut into cells.
const pieceLength = 2 ** 16;

/** The source in pieces of bounded length, with a breath between them, so that a signal can abort and a page stays alive. */
export async function* piecesOf(source: TableSource, options: SourceOptions): AsyncGenerator<Piece> {
  const { signal } = options;
  let last = Date.now();
  for await (const piece of rawPieces(source, options)) {
    for (let at = 0; at < piece.data.length; at += pieceLength) {
      signal?.throwIfAborted();
      const { data } = piece;
      const part =
        typeof data === 'string' ? data.slice(at, at + pieceLength) : data.subarray(at, at + pieceLength);
      yield { ...piece, data: part };
      if (Date.now() - last > 50) {
        await nextTask();
        last = Date.now();
      }
    }
  }
  signal?.throwIfAborted();
}

/** setImmediate where there is one (Node), since a timer waits at least a millisecond. */
const nextTask = () =>
  new Promise<void>((resolve) => (globalThis.setImmediate ?? setTimeout)(() => resolve()));

async function* rawPieces(source: TableSource, { signal, name }: SourceOptions): AsyncGenerator<Piece> {
  if (typeof source === 'string') {
    // A decoder drops the byte order mark of bytes; a string may still hold it.
    yield { data: source.startsWith('\uFEFF') ? source.slice(1) : source, total: source.length };
  } else if (source instanceof Uint8Array) {
    yield { data: source, total: source.length };
  } else if (source instanceof Blob) {
    for await (const data of chunksOf(source.stream(), signal)) yield { data, total: source.size };
  } else if (source instanceof ReadableStream) {
    for await (const data of chunksOf(source, signal)) yield { data };
  } else if (source instanceof URL) {
    yield* fetched(source, name, signal);
  } else if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) {
    for await (const data of abortable(source, signal)) yield { data: bytes(data) };
  } else {
    const accepted = 'a string, Uint8Array, Blob, ReadableStream, AsyncIterable of bytes, or URL';
    throw new TypeError(`source must be ${accepted}, got ${shown(source)}`);
  }
}

async function* fetched(
  url: URL,
  name: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Piece> {
  const response = await fetch(url, signal ? { signal } : {}).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new TableError([{ reason: `cannot be fetched: ${reasonOf(cause)}` }], name ?? url.href, { cause });
  });
  if (!response.ok) {
    throw new TableError(
      [{ reason: `the server answered ${response.status} ${response.statusText}`.trim() }],
      name ?? url.href,
    );
  }
  // Content-Length counts compressed bytes where the transfer is compressed, and is then no measure of progress.
  const length = response.headers.has('content-encoding') ? null : response.headers.get('content-length');
  const total = length === null ? {} : { total: Number(length) };
  if (response.body) for await (const data of chunksOf(response.body, signal)) yield { data, ...total };
}

/** Not the stream's own async iterator, which Safari lacks. An abort cancels a read that waits. */
async function* chunksOf(
  stream: ReadableStream<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  const cancel = () => void reader.cancel(signal?.reason).catch(() => {}); // the abort itself is what is reported
  signal?.addEventListener('abort', cancel, { once: true });
  let finished = false;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      finished = done;
      if (done) return;
      yield bytes(value);
    }
  } finally {
    signal?.removeEventListener('abort', cancel);
    if (!finished) await reader.cancel().catch(() => {}); // whatever ended the reading is what is reported
    reader.releaseLock();
  }
}

/** The chunks of an iterable, until an abort, even while the next chunk is waited for. */
async function* abortable(
  source: AsyncIterable<unknown>,
  signal: AbortSignal | undefined,
): AsyncGenerator<unknown> {
  const iterator = source[Symbol.asyncIterator]();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal?.reason);
  });
  aborted.catch(() => {}); // reported by the race, if there is one
  signal?.addEventListener('abort', stop, { once: true });
  let finished = false;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await (signal ? Promise.race([iterator.next(), aborted]) : iterator.next());
      finished = done === true;
      if (finished) return;
      yield value;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    // Not awaited: a source that waits for its next chunk cannot end before it comes. What ended the reading is what is reported.
    if (!finished) iterator.return?.()?.catch(() => {});
  }
}

function bytes(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError(`the source must give Uint8Array chunks, got ${shown(chunk)}`);
}

export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
};
