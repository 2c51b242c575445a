import { checkFloatArray, checkPositiveInteger, type FloatArray, show } from '../activation/arguments.js';
import { kernelsOn, type MemoryKernels } from './by-address.js';
import { Host, registerResident, TABLE_BYTES } from './host.js';
import { Stretches } from './stretches.js';
import { createMemory, type WasmMemory } from './webassembly.js';

/** Arrays that live in WASM memory, where kernels work on them without a copy. */
export interface Pool {
  /** Its first pages are the kernels' own. */
  readonly memory: WasmMemory;
  /** Bytes that no array holds; they need not lie together. */
  readonly free: number;
  /** An array of zeros. Throws RangeError when no free stretch is long enough. */
  allocate(kind: 'float32', length: number): Float32Array;
  allocate(kind: 'float64', length: number): Float64Array;
  /** Gives an array's bytes back. Throws RangeError for what is not an array of this pool, or was released before. */
  release(array: FloatArray): void;
  /** Kernels by address over this memory. */
  readonly kernels: MemoryKernels;
}

const ALIGNMENT = 16;
const MOST_BYTES = 2 ** 32 - TABLE_BYTES; // what a WebAssembly memory of 32-bit addresses can have

/**
 * A pool of that many bytes for arrays that live in WASM memory.
 *
 * The memory never grows, since growing would detach every array on it; pages that are never touched cost nothing. An array is
 * the caller's until `release`; after that its bytes may belong to another array, so it must not be used. When the pool and
 * its arrays are out of reach, all of it is collected: nothing needs to be freed at the end. Functions of `@rectify/core` and its
 * `/wasm` run on these arrays in place of copying them, if all arrays of a call come from one pool.
 *
 * Throws RangeError for a size that is not a positive integer or that the runtime cannot give.
 */
export function createPool(bytes: number): Pool {
  checkPositiveInteger('bytes', bytes);
  if (bytes > MOST_BYTES) throw new RangeError(`bytes must be at most ${MOST_BYTES}, got ${bytes}`);
  const host = new Host(createMemory(TABLE_BYTES + bytes), TABLE_BYTES);
  const { memory } = host;
  const total = memory.buffer.byteLength - TABLE_BYTES;
  registerResident(host);
  // By array, not by address: an address that was given back may be another array's by now.
  const taken = new WeakMap<FloatArray, number>();
  const room = new Stretches(TABLE_BYTES, total);

  function allocate(kind: 'float32', length: number): Float32Array;
  function allocate(kind: 'float64', length: number): Float64Array;
  function allocate(kind: 'float32' | 'float64', length: number): FloatArray {
    if (kind !== 'float32' && kind !== 'float64')
      throw new TypeError(`kind must be 'float32' or 'float64', got ${show(kind)}`);
    checkPositiveInteger('length', length);
    const width = kind === 'float32' ? 4 : 8;
    const size = Math.ceil((length * width) / ALIGNMENT) * ALIGNMENT;
    const start = room.take(size);
    if (start === undefined)
      throw new RangeError(
        `the pool has no free stretch of ${size} bytes; ${room.free} of ${total} are free`,
      );
    const array =
      kind === 'float32'
        ? new Float32Array(memory.buffer, start, length)
        : new Float64Array(memory.buffer, start, length);
    taken.set(array, size);
    return array.fill(0);
  }

  const pool: Pool = {
    memory,
    get free() {
      return room.free;
    },
    allocate,
    release(array) {
      checkFloatArray('array', array);
      const size = taken.get(array);
      if (size === undefined)
        throw new RangeError('the array is not one that this pool has allocated and not yet taken back');
      taken.delete(array);
      room.give(array.byteOffset, size);
    },
    kernels: kernelsOn(host),
  };
  return pool;
}
