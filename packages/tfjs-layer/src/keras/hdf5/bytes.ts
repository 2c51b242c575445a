import { KerasFormatError } from '../format.js';

/** One for all: a file has thousands of names, and to make a decoder costs more than to use it. */
export const UTF8 = /* @__PURE__ */ new TextDecoder();

/**
 * The bytes of an HDF5 file, and how much of it may still be read.
 *
 * Every structure is read through {@link cursor}, which spends its length. A file that was written honestly has each structure once, so
 * that a few times its size is plenty; one whose addresses run in circles, or meet in one place again and again, runs out. The time
 * that a stranger's file takes is thereby linear in its size, whatever it holds.
 */
export class Hdf5Bytes {
  readonly length: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #left: number;

  constructor(
    bytes: Uint8Array,
    /** How error messages name the file. */
    readonly name: string,
  ) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.length = bytes.length;
    this.#left = 8 * bytes.length + 2 ** 16;
  }

  damaged(why: string): KerasFormatError {
    return new KerasFormatError(`${this.name} is damaged: ${why}`);
  }

  refused(why: string): KerasFormatError {
    return new KerasFormatError(`${this.name} cannot be read: ${why}`);
  }

  /** What lies at an address, up to the end of the file or as long as is said. */
  cursor(address: number, length = this.length - address): Cursor {
    if (!(address >= 0 && length >= 0 && address + length <= this.length))
      throw this.damaged(`${length} bytes at ${address} are beyond its end`);
    return new Cursor(this, this.#view, address, address + length);
  }

  /** The bytes themselves, not counted: of values, whose sum is bounded elsewhere. */
  part(address: number, length: number): Uint8Array {
    this.cursor(address, length);
    return this.#bytes.subarray(address, address + length);
  }

  spend(count: number): void {
    this.#left -= count;
    if (this.#left < 0) throw this.damaged('its structures refer to each other without end');
  }
}

/** Reads numbers one after the other, little-endian as HDF5 has them. */
export class Cursor {
  constructor(
    readonly file: Hdf5Bytes,
    readonly view: DataView,
    public at: number,
    readonly end: number,
  ) {}

  get left(): number {
    return this.end - this.at;
  }

  u8(): number {
    return this.view.getUint8(this.skip(1));
  }

  u16(): number {
    return this.view.getUint16(this.skip(2), true);
  }

  u32(): number {
    return this.view.getUint32(this.skip(4), true);
  }

  /** A whole number of so many bytes: the format writes some as short as their largest value allows. */
  uint(bytes: number): number {
    const at = this.skip(bytes);
    let value = 0;
    for (let i = bytes - 1; i >= 0; i--) value = value * 256 + this.view.getUint8(at + i);
    if (value > Number.MAX_SAFE_INTEGER) throw this.file.damaged(`it has the number ${value} as a size`);
    return value;
  }

  /** A length of eight bytes. */
  u64(): number {
    return this.uint(8);
  }

  /** An address, or undefined where the file says that there is none. */
  address(): number | undefined {
    const at = this.skip(8);
    if (this.view.getUint32(at, true) === 0xffffffff && this.view.getUint32(at + 4, true) === 0xffffffff)
      return undefined;
    this.at = at;
    const address = this.u64();
    if (address >= this.file.length) throw this.file.damaged(`the address ${address} is beyond its end`);
    return address;
  }

  /** An address that must be there. */
  addressOf(what: string): number {
    const address = this.address();
    if (address === undefined) throw this.file.damaged(`${what} has no address`);
    return address;
  }

  signature(wanted: string, what: string): void {
    const at = this.skip(4);
    for (let i = 0; i < 4; i++)
      if (this.view.getUint8(at + i) !== wanted.charCodeAt(i))
        throw this.file.damaged(`${what} at ${at} does not begin with ${wanted}`);
  }

  /** A text of so many bytes, up to its first zero. */
  text(length: number): string {
    const at = this.skip(length);
    const bytes = new Uint8Array(this.view.buffer, this.view.byteOffset + at, length);
    const zero = bytes.indexOf(0);
    return UTF8.decode(zero < 0 ? bytes : bytes.subarray(0, zero));
  }

  /** Moves on; says where it was. */
  skip(length: number): number {
    const { at } = this;
    if (length > this.end - at) throw this.file.damaged(`what lies at ${at} is cut short`);
    this.file.spend(length);
    this.at = at + length;
    return at;
  }

  /** The next bytes as a cursor of their own. */
  take(length: number): Cursor {
    if (length > this.left) throw this.file.damaged(`what lies at ${this.at} is cut short`);
    const part = this.file.cursor(this.at, length);
    this.at += length;
    return part;
  }
}
