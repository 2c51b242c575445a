import { Inflate } from 'fflate';
import type { Cursor, Hdf5Bytes } from './bytes.js';
import { treeLeaves } from './groups.js';
import { MESSAGE, type Message } from './messages.js';
import { type DataType, elements } from './types.js';

/** Where the values of a dataset lie. */
export type Layout =
  | { kind: 'bytes'; bytes: Uint8Array }
  | { kind: 'chunks'; tree: number; chunk: number[]; filters: number[] };

/** Reads where the values of a dataset lie; refuses what Keras never writes, and what is said to be there without being there. */
export function readLayout(file: Hdf5Bytes, messages: Message[], where: string, needed: number): Layout {
  const of = (type: number) => messages.find((message) => message.type === type)?.body;
  if (of(MESSAGE.externalFiles)) throw file.refused(`the values of ${where} lie in other files`);
  const body = of(MESSAGE.layout);
  if (!body) throw file.damaged(`${where} does not say where its values lie`);
  const version = body.u8();
  const kind = body.u8();
  if ((version !== 3 && version !== 4) || (version === 4 && kind > 1))
    throw file.refused(
      `${where} is stored in a form that Keras does not write (layout ${version}.${kind}); save it again with h5py's default libver`,
    );
  const none = () => file.refused(`${where} is said to hold ${needed} bytes, and no values are there`);
  if (kind === 2) return chunked(file, body, of(MESSAGE.filters), where, none);
  if (of(MESSAGE.filters)) throw file.damaged(`${where} has filters, and no chunks`);
  if (kind === 0) return stored(body.u16(), (length) => file.part(body.skip(length), length));
  const address = body.address();
  if (address === undefined && needed > 0) throw none();
  return stored(body.u64(), (length) => file.part(address ?? 0, length));

  function stored(length: number, part: (length: number) => Uint8Array): Layout {
    if (length !== needed) throw file.damaged(`${where} has ${length} bytes for ${needed}`);
    return { kind: 'bytes', bytes: part(length) };
  }
}

function chunked(
  file: Hdf5Bytes,
  body: Cursor,
  filters: Cursor | undefined,
  where: string,
  none: () => Error,
): Layout {
  const rank = body.u8() - 1;
  const tree = body.address();
  if (tree === undefined) throw none();
  const chunk = Array.from({ length: Math.max(rank, 0) }, () => body.u32());
  if (chunk.length === 0 || chunk.includes(0)) throw file.damaged(`${where} has chunks of no size`);
  return { kind: 'chunks', tree, chunk, filters: filters ? readFilters(filters, where) : [] };
}

const [DEFLATE, SHUFFLE, CHECKSUM] = [1, 2, 3];

function readFilters(body: Cursor, where: string): number[] {
  const version = body.u8();
  const count = body.u8();
  if (version === 1) body.skip(6);
  return Array.from({ length: count }, () => {
    const id = body.u16();
    const name = version === 1 || id >= 256 ? body.u16() : 0;
    body.skip(2); // flags
    const values = body.u16();
    body.skip(version === 1 ? Math.ceil(name / 8) * 8 : name);
    body.skip(4 * values + (version === 1 && values % 2 === 1 ? 4 : 0));
    if (![DEFLATE, SHUFFLE, CHECKSUM].includes(id))
      throw body.file.refused(`${where} is compressed by filter ${id}, and only gzip is known`);
    return id;
  });
}

/** How much may be unpacked. */
export interface Expansion {
  /** Throws where so many bytes from so many in the file are too much. */
  check(unpacked: number, stored: number, where: string): void;
}

/** The bytes of a dataset's values in their order. */
export function readBytes(
  file: Hdf5Bytes,
  layout: Layout,
  { size }: DataType,
  shape: number[],
  where: string,
  expansion: Expansion,
): Uint8Array {
  if (layout.kind === 'bytes') {
    expansion.check(0, layout.bytes.length, where);
    return layout.bytes;
  }
  const { chunk, filters } = layout;
  if (chunk.length !== shape.length) throw file.damaged(`${where} has chunks of another rank`);
  const wanted = shape.reduce((count, length, i) => count * Math.ceil(length / (chunk[i] as number)), 1);
  const chunkBytes = elements(chunk) * size;
  // Looked at before anything is made: what the chunks are, and whether they are there.
  const parts: { at: number[]; bytes: Uint8Array; skipped: number }[] = [];
  const seen = new Set<string>();
  for (const { key, child } of treeLeaves(file, layout.tree, 1, 8 + 8 * (shape.length + 1))) {
    const length = key.u32();
    const skipped = key.u32();
    const at = shape.map(() => key.u64());
    seen.add(at.join());
    if (at.some((from, i) => from >= (shape[i] as number) || from % (chunk[i] as number) !== 0))
      throw file.damaged(`a chunk of ${where} lies beyond its shape`);
    parts.push({ at, bytes: file.part(child, length), skipped });
    expansion.check(chunkBytes, length, where);
  }
  if (parts.length !== wanted || seen.size !== wanted)
    throw file.refused(`${where} has ${seen.size} of its ${wanted} chunks`);
  const values = new Uint8Array(elements(shape) * size);
  for (const { at, bytes, skipped } of parts)
    place(values, shape, unfilter(file, bytes, filters, skipped, size, chunkBytes, where), chunk, at, size);
  return values;
}

/** Undoes the filters of a chunk, the last first; `skipped` has a bit for each that was not used. */
function unfilter(
  file: Hdf5Bytes,
  stored: Uint8Array,
  filters: number[],
  skipped: number,
  size: number,
  needed: number,
  where: string,
): Uint8Array {
  let bytes = stored;
  for (const [i, filter] of [...filters.entries()].reverse()) {
    if (skipped & (1 << i)) continue;
    if (filter === CHECKSUM) bytes = bytes.subarray(0, Math.max(0, bytes.length - 4));
    else if (filter === DEFLATE) bytes = inflate(file, bytes, needed + 4, where);
    else bytes = unshuffle(bytes, size);
  }
  if (bytes.length !== needed)
    throw file.damaged(`a chunk of ${where} has ${bytes.length} bytes for ${needed}`);
  return bytes;
}

/** Unpacks zlib's format, and stops as soon as more comes out than there may be. */
function inflate(file: Hdf5Bytes, bytes: Uint8Array, most: number, where: string): Uint8Array {
  const whole = new Uint8Array(most);
  let length = 0;
  const inflater = new Inflate((part) => {
    if (length + part.length > most) throw file.damaged(`a chunk of ${where} is larger than it says`);
    whole.set(part, length);
    length += part.length;
  });
  try {
    // Past the two bytes of its head, up to the four of its checksum. In steps, each of which can give a thousand times as much.
    const body = bytes.subarray(2, Math.max(2, bytes.length - 4));
    for (let at = 0; at === 0 || at < body.length; at += STEP)
      inflater.push(body.subarray(at, at + STEP), at + STEP >= body.length);
  } catch (error) {
    if ((error as Error).name === 'KerasFormatError') throw error;
    throw file.damaged(`a chunk of ${where} cannot be unpacked (${(error as Error).message})`);
  }
  return whole.subarray(0, length);
}

/** Bytes that are unpacked at once. */
const STEP = 2 ** 12;

/** Undoes the filter that puts the first bytes of all elements first, then their second bytes, … */
function unshuffle(bytes: Uint8Array, size: number): Uint8Array {
  const count = Math.floor(bytes.length / size);
  const out = new Uint8Array(bytes.length);
  for (let part = 0; part < size; part++)
    for (let i = 0; i < count; i++) out[i * size + part] = bytes[part * count + i] as number;
  out.set(bytes.subarray(count * size), count * size);
  return out;
}

/** Copies a chunk to its place in the whole, row by row, without what juts out. */
function place(
  whole: Uint8Array,
  shape: number[],
  part: Uint8Array,
  chunk: number[],
  at: number[],
  size: number,
): void {
  const rank = shape.length;
  const copy = (axis: number, to: number, from: number): void => {
    const length = Math.min(chunk[axis] as number, (shape[axis] as number) - (at[axis] as number));
    const to0 = to * (shape[axis] as number) + (at[axis] as number);
    const from0 = from * (chunk[axis] as number);
    if (axis === rank - 1) whole.set(part.subarray(from0 * size, (from0 + length) * size), to0 * size);
    else for (let i = 0; i < length; i++) copy(axis + 1, to0 + i, from0 + i);
  };
  copy(0, 0, 0);
}
