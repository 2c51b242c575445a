// Runs the arrays of an activation on WebAssembly: in place where they live in a WASM memory of ours, else through a small tile.

import {
  type Activation,
  createActivation,
  type Defined,
  definitionOf,
  jsKernels,
  unfitForFloat32,
} from './_activation.js';
import { checkInside, checkSameOrApart, checkSize, widthOf } from './_addresses.js';
import type { FloatArray } from './_arguments.js';
import type { Kernels } from './_kernels.js';
import { type PreluMemoryKernels, preluOnMemory } from './_prelu-memory.js';
import { createMemory, instantiate, type KernelExports, type WasmMemory } from './_webassembly.js';

/** Which module runs a function, and with what parameters. */
export interface Program {
  code: string;
  /** Up to three. */
  args: readonly number[];
  /** Why its parameters are none for float32, if so. */
  unfit?: string | undefined;
  table?: TableKernels;
}

/** A module with float32 kernels that look rows up in the memory's first TABLE_BYTES, in place of f4 or b4 or both. */
export interface TableKernels {
  code: string;
  /** Writes the rows. */
  fill(buffer: ArrayBufferLike, kernels: KernelExports): void;
}

export type ProgramOf<P extends object> = (params: P) => Program;

/** Where an activation keeps its program. */
const programOf: unique symbol = Symbol('program');

interface Accelerated extends Activation {
  readonly [programOf]?: Program;
}

/** What a memory of ours starts with: room for the tables of _tables.ts, in whole pages, so that what is asked for in such stays so. */
export const TABLE_BYTES = 3 * 65536;

/** Kernels over one memory, instantiated as they are asked for. */
export class Host {
  private readonly instances = new Map<string, KernelExports>();

  constructor(
    readonly memory: WasmMemory,
    /** What lies below is the kernels' own: tables, where there is room for them. */
    readonly start = 0,
  ) {}

  kernels(code: string, table?: TableKernels): KernelExports {
    const known = this.instances.get(code);
    if (known) return known;
    let made = instantiate(code, this.memory);
    if (table && this.start > 0) {
      table.fill(this.memory.buffer, made);
      made = { ...made, ...instantiate(table.code, this.memory) };
    }
    this.instances.set(code, made);
    return made;
  }
}

// x and dy lie in tiles, and the result in the place of x. In 16 KiB all of it stays in the first cache, and none of the second is
// taken from x and y. Arrays of 1 MiB on, which are beyond that cache anyway, go through 1 MiB: the copy out of so long a tile
// passes the caches by, so that memory is not read before it is overwritten. Measured by `pnpm bench:tiles`, forward, short and
// long, in times of a copy: 0.25 MiB 2.2 and 2.5, 1 MiB 3.4 and 3.4, 2 MiB 5.5 and 3.5, 8 MiB 3.6 and 3.0, 16 MiB 3.7 and 2.4.
const SHORT_TILE = 2 ** 14;
const LONG_TILE = 2 ** 20;

interface Tiles {
  x4: Float32Array;
  dy4: Float32Array;
  x8: Float64Array;
  dy8: Float64Array;
}

interface TileMemory {
  host: Host;
  short: Tiles;
  long: Tiles;
}

let tileMemory: TileMemory | undefined;

function sharedTiles(): TileMemory {
  if (tileMemory) return tileMemory;
  // Pages that are never touched cost nothing.
  const host = new Host(createMemory(TABLE_BYTES + 2 * SHORT_TILE + 2 * LONG_TILE), TABLE_BYTES);
  const { buffer } = host.memory;
  const tiles = (start: number, bytes: number): Tiles => ({
    x4: new Float32Array(buffer, start, bytes / 4),
    dy4: new Float32Array(buffer, start + bytes, bytes / 4),
    x8: new Float64Array(buffer, start, bytes / 8),
    dy8: new Float64Array(buffer, start + bytes, bytes / 8),
  });
  tileMemory = {
    host,
    short: tiles(TABLE_BYTES, SHORT_TILE),
    long: tiles(TABLE_BYTES + 2 * SHORT_TILE, LONG_TILE),
  };
  return tileMemory;
}

const residents = new WeakMap<ArrayBufferLike, Host>();

/** The host of the memory that an array lives on, if it is of a pool. */
export const residentOf = ({ buffer }: FloatArray): Host | undefined => residents.get(buffer);

/** From now on arrays on that host's memory are worked on where they are. */
export const registerResident = (host: Host): void => {
  residents.set(host.memory.buffer, host);
};

const part = <A extends FloatArray>(array: A, start: number, end: number): A =>
  start === 0 && end === array.length ? array : (array.subarray(start, end) as A);

function wasmKernels({ code, args, table }: Program): Kernels {
  const [p0 = 0, p1 = 0, p2 = 0] = args; // a kernel ignores arguments that it does not take, as most do the start
  const { host, short, long } = sharedTiles();
  const tilesFor = (x: FloatArray) => (x.length * x.BYTES_PER_ELEMENT < LONG_TILE ? short : long);
  const onTile = host.kernels(code, table);
  return {
    forward(x, y, shared) {
      const single = x.BYTES_PER_ELEMENT === 4;
      const own = shared && residents.get(shared);
      if (own) {
        const kernels = own.kernels(code, table);
        (single ? kernels.f4 : kernels.f8)(x.byteOffset, y.byteOffset, x.length, p0, p1, p2, 0);
        return;
      }
      const { x4, x8 } = tilesFor(x);
      const xTile = single ? x4 : x8;
      const at = xTile.byteOffset;
      const kernel = single ? onTile.f4 : onTile.f8;
      const step = xTile.length;
      for (let start = 0; start < x.length; start += step) {
        const end = Math.min(start + step, x.length);
        xTile.set(part(x, start, end));
        kernel(at, at, end - start, p0, p1, p2, start);
        y.set(part(xTile, 0, end - start), start);
      }
    },
    backward(x, dy, dx, shared) {
      const single = x.BYTES_PER_ELEMENT === 4;
      const own = shared && residents.get(shared);
      if (own) {
        const kernels = own.kernels(code, table);
        const kernel = single ? kernels.b4 : kernels.b8;
        kernel(x.byteOffset, dy.byteOffset, dx.byteOffset, x.length, p0, p1, p2, 0);
        return;
      }
      const { x4, x8, dy4, dy8 } = tilesFor(x);
      const xTile = single ? x4 : x8;
      const dyTile = single ? dy4 : dy8;
      const at = xTile.byteOffset;
      const dyAt = dyTile.byteOffset;
      const kernel = single ? onTile.b4 : onTile.b8;
      const step = xTile.length;
      for (let start = 0; start < x.length; start += step) {
        const end = Math.min(start + step, x.length);
        xTile.set(part(x, start, end));
        dyTile.set(part(dy, start, end));
        kernel(at, dyAt, at, end - start, p0, p1, p2, start);
        dx.set(part(xTile, 0, end - start), start);
      }
    },
  };
}

// Below this many elements JS is as fast, where it gives the same bits: piecewise linear functions only (measured).
export const SHORT = 32;

/** WASM where the runtime has it, else JS; decided at the first array that is not short. */
function bestKernels(js: Kernels, program: Program, short: number): Kernels {
  let long: Kernels | undefined;
  const best = (): Kernels => {
    if (!long) {
      try {
        long = wasmKernels(program);
      } catch {
        // No WebAssembly, no SIMD, or a policy against it: there is nothing to tell, the results are the same.
        long = js;
      }
    }
    return long;
  };
  return {
    forward: (x, y, shared) => (x.length < short ? js : (long ?? best())).forward(x, y, shared),
    backward: (x, dy, dx, shared) => (x.length < short ? js : (long ?? best())).backward(x, dy, dx, shared),
  };
}

function onlyWasm(program: Program): Kernels {
  let kernels: Kernels | undefined;
  const own = (): Kernels => {
    kernels ??= wasmKernels(program);
    return kernels;
  };
  return {
    forward: (x, y, shared) => own().forward(x, y, shared),
    backward: (x, dy, dx, shared) => own().backward(x, dy, dx, shared),
  };
}

/** `required` throws where there is no WASM, `preferred` falls back to JS. */
export type How = 'preferred' | 'required';

/** The kernels of a program; `preferred` takes those of JS for arrays shorter than `short` too. */
export const kernelsOnWasm = (program: Program, how: How, js: () => Kernels, short: number): Kernels =>
  how === 'required' ? onlyWasm(program) : bestKernels(js(), program, short);

// Factories as they are: the parameter types differ from function to function.
// biome-ignore lint/suspicious/noExplicitAny: only so can one type stand for every factory
type Factory = (params?: any) => Activation<any>;

/** The factory with its arrays on WASM. */
export function onWasm<F extends Factory>(
  factory: F,
  program: ProgramOf<ReturnType<F>['params']>,
  how: How = 'preferred',
): F {
  const made = (params?: object) => {
    const { [definitionOf]: definition } = factory(params) as Defined<object>;
    const own = { ...program(definition.params), unfit: unfitForFloat32(definition.params) };
    const short = definition.pieces ? SHORT : 0;
    const kernels = kernelsOnWasm(own, how, () => jsKernels(definition), short);
    return createActivation(definition, kernels, { [programOf]: own });
  };
  return made as F;
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
    if (width === 4 && program.unfit !== undefined) throw new RangeError(program.unfit);
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
