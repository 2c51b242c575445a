// Runs arrays on WebAssembly: in place where they live in a memory of a pool, else through a small tile.
import type { FloatArray } from '../activation/arguments.js';
import type { Kernels } from '../activation/loops.js';
import { Host, type Program, residentOn, TABLE_BYTES } from './host.js';
import { createMemory } from './webassembly.js';

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

const part = <A extends FloatArray>(array: A, start: number, end: number): A =>
  start === 0 && end === array.length ? array : (array.subarray(start, end) as A);

export function tiledKernels({ code, args, table }: Program): Kernels {
  const [p0 = 0, p1 = 0, p2 = 0] = args; // a kernel ignores arguments that it does not take, as most do the start
  const { host, short, long } = sharedTiles();
  const tilesFor = (x: FloatArray) => (x.length * x.BYTES_PER_ELEMENT < LONG_TILE ? short : long);
  const onTile = host.kernels(code, table);
  return {
    forward(x, y, shared) {
      const single = x.BYTES_PER_ELEMENT === 4;
      const own = shared && residentOn(shared);
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
      const own = shared && residentOn(shared);
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
