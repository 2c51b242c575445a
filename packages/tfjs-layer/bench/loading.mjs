// What loading a model the size of MobileNetV2 (3.5 million weights, 14 MB) costs: a .keras archive by loadKerasModel beside the same layers and
// weights as model.json by tf.loadLayersModel, by turns in one process, in CPU time; then the first load of each in a process of its own, with its peak
// of memory, on Linux.
//   python bench/loading.py FOLDER && pnpm build && node bench/loading.mjs FOLDER
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { median } from '../../../scripts/measure.mjs';
import { loadKerasModel } from '../dist/index.js';

const RUNS = Number(process.env.RUNS ?? 15);
setWasmPaths(
  fileURLToPath(new URL('../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/', import.meta.url)),
);
await tf.setBackend('wasm');
await tf.ready();

const [at, what] = process.argv.slice(2);
/** The same weights as stock tfjs reads them, from a folder. */
const handler = (folder) => ({
  load: async () => {
    const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
    const { buffer, byteOffset, length } = readFileSync(join(folder, 'weights.bin'));
    const weightData = buffer.slice(byteOffset, byteOffset + length);
    return { modelTopology, weightSpecs: weightsManifest[0].weights, weightData };
  },
});
const load = {
  stock: (folder) => loadLayersModel(handler(folder)),
  keras: (folder) => loadKerasModel(join(folder, 'model.keras')),
};

/** A figure of this process's memory as Linux counts it, in bytes: `VmRSS` is held now, `VmHWM` the most since {@link forgetPeak}. */
const memory = (name) =>
  1024 * Number(new RegExp(`${name}:\\s*(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
// Not `resourceUsage().maxRSS`: that begins with what the process held that started this one.
const forgetPeak = () => writeFileSync('/proc/self/clear_refs', '5');

/** CPU time of one load in milliseconds, on all threads, and the model. */
async function timed(name) {
  const before = process.cpuUsage();
  const model = await load[name](at);
  const { user, system } = process.cpuUsage(before);
  return { model, milliseconds: (user + system) / 1000 };
}

if (what) {
  // A child: the peak of its memory while it loads, over what it held before, in bytes, and the time.
  globalThis.gc?.();
  forgetPeak();
  const before = memory('VmRSS');
  const { milliseconds } = await timed(what);
  process.stdout.write(`${memory('VmHWM') - before} ${milliseconds}`);
  process.exit(0);
}

const weights = statSync(join(at, 'weights.bin')).size;
const milliseconds = { stock: [], keras: [] };
for (let run = -2; run < RUNS; run++)
  for (const name of run % 2 === 0 ? ['stock', 'keras'] : ['keras', 'stock']) {
    const { model, milliseconds: taken } = await timed(name);
    if (run >= 0) milliseconds[name].push(taken);
    model.dispose();
  }
const [stock, keras] = ['stock', 'keras'].map((name) => median(milliseconds[name]));
const [firstStock, firstKeras] = ['stock', 'keras'].map((name) => {
  const runs = Array.from({ length: 9 }, () => {
    const { stdout } = spawnSync(
      process.execPath,
      ['--expose-gc', fileURLToPath(import.meta.url), at, name],
      { encoding: 'utf8' },
    );
    return stdout.trim().split(/\s+/).slice(-2).map(Number);
  });
  return { peak: median(runs.map(([peak]) => peak)), milliseconds: median(runs.map(([, taken]) => taken)) };
});
const mb = (bytes) => (bytes / 2 ** 20).toFixed(1);
const row = (what, stock, keras) =>
  `${what}: loadLayersModel ${stock.toFixed(0)} ms, loadKerasModel ${keras.toFixed(0)} ms: ${(keras / stock).toFixed(2)}×\n`;
process.stdout.write(
  `${weights} bytes of weights; medians of ${RUNS}, of 9 first loads\n` +
    row('by turns', stock, keras) +
    row('first load', firstStock.milliseconds, firstKeras.milliseconds) +
    `memory: loadLayersModel ${mb(firstStock.peak)} MiB, loadKerasModel ${mb(firstKeras.peak)} MiB: ${(firstKeras.peak / weights).toFixed(2)}× the weights\n`,
);
