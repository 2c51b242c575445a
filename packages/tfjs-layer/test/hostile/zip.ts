// Writes zips as the standard has them, or lying in any field.
import { deflateRawSync } from 'node:zlib';
import { crc32 } from '../../src/keras/containers/crc.js';

export interface Entry {
  name: string;
  /** The bytes as they stand in the file. */
  raw: Uint8Array;
  crc: number;
  method?: number;
  flags?: number;
  /** The sizes that it says it has. */
  packed?: number;
  size?: number;
  localName?: string;
  /** Where it says that it lies; nothing is written for it then. */
  offset?: number;
}

export const stored = (name: string, content: string | Uint8Array, more: Partial<Entry> = {}): Entry => {
  const raw = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, raw, crc: crc32(raw), ...more };
};

export const deflated = (name: string, content: Uint8Array, more: Partial<Entry> = {}): Entry => ({
  name,
  raw: deflateRawSync(content, { level: 9 }),
  crc: crc32(content),
  size: content.length,
  method: 8,
  ...more,
});

interface Ending {
  count?: number;
  prefix?: Uint8Array;
  /** Between the files and the directory, or after the end. */
  gap?: Uint8Array;
  tail?: Uint8Array;
}

export function zip(
  entries: Entry[],
  { count = entries.length, prefix, gap, tail }: Ending = {},
): Uint8Array {
  const parts: Uint8Array[] = prefix ? [prefix] : [];
  const central: Buffer[] = [];
  let at = prefix?.length ?? 0;
  for (const {
    name,
    raw,
    crc,
    method = 0,
    flags = 0,
    packed = raw.length,
    size = raw.length,
    localName = name,
    offset,
  } of entries) {
    const [own, other] = [Buffer.from(name), Buffer.from(localName)];
    const fields = (nameLength: number) => {
      const head = Buffer.alloc(26);
      head.writeUInt16LE(20, 0);
      head.writeUInt16LE(flags, 2);
      head.writeUInt16LE(method, 4);
      head.writeUInt32LE(crc, 10);
      head.writeUInt32LE(packed, 14);
      head.writeUInt32LE(size, 18);
      head.writeUInt16LE(nameLength, 22);
      return head;
    };
    const begin = Buffer.alloc(14);
    begin.writeUInt32LE(offset ?? at, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x00'), fields(own.length), begin, own);
    if (offset !== undefined) continue;
    parts.push(Buffer.from('PK\x03\x04'), fields(other.length), other, raw);
    at += 30 + other.length + raw.length;
  }
  if (gap) parts.push(gap);
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  for (const place of [8, 10]) end.writeUInt16LE(Math.min(count, 0xffff), place);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at + (gap?.length ?? 0), 16);
  return new Uint8Array(Buffer.concat([...parts, directory, end, ...(tail ? [tail] : [])]));
}
