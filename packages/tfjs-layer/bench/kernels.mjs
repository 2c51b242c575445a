// tfjs's kernels and layers, and ours, side by side in one process: medians of 15 runs, random signs. Needs the built package; PyTorch
// stands beside them where python3 has it.
//   pnpm build && node bench/kernels.mjs [elementwise | steps] [wasm | cpu] [units]
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as stock from '@tensorflow/tfjs-layers';
import { median } from '../../../scripts/measure.mjs';
import { activations, fastAdam, layers, useFastKernels, useStockKernels } from '../dist/index.js';

const RUNS = 15;
setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);

/** Engines compile hot code a while after it got hot. */
const WARM_MS = 100;

/** Medians in ms of several ways to do the same, run in turn; each run repeats a short one. */
async function compare(ways, repeat) {
  const times = ways.map(() => []);
  for (const way of ways) {
    way.before();
    for (const start = performance.now(); performance.now() - start < WARM_MS; ) await way.run();
  }
  for (let run = -3; run < RUNS; run++)
    for (const [i, way] of ways.entries()) {
      way.before();
      await way.run(); // its first call after the change of kernels does not count
      const start = performance.now();
      for (let n = 0; n < repeat; n++) await way.run();
      if (run >= 0) times[i].push((performance.now() - start) / repeat);
    }
  return times.map(median);
}

const row = (...cells) => console.log(`| ${cells.join(' | ')} |`);
const header = (...names) => {
  row(...names);
  row(...names.map(() => '---'));
};
const times = ([first, ...others]) => [
  first.toPrecision(3),
  ...others.map((ms) => `${(first / ms).toFixed(1)}× (${ms.toPrecision(3)})`),
];

async function elementwise(backend, size) {
  await tf.setBackend(backend);
  const x = tf.randomNormal([size]);
  const dy = tf.randomNormal([size]);
  const repeat = Math.max(1, Math.min(300, Math.floor(3e6 / size)));
  const both = (run) => [
    { before: useStockKernels, run },
    { before: useFastKernels, run },
  ];
  const withForward = tf.grad((x) => tf.leakyRelu(x, 0.05));
  const alone = () => tf.getGradient('LeakyRelu').gradFunc(dy, [x], { alpha: 0.05 }).x();
  const ways = {
    'tf.leakyRelu': () => tf.leakyRelu(x, 0.05).dispose(),
    'its gradient': () => tf.tidy(alone).dispose(),
    'tf.grad of it': () => withForward(x, dy).dispose(),
  };
  for (const [name, run] of Object.entries(ways))
    row(backend, name, size.toExponential(), ...times(await compare(both(run), repeat)));
  tf.dispose([x, dy]);
}

/** A network of one layer with Leaky ReLU, its weights given, and its training step. */
function network({ inputs, units }, ours) {
  const options = { units, inputShape: [inputs], kernelInitializer: 'heNormal' };
  const leaky = activations.leakyRelu({ negativeSlope: 0.05 });
  const model = stock.sequential({
    layers: ours
      ? [layers.dense({ ...options, activation: leaky })]
      : [stock.layers.dense(options), stock.layers.leakyReLU({ alpha: 0.05 })],
  });
  model.compile({ optimizer: (ours ? fastAdam : tf.train.adam)(0.001), loss: 'meanSquaredError' });
  return model;
}

async function steps(backend, shape, pytorch) {
  const { inputs, units, batch, repeat } = shape;
  await tf.setBackend(backend);
  const x = tf.randomNormal([batch, inputs]);
  const y = tf.randomNormal([batch, units]);
  const models = [network(shape, false), network(shape, false), network(shape, true)];
  for (const model of models.slice(1)) model.setWeights(models[0].getWeights());
  const before = [useStockKernels, useFastKernels, useFastKernels];

  // The first 100 steps (10 of the largest) tell whether the losses are equal, one more what it needs.
  const losses = models.map(() => []);
  const peaks = [];
  for (const [i, model] of models.entries()) {
    before[i]();
    for (let n = 0; n < (repeat > 1 ? 100 : 10); n++) losses[i].push(await model.trainOnBatch(x, y));
    const { numTensors, numBytes } = tf.memory();
    const { peakBytes, kernels } = await tf.profile(() => model.trainOnBatch(x, y));
    const most = Math.max(...kernels.map(({ totalTensorsSnapshot }) => totalTensorsSnapshot));
    peaks.push([most - numTensors, ((peakBytes - numBytes) / 1e6).toPrecision(3)]);
  }
  const difference = Math.max(
    ...losses.flatMap((own) => own.map((loss, n) => Math.abs(loss - losses[0][n]))),
  );
  const ways = models.map((model, i) => ({ before: before[i], run: () => model.trainOnBatch(x, y) }));
  const [plain, fast, all] = await compare(ways, repeat);
  row(
    `${backend}, ${inputs}→${units}, batch ${batch}`,
    ...times([plain, fast, all]),
    pytorch?.toPrecision(2) ?? '–',
    [peaks[0], peaks[2]].map((peak) => `${peak[0]}, ${peak[1]}`).join(' → '),
    difference.toExponential(0),
  );
  tf.dispose([x, y]);
}

const SHAPES = [
  { inputs: 6, units: 3, batch: 10, repeat: 100 },
  { inputs: 256, units: 256, batch: 128, repeat: 5 },
  { inputs: 1024, units: 1024, batch: 512, repeat: 1 },
];

function pytorch() {
  const shapes = SHAPES.map(({ inputs, units, batch, repeat }) => [inputs, units, batch, repeat]);
  const script = fileURLToPath(new URL('step.py', import.meta.url));
  const { status, stdout } = spawnSync(process.env.PYTHON ?? 'python3', [script, JSON.stringify(shapes)], {
    encoding: 'utf8',
    env: { ...process.env, OPENBLAS_NUM_THREADS: '1' },
  });
  return status === 0 ? stdout.trim().split('\n').map(Number) : [];
}

const [, , only, onlyBackend, onlyUnits] = process.argv;
const backends = ['wasm', 'cpu'].filter((backend) => !onlyBackend || backend === onlyBackend);
if (only !== 'steps') {
  header('', '', 'elements', 'stock, ms', '`useFastKernels()`');
  for (const backend of backends) for (const size of [1e3, 1e5, 1e7]) await elementwise(backend, size);
}
if (only !== 'elementwise') {
  const marks = pytorch();
  console.log();
  header(
    'a training step',
    'stock, ms',
    '`useFastKernels()`',
    'and `layers.dense`, `fastAdam`',
    'PyTorch, ms',
    'tensors, MB at the peak of a step',
    'losses differ by',
  );
  for (const backend of backends)
    for (const [i, shape] of SHAPES.entries())
      if (!onlyUnits || shape.units === Number(onlyUnits)) await steps(backend, shape, marks[i]);
}
