// Uses the installed package with one way of having TensorFlow.js: `union`, or the backend that is there alone. Run by
// scripts/check-packed.mjs in the folder of a user; the last line says what came of it, as JSON.
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

const [, , way] = process.argv;
const UNION = '@tensorflow/tfjs'; // which this repository itself does not install
const modules =
  way === 'union'
    ? [await import(UNION), await import(UNION)]
    : [await import('@tensorflow/tfjs-core'), await import('@tensorflow/tfjs-layers')];
const [tf, tfl] = modules.map((module) => ({ ...module.default, ...module }));
if (way !== 'union') {
  const backend = await import(`@tensorflow/tfjs-backend-${way}`);
  const files = dirname(createRequire(import.meta.url).resolve(`@tensorflow/tfjs-backend-${way}`));
  (backend.setWasmPaths ?? backend.default?.setWasmPaths)?.(`${files}/`);
  await tf.setBackend(way);
}
await tf.ready();

const ours = await import('@rectify/tfjs-layer');
const { activations, fastAdam, inspectUnits, layers, loadKerasModel, register, unitMonitor } = ours;
const problems = [];
const check = (what, holds) => holds || problems.push(what);

register();
const replaced = ours.useFastKernels();
check(
  'fast kernels',
  replaced.some((name) => name.endsWith('LeakyRelu')),
);
const f = activations.leakyRelu({ negativeSlope: 0.05 });
const model = tfl.sequential({
  layers: [
    tfl.layers.dense({ units: 8, inputShape: [3], activation: f }),
    layers.prelu(),
    tfl.layers.dense({ units: 4, activation: 'leaky_relu' }),
    layers.leakyReLU({ negativeSlope: 0.07 }),
    tfl.layers.dense({ units: 1 }),
  ],
});
const x = tf.randomNormal([64, 3], 0, 1, 'float32', 1);
const y = tf.sum(x, 1, true);
model.compile({ optimizer: fastAdam(0.02), loss: 'meanSquaredError' });
const monitor = unitMonitor(x);
const { history } = await model.fit(x, y, { epochs: 20, verbose: 0, callbacks: monitor });
check('training', history.loss.at(-1) < history.loss[0] / 2);
check('monitor', monitor.reports.length === 20 && (await inspectUnits(model, x)).length === 4);

let saved;
await model.save(
  tf.io.withSaveHandler(async (artifacts) => {
    saved = artifacts;
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
  }),
);
const { weightData, ...rest } = saved;
const artifacts = { ...JSON.parse(JSON.stringify(rest)), weightData };
for (const loaded of [
  await tfl.loadLayersModel(tf.io.fromMemory(artifacts)),
  await loadKerasModel(artifacts),
]) {
  check('the saved slope', loaded.layers[0].activation.function.params.negativeSlope === 0.05);
  check('the saved layer', loaded.layers[3].negativeSlope === 0.07);
  const [a, b] = [model, loaded].map((m) => m.predict(x).dataSync());
  check(
    'the same predictions',
    a.every((value, i) => value === b[i]),
  );
}
console.log(JSON.stringify({ said: problems.join(', ') || 'all is well', backend: tf.getBackend() }));
process.exit();
