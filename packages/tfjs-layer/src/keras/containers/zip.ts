import { Inflate } from 'fflate';
import { KerasFormatError, show } from '../format.js';
import type { KerasLimits } from '../options.js';
import { crc32 } from './crc.js';

/** What the directory of a zip says of a file in it, compared with what stands before the file itself. */
interface Entry {
  name: string;
  method: number;
  crc: number;
  /** Where its bytes begin and end in the zip, and how many they are unpacked. */
  start: number;
  end: number;
  size: number;
  /** Where what stands before it begins. */
  header: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
/** Encrypted, strongly encrypted, and with a directory that is masked. */
const ENCRYPTED = 0x0001 | 0x0040 | 0x2000;
/** The sizes stand behind the file, since they were not known before. */
const SIZES_FOLLOW = 0x0008;
const [STORED, DEFLATED] = [0, 8];
/** Bytes that are unpacked from any file without a look at the ratio. */
const SMALL = 2 ** 24;

/**
 * A zip, of which nothing is unpacked before its directory is known to be true: signatures, counts, sizes and names are checked, no two
 * files share bytes, and what does not fit is refused rather than guessed at.
 */
export class Zip {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #entries = new Map<string, Entry>();
  readonly #limits: Required<KerasLimits>;
  readonly #checksum: (bytes: Uint8Array) => number;

  constructor(
    bytes: Uint8Array,
    limits: Required<KerasLimits>,
    checksum: (bytes: Uint8Array) => number = crc32,
  ) {
    this.#checksum = checksum;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#limits = limits;
    const { count, start, end } = this.#directory();
    let at = start;
    for (let i = 0; i < count; i++) {
      const { entry, next } = this.#central(at, end);
      at = next;
      if (this.#entries.has(entry.name)) throw damaged(`it has two files ${show(entry.name)}`);
      this.#entries.set(entry.name, entry);
    }
    if (at !== end)
      throw damaged(`its directory has ${end - start} bytes, of which ${count} files take ${at - start}`);
    assertApart([...this.#entries.values()], start);
  }

  get names(): string[] {
    return [...this.#entries.keys()];
  }

  /** A file of the zip, unpacked; undefined where there is none of the name. */
  read(name: string, mostBytes = this.#limits.bytes): Uint8Array | undefined {
    const entry = this.#entries.get(name);
    if (!entry) return undefined;
    const { size, start, end, crc, method } = entry;
    const { ratio } = this.#limits;
    if (size > mostBytes)
      throw new KerasFormatError(`${name} of the archive has ${size} bytes, and may have ${mostBytes}`);
    if (size > ratio * (end - start) + SMALL)
      throw new KerasFormatError(
        `${name} of the archive unpacks from ${end - start} to ${size} bytes; limits.ratio is ${ratio}`,
      );
    const packed = this.#bytes.subarray(start, end);
    const content = method === STORED ? packed : inflate(name, packed, size);
    if (content.length !== size) throw damaged(`${name} has ${content.length} bytes, and it says ${size}`);
    if (this.#checksum(content) !== crc) throw damaged(`the checksum of ${name} is wrong`);
    return content;
  }

  /** Where the directory lies, as the end of the file says, and how many files it has. */
  #directory(): { count: number; start: number; end: number } {
    const at = this.#findEnd();
    const view = this.#view;
    const [disk, diskOfStart, onDisk] = [4, 6, 8].map((offset) => view.getUint16(at + offset, true));
    let count = view.getUint16(at + 10, true);
    let length = view.getUint32(at + 12, true);
    let start = view.getUint32(at + 16, true);
    let end = at;
    if (count === 0xffff || length === 0xffffffff || start === 0xffffffff) {
      const large = this.#end64(at);
      if (large) ({ count, length, start, end } = large);
    } else if (disk !== 0 || diskOfStart !== 0 || onDisk !== count) throw damaged('it is a part of several');
    if (count > this.#limits.weights)
      throw new KerasFormatError(`the archive has ${count} files; limits.weights is ${this.#limits.weights}`);
    if (start + length !== end || count * 46 > length)
      throw damaged(`its directory of ${count} files would have ${length} bytes at ${start}, before ${end}`);
    return { count, start, end };
  }

  /** The record that ends a zip; a comment may follow, and nothing else. */
  #findEnd(): number {
    const { length } = this.#bytes;
    for (let at = length - 22; at >= Math.max(0, length - 22 - 0xffff); at--)
      if (this.#view.getUint32(at, true) === END && at + 22 + this.#view.getUint16(at + 20, true) === length)
        return at;
    throw damaged('it does not end as a zip does');
  }

  #end64(before: number): { count: number; length: number; start: number; end: number } | undefined {
    const locator = before - 20;
    const view = this.#view;
    if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64) return undefined;
    const at = this.#number64(locator + 8);
    if (
      at + 56 > locator ||
      view.getUint32(at, true) !== END_64 ||
      at + 12 + this.#number64(at + 4) !== locator
    )
      throw damaged('its directory is not where it says');
    return {
      count: this.#number64(at + 32),
      length: this.#number64(at + 40),
      start: this.#number64(at + 48),
      end: at,
    };
  }

  #number64(at: number): number {
    return Number(this.#view.getBigUint64(at, true));
  }

  /** One file as the directory has it, and as what stands before it repeats it. */
  #central(at: number, end: number): { entry: Entry; next: number } {
    const view = this.#view;
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) throw damaged('its directory is broken');
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const crc = view.getUint32(at + 16, true);
    const lengths = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const [nameLength, extraLength, commentLength] = lengths as [number, number, number];
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > end) throw damaged('its directory is broken');
    const name = this.#text(at + 46, nameLength);
    const sizes = this.#sizes(at, at + 46 + nameLength, extraLength, name);
    if (flags & ENCRYPTED) throw new KerasFormatError(`${show(name)} of the archive is encrypted`);
    const start = this.#local(sizes.header, { name, flags, method, crc, ...sizes });
    const entry = {
      name,
      method,
      crc,
      start,
      end: start + sizes.packed,
      size: sizes.size,
      header: sizes.header,
    };
    if (method !== STORED && method !== DEFLATED)
      throw new KerasFormatError(
        `${show(name)} of the archive is compressed by method ${method}, and only deflate is known`,
      );
    if (method === STORED && sizes.packed !== sizes.size) throw damaged(`${show(name)} has two sizes`);
    return { entry, next };
  }

  /** Sizes and place of a file, which stand in an extra field where they need more than 32 bits. */
  #sizes(at: number, extra: number, extraLength: number, name: string) {
    const view = this.#view;
    const found = {
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      header: view.getUint32(at + 42, true),
    };
    for (let field = extra; field + 4 <= extra + extraLength; ) {
      const length = view.getUint16(field + 2, true);
      if (field + 4 + length > extra + extraLength) break;
      if (view.getUint16(field, true) === 1) {
        let part = field + 4;
        for (const key of ['size', 'packed', 'header'] as const)
          if (found[key] === 0xffffffff) {
            if (part + 8 > field + 4 + length) throw damaged(`${show(name)} does not say its sizes`);
            found[key] = this.#number64(part);
            part += 8;
          }
      }
      field += 4 + length;
    }
    return found;
  }

  /** Compares what stands before a file with the directory; gives where the file begins. */
  #local(
    at: number,
    {
      name,
      flags,
      method,
      crc,
      packed,
      size,
    }: { name: string; flags: number; method: number; crc: number; packed: number; size: number },
  ): number {
    const view = this.#view;
    if (at + 30 > this.#bytes.length || view.getUint32(at, true) !== LOCAL)
      throw damaged(`${show(name)} is not where the directory says`);
    const differs = (what: string) => damaged(`${show(name)} has another ${what} than its directory says`);
    const nameLength = view.getUint16(at + 26, true);
    const start = at + 30 + nameLength + view.getUint16(at + 28, true);
    if (start + packed > this.#bytes.length) throw damaged(`${show(name)} is cut short`);
    if (this.#text(at + 30, nameLength) !== name) throw differs('name');
    if (view.getUint16(at + 6, true) !== flags) throw differs('kind');
    if (view.getUint16(at + 8, true) !== method) throw differs('method');
    const same = (offset: number, wanted: number, elsewhere?: number) => {
      const found = view.getUint32(at + offset, true);
      return found === wanted || found === elsewhere || (found === 0 && (flags & SIZES_FOLLOW) !== 0);
    };
    if (!same(14, crc)) throw differs('checksum');
    // A size that needs more than 32 bits, or might have, stands in an extra field.
    if (!same(18, packed, 0xffffffff) || !same(22, size, 0xffffffff)) throw differs('size');
    return start;
  }

  #text(at: number, length: number): string {
    return new TextDecoder().decode(this.#bytes.subarray(at, at + length));
  }
}

const damaged = (why: string) => new KerasFormatError(`the archive is damaged: ${why}`);

/** No two files share bytes, and none reaches into the directory. */
function assertApart(entries: Entry[], directory: number): void {
  let free = 0;
  for (const { name, header, end } of entries.toSorted((a, b) => a.header - b.header)) {
    if (header < free || end > directory) throw damaged(`${show(name)} shares its bytes with another`);
    free = end;
  }
}

/** Unpacks in steps, each of which gives at most a thousand times its size, and stops where more comes out than is said. */
function inflate(name: string, packed: Uint8Array, size: number): Uint8Array {
  const content = new Uint8Array(size);
  let length = 0;
  const inflater = new Inflate((part) => {
    if (length + part.length > size) throw damaged(`${name} is larger than it says`);
    content.set(part, length);
    length += part.length;
  });
  try {
    for (let at = 0; at === 0 || at < packed.length; at += STEP)
      inflater.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
  } catch (error) {
    if (error instanceof KerasFormatError) throw error;
    throw damaged(`${name} cannot be unpacked (${(error as Error).message})`);
  }
  return content.subarray(0, length);
}

const STEP = 2 ** 12;
