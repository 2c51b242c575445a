// What becomes of a folder of public structures ({ container, kerasVersion, modelTopology, weightsManifest? } as NNN.json):
//     pnpm build && node scripts/public-models.mjs FOLDER [--values OUT]
// Each is loaded with random weights; with the folder that public_models.py wrote, with those and compared with Keras's own outputs.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { KerasFormatError, loadKerasModel } from '../dist/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { values: { type: 'string' } },
});
const [folder] = positionals;
if (!folder || !existsSync(folder)) {
  process.stdout.write(`no folder of structures at ${folder}: nothing to try\n`);
  process.exit(0);
}
setWasmPaths(`${join(import.meta.dirname, '../node_modules/@tensorflow/tfjs-backend-wasm/wasm-out')}/`);
await tf.setBackend('wasm');

/** Relative to the largest output: hundreds of float32 layers, summed in another order than Keras on JAX. */
const TOLERANCE = 1e-4;

/** The file that a user would have, where public_models.py wrote one, or the structure alone. */
function sourceOf(name, structure) {
  const at = (suffix) => join(values.values ?? folder, `${name}${suffix}`);
  const file = [at('.keras'), at('.model.json')].find((path) => existsSync(path));
  return file ?? structure.modelTopology;
}

/** The largest difference from Keras's outputs, relative to the largest of them; undefined without such. */
function errorOf(model, name) {
  const path = join(values.values ?? folder, `${name}.values.json`);
  if (!existsSync(path)) return undefined;
  // Python writes NaN and Infinity, which are no JSON.
  const text = readFileSync(path, 'utf8').replace(/-?\b(NaN|Infinity)\b/g, 'null');
  const { inputs, outputs } = JSON.parse(text);
  return tf.tidy(() => {
    const x = inputs.map(({ values, shape }) => tf.tensor(values, shape));
    const y = [model.predict(x.length === 1 ? x[0] : x)].flat();
    if (y.length !== outputs.length) return Number.POSITIVE_INFINITY;
    // Random weights may overflow in Keras itself, whose NaN no tolerance compares.
    if (outputs.some(({ values }) => !values.every(Number.isFinite))) return undefined;
    const errors = outputs.map(({ values, shape }, i) => {
      if (String(shape) !== String(y[i].shape)) return Number.POSITIVE_INFINITY;
      const got = y[i].dataSync();
      const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
      return values.reduce((most, value, j) => Math.max(most, Math.abs(value - got[j])), 0) / scale;
    });
    return Math.max(...errors);
  });
}

const count = { loaded: 0, refused: 0, compared: 0, wrong: 0 };
for (const file of readdirSync(folder)
  .filter((file) => /^[-\w]+\.json$/.test(file))
  .sort()) {
  const name = file.slice(0, -5);
  const structure = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const told = `${name} ${structure.container} ${structure.kerasVersion}:`;
  const before = tf.memory().numTensors;
  try {
    const model = await loadKerasModel(sourceOf(name, structure));
    count.loaded++;
    const error = errorOf(model, name);
    if (error !== undefined) count.compared++;
    const isWrong = error !== undefined && !(error < TOLERANCE);
    if (isWrong) count.wrong++;
    const notes = model.notes.length > 0 ? `, ${model.notes.length} notes` : '';
    const compared =
      error === undefined ? '' : `, ${isWrong ? 'WRONG' : 'right'} (${error.toExponential(1)})`;
    model.dispose();
    const left = tf.memory().numTensors - before;
    process.stdout.write(`${told} loads${compared}${notes}${left === 0 ? '' : `, ${left} TENSORS LEFT`}\n`);
  } catch (error) {
    count.refused++;
    const kind = error instanceof KerasFormatError ? 'refused' : 'FAILS';
    process.stdout.write(`${told} ${kind}: ${error.message}\n`);
  }
}
process.stdout.write(`${JSON.stringify(count)}\n`);
