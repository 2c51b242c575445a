import type { Cursor } from './bytes.js';

/** How one element of a dataset or attribute is stored. */
export interface DataType {
  /** `float32`, `int64`, `bool`, `string`, …, or for what cannot be read `type class 6`. */
  name: string;
  /** Bytes of an element in the file. */
  size: number;
  /** Texts lie in a heap of the whole file, by number. */
  inHeap?: boolean;
}

const [INTEGER, FLOAT, TEXT, OPAQUE, ENUMERATION, VARIABLE_LENGTH] = [0, 1, 3, 5, 8, 9];

/** Floating-point types by their bytes and the bits of their exponent. */
const FLOATS: Record<string, string> = {
  '2 5': 'float16',
  '2 8': 'bfloat16',
  '4 8': 'float32',
  '8 11': 'float64',
};

/** Reads a datatype message. */
export function readType(cursor: Cursor): DataType {
  const first = cursor.u8();
  const kind = first & 0x0f;
  const bits = cursor.uint(3);
  const size = cursor.u32();
  const other = { name: `type class ${kind}`, size };
  const isLittleEndian = (bits & 1) === 0;
  if (kind === INTEGER && isLittleEndian && [1, 2, 4, 8].includes(size))
    return { name: `${bits & 8 ? 'int' : 'uint'}${8 * size}`, size };
  if (kind === FLOAT && isLittleEndian && (bits & 0x40) === 0) {
    cursor.skip(5); // bit offset, precision, place of the exponent
    const exponent = cursor.u8();
    return { name: FLOATS[`${size} ${exponent}`] ?? other.name, size };
  }
  if (kind === TEXT) return { name: 'string', size };
  // The values of h5py's bool, which is an enumeration of FALSE and TRUE.
  if (kind === ENUMERATION && size === 1) return { name: 'bool', size };
  if (kind === OPAQUE) {
    const tag = cursor.text(Math.min(cursor.left, bits & 0xff));
    return tag.includes('bfloat16') ? { name: 'bfloat16', size } : other;
  }
  if (kind === VARIABLE_LENGTH && (bits & 0x0f) === 1) return { name: 'string', size: 16, inHeap: true };
  return other;
}

/** Reads a dataspace message: the sizes of an array, none of a single value, null of nothing at all. */
export function readShape(cursor: Cursor): number[] | null {
  const version = cursor.u8();
  const rank = cursor.u8();
  cursor.u8(); // flags: whether the largest sizes follow
  if (version === 1) cursor.skip(5);
  else if (version !== 2) throw cursor.file.damaged(`it has a dataspace of version ${version}`);
  else if (cursor.u8() === 2) return null;
  return Array.from({ length: rank }, () => cursor.u64());
}

export const elements = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);
