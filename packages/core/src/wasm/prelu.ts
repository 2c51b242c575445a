// PReLU with a slope for each channel on arrays: in place where they live in a WASM memory of ours, else through a tile.
import type { FloatArray } from '../activation/arguments.js';
import {
  createPreluPerChannel,
  jsPrelu,
  type Layout,
  PIECE,
  type PreluKernels,
  type PreluPerChannel,
  slopeGradient,
} from '../functions/prelu-per-channel.js';
import { type How, SHORT } from './accelerate.js';
import { Host, residentOn } from './host.js';
import { preluPerChannelCode, preluSlopeCode } from './modules.js';
import type { SlopeExports } from './prelu-by-address.js';
import { createMemory } from './webassembly.js';

// Three tiles of 16 KiB: x (the result takes its place), dy, and the slopes or the sums.
const TILE_BYTES = 16384;

interface Tiles {
  x: FloatArray;
  dy: FloatArray;
  slopes: FloatArray;
}

interface TileMemory {
  host: Host;
  single: Tiles;
  double: Tiles;
  sums: Float64Array;
}

let memory: TileMemory | undefined;

function tileMemory(): TileMemory {
  if (memory) return memory;
  const host = new Host(createMemory(3 * TILE_BYTES));
  const { buffer } = host.memory;
  const tiles = (at: (index: number) => FloatArray): Tiles => ({ x: at(0), dy: at(1), slopes: at(2) });
  memory = {
    host,
    single: tiles((i) => new Float32Array(buffer, i * TILE_BYTES, TILE_BYTES / 4)),
    double: tiles((i) => new Float64Array(buffer, i * TILE_BYTES, TILE_BYTES / 8)),
    sums: new Float64Array(buffer, 2 * TILE_BYTES, TILE_BYTES / 8),
  };
  return memory;
}

/** A part of a layout that fits a tile: where it starts, and its first channel. */
interface Part extends Layout {
  start: number;
  first: number;
}

/** Visits the layout in parts of at most `capacity` elements, in order: whole blocks, else whole runs, else pieces of a run. */
function eachPart({ outer, channels, inner }: Layout, capacity: number, visit: (part: Part) => void): void {
  const block = channels * inner;
  if (block <= capacity) {
    const most = Math.floor(capacity / block);
    for (let o = 0; o < outer; o += most)
      visit({ start: o * block, first: 0, outer: Math.min(most, outer - o), channels, inner });
    return;
  }
  const some = Math.max(1, Math.floor(capacity / inner));
  for (let row = 0; row < outer * channels; row += channels) {
    for (let first = 0; first < channels; first += some) {
      for (let i = 0; i < inner; i += capacity) {
        visit({
          start: (row + first) * inner + i,
          first,
          outer: 1,
          channels: Math.min(some, channels - first),
          inner: Math.min(capacity, inner - i),
        });
      }
    }
  }
}

const partOf = (array: FloatArray, start: number, length: number): FloatArray =>
  length === array.length ? array : array.subarray(start, start + length);

function wasmPrelu(): PreluKernels {
  const { host, single, double, sums } = tileMemory();
  const onTile = host.kernels(preluPerChannelCode);
  const slopeOnTile = host.kernels(preluSlopeCode) as unknown as SlopeExports;
  const dyAt = TILE_BYTES;
  const slopesAt = 2 * TILE_BYTES;

  const stream = (
    x: FloatArray,
    slopes: FloatArray,
    dy: FloatArray | undefined,
    out: FloatArray,
    layout: Layout,
  ): void => {
    const is4 = x.BYTES_PER_ELEMENT === 4;
    const tiles = is4 ? single : double;
    let loaded = -1;
    eachPart(layout, tiles.x.length, ({ start, first, outer, channels, inner }) => {
      const length = outer * channels * inner;
      if (first !== loaded) {
        tiles.slopes.set(partOf(slopes, first, channels));
        // Rows with a slope for each element become one long row that repeats them.
        if (inner === 1)
          for (let n = channels; n < length; n *= 2) tiles.slopes.copyWithin(n, 0, Math.min(n, length - n));
        loaded = first;
      }
      const [rows, columns] = inner === 1 ? [1, length] : [outer, channels];
      tiles.x.set(partOf(x, start, length));
      if (dy) {
        tiles.dy.set(partOf(dy, start, length));
        (is4 ? onTile.b4 : onTile.b8)(0, dyAt, slopesAt, 0, rows, columns, inner);
      } else (is4 ? onTile.f4 : onTile.f8)(0, slopesAt, 0, rows, columns, inner);
      out.set(partOf(tiles.x, 0, length), start);
    });
  };

  return {
    forward(x, slopes, y, layout) {
      const own = residentOn(x.buffer);
      if (!own || own !== residentOn(y.buffer) || own !== residentOn(slopes.buffer)) {
        stream(x, slopes, undefined, y, layout);
        return;
      }
      const kernels = own.kernels(preluPerChannelCode);
      const kernel = x.BYTES_PER_ELEMENT === 4 ? kernels.f4 : kernels.f8;
      kernel(x.byteOffset, slopes.byteOffset, y.byteOffset, layout.outer, layout.channels, layout.inner);
    },
    backward(x, slopes, dy, dx, layout) {
      const own = residentOn(x.buffer);
      if (!own || [slopes, dy, dx].some((array) => residentOn(array.buffer) !== own)) {
        stream(x, slopes, dy, dx, layout);
        return;
      }
      const kernels = own.kernels(preluPerChannelCode);
      const kernel = x.BYTES_PER_ELEMENT === 4 ? kernels.b4 : kernels.b8;
      kernel(
        x.byteOffset,
        dy.byteOffset,
        slopes.byteOffset,
        dx.byteOffset,
        layout.outer,
        layout.channels,
        layout.inner,
      );
    },
    // Through the tile always: the sums need room beside x and dy, which a pool's memory does not have to give.
    slopeGradient(x, dy, layout) {
      const is4 = x.BYTES_PER_ELEMENT === 4;
      const tiles = is4 ? single : double;
      const total = new Float64Array(layout.channels);
      eachPart(layout, PIECE, ({ start, first, outer, channels, inner }) => {
        const length = outer * channels * inner;
        const own = partOf(total, first, channels);
        sums.set(own);
        tiles.x.set(partOf(x, start, length));
        tiles.dy.set(partOf(dy, start, length));
        (is4 ? slopeOnTile.s4 : slopeOnTile.s8)(0, dyAt, slopesAt, outer, channels, inner, 8);
        own.set(partOf(sums, 0, channels));
      });
      return total;
    },
  };
}

let best: PreluKernels | undefined;

/** WASM where the runtime has it, else JS; decided at the first array that is long enough. */
function bestFor(x: FloatArray): PreluKernels {
  if (x.length < SHORT) return jsPrelu;
  if (!best) {
    try {
      best = wasmPrelu();
    } catch {
      best = jsPrelu; // as in dress.ts
    }
  }
  return best;
}

let only: PreluKernels | undefined;

function onlyWasm(): PreluKernels {
  only ??= wasmPrelu();
  return only;
}

const kernelsBy = (choose: (x: FloatArray) => PreluKernels): PreluKernels => ({
  forward: (x, slopes, y, layout) => choose(x).forward(x, slopes, y, layout),
  backward: (x, slopes, dy, dx, layout) => choose(x).backward(x, slopes, dy, dx, layout),
  slopeGradient: (x, dy, layout) => choose(x).slopeGradient(x, dy, layout),
});

const preferred: PreluKernels = /* @__PURE__ */ kernelsBy(bestFor);
const required: PreluKernels = /* @__PURE__ */ kernelsBy(onlyWasm);

/** `preluPerChannel` with its arrays on WASM: `required` throws where there is none, `preferred` falls back to JS. */
export const preluPerChannelOnWasm =
  (how: How) =>
  (slopes: FloatArray, innerSize = 1): PreluPerChannel =>
    createPreluPerChannel(slopes, innerSize, how === 'required' ? required : preferred);

/** `preluSlopeGradient` likewise. */
export const preluSlopeGradientOnWasm =
  (how: How) =>
  <A extends FloatArray>(x: A, dy: A): number =>
    slopeGradient(x, dy, how === 'required' ? required : preferred);
