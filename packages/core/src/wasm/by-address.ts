// Kernels over a memory that somebody else owns, or a pool.
import type { Activation } from '../activation/activation.js';
import { inFloat32 } from '../activation/arrays.js';
import { programOf } from './accelerate.js';
import { checkInside, checkSameOrApart, checkSize, widthOf } from './addresses.js';
import { Host, type Program } from './host.js';
import { type PreluMemoryKernels, preluOnMemory } from './prelu-by-address.js';
import type { WasmMemory } from './webassembly.js';

interface Accelerated extends Activation {
  readonly [programOf]?: Program;
}

/** Kernels over a memory that somebody else owns. */
export interface MemoryKernels extends PreluMemoryKernels {
  /**
   * y[i] = f(x[i]) for `length` elements at the byte addresses x and y, which are the same or do not overlap.
   */
  forward(f: Activation, kind: 'float32' | 'float64', x: number, y: number, length: number): void;
  /** dx[i] = dy[i]·f′(x[i]); dx may be x or dy. */
  backward(
    f: Activation,
    kind: 'float32' | 'float64',
    x: number,
    dy: number,
    dx: number,
    length: number,
  ): void;
}

/**
 * The kernels on a WebAssembly.Memory of the caller's: nothing is copied, nothing else in it is touched, and it may grow.
 *
 * Addresses are in bytes and need no alignment. The memory must not be shared. Throws what WebAssembly throws where it, or SIMD,
 * is missing or forbidden, TypeError for what is not such a memory; a call throws TypeError for an activation that is not of `@rectify/core` or its `/wasm`, or an
 * unknown kind, and RangeError for addresses outside of the memory, a partial overlap, or parameters that float32 cannot hold.
 */
export function instantiateKernels(memory: WasmMemory): MemoryKernels {
  // By tag, as everywhere: a memory of another realm is as good.
  const tagOf = (value: unknown): string => Object.prototype.toString.call(value).slice(8, -1);
  if (tagOf(memory) !== 'WebAssembly.Memory')
    throw new TypeError(`memory must be a WebAssembly.Memory, got ${tagOf(memory)}`);
  if (tagOf(memory.buffer) !== 'ArrayBuffer') throw new TypeError('memory must not be a shared one');
  return kernelsOn(new Host(memory));
}

/** The same on a host that is there. */
export function kernelsOn(host: Host): MemoryKernels {
  const { memory, start } = host;
  const programFor = (f: Activation, width: 4 | 8): Program => {
    const program = (f as Accelerated)[programOf];
    if (!program)
      throw new TypeError(`${f.name} has no WASM kernel: take it from @rectify/core or @rectify/core/wasm`);
    if (width === 4 && !program.isFit) {
      inFloat32(f.params);
      program.isFit = true;
    }
    return program;
  };
  return {
    forward(f, kind, x, y, length) {
      const width = widthOf(kind);
      const { code, args, table } = programFor(f, width);
      checkSize('length', length, 0);
      const bytes = length * width;
      const size = memory.buffer.byteLength;
      checkInside('x', x, bytes, start, size);
      checkInside('y', y, bytes, start, size);
      checkSameOrApart('x', x, 'y', y, bytes);
      const kernels = host.kernels(code, table);
      (width === 4 ? kernels.f4 : kernels.f8)(x, y, length, ...args);
    },
    backward(f, kind, x, dy, dx, length) {
      const width = widthOf(kind);
      const { code, args, table } = programFor(f, width);
      checkSize('length', length, 0);
      const bytes = length * width;
      const size = memory.buffer.byteLength;
      checkInside('x', x, bytes, start, size);
      checkInside('dy', dy, bytes, start, size);
      checkInside('dx', dx, bytes, start, size);
      checkSameOrApart('x', x, 'dy', dy, bytes);
      checkSameOrApart('x', x, 'dx', dx, bytes);
      checkSameOrApart('dy', dy, 'dx', dx, bytes);
      const kernels = host.kernels(code, table);
      (width === 4 ? kernels.b4 : kernels.b8)(x, dy, dx, length, ...args);
    },
    ...preluOnMemory(host),
  };
}
