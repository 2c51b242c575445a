// `pnpm bench:tiles`: how long a tile of WASM memory should be, through which ordinary arrays are streamed (src/wasm/tiles.ts). Times
// of leakyRelu by tile length and array size, as multiples of the time that copying the array takes (`y.set(x)`).
import { median } from '../../../scripts/measure.mjs';
import { leakyReluCode } from '../src/wasm/modules.js';
import { createMemory, instantiate } from '../src/wasm/webassembly.js';
import { data } from './_measure.js';

const TILES = [4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096].map((kilobytes) => kilobytes * 1024);
const ARRAYS = [0.0625, 0.25, 1, 2, 4, 8, 16, 40].map((megabytes) => megabytes * 2 ** 20);
/** Every way is run so often, one after the other, so that what disturbs the machine disturbs all of them. */
const ROUNDS = 21;

const longest = TILES[TILES.length - 1];
const memory = createMemory(2 * longest);
const { f4, b4 } = instantiate(leakyReluCode, memory);

/** As src/wasm/tiles.ts streams: x and dy through tiles side by side, the result in the place of x. */
function stream(bytes: number, x: Float32Array, dy: Float32Array | undefined, y: Float32Array): void {
  const tile = new Float32Array(memory.buffer, 0, bytes / 4);
  const dyTile = new Float32Array(memory.buffer, bytes, bytes / 4);
  for (let start = 0; start < x.length; start += tile.length) {
    const end = Math.min(start + tile.length, x.length);
    tile.set(x.subarray(start, end));
    if (dy) {
      dyTile.set(dy.subarray(start, end));
      b4(0, bytes, 0, end - start, 0.01);
    } else f4(0, 0, end - start, 0.01);
    y.set(tile.subarray(0, end - start), start);
  }
}

for (const backward of [false, true]) {
  const rows = ARRAYS.map((size) => {
    const x = data(size / 4);
    const dy = backward ? data(size / 4, 2) : undefined;
    const y = new Float32Array(x.length);
    const ways = [() => y.set(x), ...TILES.map((bytes) => () => stream(bytes, x, dy, y))];
    const times = ways.map((): number[] => []);
    const calls = Math.ceil(2 ** 20 / size); // so that a run is long enough for the clock
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, way] of ways.entries()) {
        const start = performance.now();
        for (let call = 0; call < calls; call++) way();
        times[i].push(performance.now() - start);
      }
    }
    const [copy, ...streamed] = times.map((runs) => median(runs.slice(3)));
    return [`${size / 2 ** 20} MiB`, ...streamed.map((time) => (time / copy).toFixed(2))];
  });
  const head = ['array', ...TILES.map((bytes) => `${bytes / 1024} KiB`)];
  const lines = [head, ...rows].map((row) => row.map((cell) => cell.padStart(8)).join(' '));
  console.log(`\n${backward ? 'backward' : 'forward'}, times a copy, by tile length\n${lines.join('\n')}`);
}
