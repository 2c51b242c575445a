import { type AttributeValue, readAttributes } from './attributes.js';
import { type Cursor, Hdf5Bytes } from './bytes.js';
import { type Links, readLinks } from './groups.js';
import { MESSAGE, type Message, readMessages } from './messages.js';
import { NUMBERS } from './numbers.js';
import { type DataType, elements, readShape, readType } from './types.js';
import { type Expansion, readBytes, readLayout } from './values.js';

/** A dataset of an HDF5 file: what it is, before anything of it is read. */
export interface Hdf5Dataset {
  shape: number[];
  /** `float32`, `float64`, `float16`, `bfloat16`, `int8` to `uint64`, `bool`, `string`, or what cannot be read by its class. */
  type: string;
  /**
   * Its numbers as float32. To be called once: the file's datasets together give no more than the file has.
   *
   * @param room Gives the array for so many numbers, by default a new one; asked when it is known that the numbers are there.
   */
  read(room?: (count: number) => Float32Array): Float32Array;
}

export interface Hdf5Limits {
  /** Most bytes that one byte of the file may stand for where it is compressed. */
  ratio: number;
}

/**
 * An HDF5 file as h5py writes it by default, and by `libver="v108"`: groups, attributes of texts and numbers, and datasets of numbers, whole or in
 * chunks that gzip packed.
 *
 * Only what is asked for is looked at: what lies beside may be anything. No link but a hard one is followed, as in Keras. The work is
 * bounded by the size of the file ({@link Hdf5Bytes}), and no dataset is made before it is known that its values are there.
 */
export class Hdf5File {
  readonly #file: Hdf5Bytes;
  readonly #root: number;
  readonly #objects = new Map<number, HdfObject>();
  /** Groups by their paths: what is asked for next mostly lies beside what was asked for before. */
  readonly #groups = new Map<string, HdfObject>();
  readonly #heaps = new Map<number, Map<number, Cursor>>();
  readonly #expansion: Expansion;

  constructor(bytes: Uint8Array, { ratio }: Hdf5Limits, name = 'the HDF5 file') {
    this.#file = new Hdf5Bytes(bytes, name);
    this.#root = rootOf(this.#file);
    this.#expansion = expansionOf(this.#file, ratio);
  }

  /** The names in a group, or undefined where there is no such group. */
  children(path: string): string[] | undefined {
    const links = this.#find(path)?.links();
    return links && [...links.keys()];
  }

  /** A text, a number or a list of those; undefined where there is no such attribute, or one of another kind. */
  attribute(path: string, name: string): AttributeValue | undefined {
    return this.#find(path)?.attributes().get(name)?.();
  }

  /** A dataset, or undefined where there is none at the path. */
  dataset(path: string): Hdf5Dataset | undefined {
    const object = this.#find(path);
    if (!object || object.links()) return undefined;
    const messages = object.messages();
    const of = (type: number) => messages.find((message) => message.type === type)?.body;
    const [typed, sized] = [of(MESSAGE.datatype), of(MESSAGE.dataspace)];
    if (!typed || !sized) return undefined;
    const stored = readType(typed);
    const shape = readShape(sized) ?? [0];
    const isBfloat16 = stored.size === 2 && object.attributes().get('dtype')?.() === 'bfloat16';
    const type = isBfloat16 ? { ...stored, name: 'bfloat16' } : stored;
    return { shape, type: type.name, read: (room) => this.#read(path, type, shape, messages, room) };
  }

  #read(
    path: string,
    type: DataType,
    shape: number[],
    messages: Message[],
    room: (count: number) => Float32Array = (count) => new Float32Array(count),
  ): Float32Array {
    const where = JSON.stringify(path);
    const convert = Object.hasOwn(NUMBERS, type.name) ? NUMBERS[type.name] : undefined;
    if (!convert) throw this.#file.refused(`${where} is of ${type.name}, which is no number`);
    const count = elements(shape);
    const layout = readLayout(this.#file, messages, where, count * type.size);
    const bytes = readBytes(this.#file, layout, type, shape, where, this.#expansion);
    const values = room(count);
    convert(bytes, values);
    return values;
  }

  #find(path: string): HdfObject | undefined {
    const end = Math.max(path.lastIndexOf('/'), 0);
    const group = path.slice(0, end);
    const parent = this.#groups.get(group) ?? this.#follow(this.#object(this.#root), group, path);
    if (!parent) return undefined;
    this.#groups.set(group, parent);
    return this.#follow(parent, path.slice(end), path);
  }

  /** What a part of a path leads to. */
  #follow(from: HdfObject, part: string, path: string): HdfObject | undefined {
    let object = from;
    for (const name of part.split('/')) {
      if (name === '') continue;
      const target = object.links()?.get(name);
      if (target === undefined) return undefined;
      if (typeof target === 'string')
        throw this.#file.refused(`${JSON.stringify(name)} in ${JSON.stringify(path)} is a ${target}`);
      object = this.#object(target);
    }
    return object;
  }

  #object(address: number): HdfObject {
    const known = this.#objects.get(address);
    if (known) return known;
    const object = new HdfObject(this.#file, address, (id) => this.#heapText(id));
    this.#objects.set(address, object);
    return object;
  }

  /** A text of a heap that serves the whole file. */
  #heapText(id: Cursor): string {
    const length = id.u32();
    const address = id.address();
    if (address === undefined || length === 0) return '';
    const object = this.#heap(address).get(id.u32());
    if (!object || object.left < length) throw this.#file.damaged('a text is not where it says');
    return this.#file.cursor(object.at, length).text(length);
  }

  #heap(address: number): Map<number, Cursor> {
    const known = this.#heaps.get(address);
    if (known) return known;
    const head = this.#file.cursor(address);
    head.signature('GCOL', 'a heap of texts');
    head.skip(4);
    const cursor = this.#file.cursor(address + 16, head.u64() - 16);
    const objects = new Map<number, Cursor>();
    while (cursor.left >= 16) {
      const index = cursor.u16();
      cursor.skip(6);
      const length = cursor.u64();
      if (index === 0) break; // free space to the end
      objects.set(index, cursor.take(length));
      cursor.at += Math.min(cursor.left, (8 - (length % 8)) % 8);
    }
    this.#heaps.set(address, objects);
    return objects;
  }
}

/** A group or dataset, read when it is first looked into. */
class HdfObject {
  #links: { read: Links | undefined } | undefined;
  #attributes: ReturnType<typeof readAttributes> | undefined;
  /** Messages of which nothing is read yet, kept from the look for links that were not there. */
  #messages: Message[] | undefined;

  constructor(
    readonly file: Hdf5Bytes,
    readonly address: number,
    readonly heapText: (id: Cursor) => string,
  ) {}

  links(): Links | undefined {
    if (!this.#links) {
      const messages = readMessages(this.file, this.address);
      this.#links = { read: readLinks(this.file, messages) };
      if (!this.#links.read) this.#messages = messages;
    }
    return this.#links.read;
  }

  /** What the object is told by, to be read once. */
  messages(): Message[] {
    const messages = this.#messages ?? readMessages(this.file, this.address);
    this.#messages = undefined;
    return messages;
  }

  attributes(): ReturnType<typeof readAttributes> {
    this.#attributes ??= readAttributes(this.file, readMessages(this.file, this.address), this.heapText);
    return this.#attributes;
  }
}

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether bytes begin as an HDF5 file does, as far as they go. */
export const isHdf5 = (bytes: Uint8Array): boolean =>
  bytes.length > 0 && bytes.subarray(0, SIGNATURE.length).every((byte, i) => byte === SIGNATURE[i]);

/** The address of the root group. */
function rootOf(file: Hdf5Bytes): number {
  if (file.length < 8 || !isHdf5(file.part(0, 8)))
    throw file.damaged('it does not begin as an HDF5 file does');
  const head = file.cursor(8);
  const version = head.u8();
  if (version > 3) throw file.refused(`it is of version ${version} of the format`);
  if (version < 2) head.skip(4);
  const [offsets, lengths] = [head.u8(), head.u8()];
  if (offsets !== 8 || lengths !== 8)
    throw file.refused(
      `its addresses have ${offsets} bytes and its lengths ${lengths}, where Keras writes 8`,
    );
  head.skip(version < 2 ? 9 + (version === 1 ? 4 : 0) : 1);
  const base = head.address();
  head.skip(8); // free space, or an extension of this head
  const end = head.u64();
  if (base !== 0) throw file.refused(`it begins at ${base} and not at its beginning`);
  if (end > file.length) throw file.damaged(`it has ${file.length} bytes of ${end}`);
  if (version < 2) head.skip(16); // the driver, and the root's name
  return head.addressOf('the root group');
}

/** What is stored once can be read once, and what is packed may not come out larger than a ratio allows. */
function expansionOf(file: Hdf5Bytes, ratio: number): Expansion {
  let stored = 0;
  let unpacked = 0;
  return {
    check(more, from, where) {
      stored += from;
      unpacked += more;
      if (stored > file.length) throw file.damaged('its datasets share their values');
      if (unpacked > ratio * file.length + SMALL)
        throw file.refused(
          `${where} unpacks to more than ${ratio} times the size of the file; limits.ratio allows more`,
        );
    },
  };
}

/** Bytes that may be unpacked from any file. */
const SMALL = 2 ** 24;
