// A step of fastAdam beside one of tf.train.adam, and beside the fastAdam of another build of this package, in one process: median
// ratios of runs in turn. Needs the built package. The other build is copied beside this one's dependencies, so that both have one tfjs.
//   pnpm build && node bench/adam.mjs [folder of the other build's dist]
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { median } from '../../../scripts/measure.mjs';
import * as ours from '../dist/index.js';

const RUNS = Number(process.env.RUNS ?? 41);
setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);

const other = process.argv[2] && (await copyOf(process.argv[2]));
async function copyOf(folder) {
  const copy = new URL('../node_modules/.other-build/', import.meta.url);
  rmSync(copy, { recursive: true, force: true });
  cpSync(folder, fileURLToPath(copy), { recursive: true });
  return import(new URL('index.js', copy));
}

const builds = { now: ours, ...(other && { before: other }) };

/** CPU seconds that `steps` updates of a weight of n × n and of one of n take, by one optimizer, with the gradients given. */
function updates(make, n, steps) {
  const weights = [tf.variable(tf.zeros([n, n])), tf.variable(tf.zeros([n]))];
  const gradients = Object.fromEntries(
    weights.map((w) => [w.name, tf.randomNormal(w.shape, 0, 1, 'float32', 1)]),
  );
  const optimizer = make();
  return {
    run() {
      const before = process.cpuUsage();
      for (let i = 0; i < steps; i++) optimizer.applyGradients(gradients);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / steps / 1000;
    },
    end() {
      tf.dispose([...weights, ...Object.values(gradients)]);
      optimizer.dispose();
    },
  };
}

console.log(
  `| weights | kernels | tf.train.adam, ms | fastAdam, ms |${other ? ' before, ms | before ÷ now |' : ''}`,
);
console.log(`|${' --- |'.repeat(other ? 6 : 4)}`);
for (const backend of ['cpu', 'wasm']) {
  await tf.setBackend(backend);
  for (const kernels of ['stock', 'fast'])
    for (const [n, steps] of [
      [3, 2000],
      [256, 100],
      [1024, 4],
    ]) {
      const put = (build) => {
        for (const { useStockKernels } of Object.values(builds)) useStockKernels();
        if (kernels === 'fast') build.useFastKernels();
      };
      const ways = {
        stock: [ours, updates(() => tf.train.adam(0.001), n, Math.ceil(steps / 10))],
        ...Object.fromEntries(
          Object.entries(builds).map(([name, build]) => [
            name,
            [build, updates(() => build.fastAdam(0.001), n, steps)],
          ]),
        ),
      };
      const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
      for (let run = -2; run < RUNS; run++)
        // In turn the other way round, so that neither always follows the other.
        for (const [name, [build, { run: time }]] of run % 2
          ? Object.entries(ways)
          : Object.entries(ways).reverse()) {
          put(build);
          const ms = time();
          if (run >= 0) times[name].push(ms);
        }
      for (const [, { end }] of Object.values(ways)) end();
      const ratios = times.before?.map((ms, i) => ms / times.now[i]);
      const cells = [
        `${backend}, ${n}²`,
        kernels,
        median(times.stock).toPrecision(3),
        median(times.now).toPrecision(3),
      ];
      if (ratios) cells.push(median(times.before).toPrecision(3), median(ratios).toFixed(3));
      console.log(`| ${cells.join(' | ')} |`);
    }
  for (const { useStockKernels } of Object.values(builds)) useStockKernels();
}
