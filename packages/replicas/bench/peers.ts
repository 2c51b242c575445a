// What others take for the same work: tfjs by model.fit, PyTorch and JAX by bench/peers.py.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Seconds, timed } from './measure.js';
import { BATCH, classes, EPOCHS, features, stepsOfTraining, trainingRows } from './work.js';

export type Peer = Seconds & Readonly<Record<string, unknown>>;

/** model.fit of three networks over some epochs, taken as many times as there are trainings. */
export async function tfjsFit(trainings: number, units: number): Promise<Peer> {
  const tf = await import('@tensorflow/tfjs-core');
  const layers = await import('@tensorflow/tfjs-layers');
  await import('@tensorflow/tfjs-backend-cpu');
  await tf.setBackend('cpu');
  const [measured, epochs] = [3, 4];
  const x = tf.tensor2d(gathered(), [trainingRows.length, 6]);
  const y = tf.oneHot(
    tf.tensor1d(
      [...trainingRows].map((row) => classes[row]),
      'int32',
    ),
    3,
  );
  const { seconds } = await timed(1, async () => {
    for (let i = 0; i < measured; i++) {
      const model = layers.sequential({
        layers: [
          layers.layers.dense({ units, inputShape: [6] }),
          layers.layers.leakyReLU({ alpha: 0.05 }),
          layers.layers.dense({ units: 3, activation: 'softmax' }),
        ],
      });
      model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
      await model.fit(x, y, { epochs, batchSize: BATCH, verbose: 0, yieldEvery: 'never' });
      model.dispose();
    }
  });
  tf.dispose([x, y]);
  const factor = (trainings / measured) * (EPOCHS / epochs);
  return {
    cpu: seconds.cpu * factor,
    wall: seconds.wall * factor,
    version: tf.version_core,
    backend: 'cpu',
    measured,
    epochs,
  };
}

/** The networks side by side in batched products [networks, in, out], on the WebAssembly backend, over some steps. */
export async function tfjsBatched(trainings: number, units: number): Promise<Peer> {
  const tf = await import('@tensorflow/tfjs-core');
  const { setWasmPaths, version_wasm } = await import('@tensorflow/tfjs-backend-wasm');
  const folder = dirname(
    createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json'),
  );
  setWasmPaths(`${folder}/dist/`);
  await tf.setBackend('wasm');
  const measured = 40;
  const x = tf.tensor3d(gathered(), [1, trainingRows.length, 6]);
  const y = tf.oneHot(
    tf.tensor2d(
      [...trainingRows].map((row) => classes[row]),
      [1, trainingRows.length],
      'int32',
    ),
    3,
  ) as import('@tensorflow/tfjs-core').Tensor3D;
  const uniform = (inputs: number, outputs: number) => {
    const limit = Math.sqrt(6 / (inputs + outputs));
    return tf.variable(tf.randomUniform([trainings, inputs, outputs], -limit, limit, 'float32', 1));
  };
  const zeros = (outputs: number) => tf.variable(tf.zeros([trainings, 1, outputs]));
  const [w1, b1, w2, b2] = [uniform(6, units), zeros(units), uniform(units, 3), zeros(3)];
  const optimizer = tf.train.adam(0.001);
  const step = (number: number): void => {
    const start = ((number * BATCH) % (trainingRows.length - BATCH)) | 0;
    optimizer.minimize(() => {
      const own = tf.tile(tf.slice(x, [0, start, 0], [1, BATCH, 6]), [trainings, 1, 1]);
      const z = tf.add(tf.matMul(own, w1), b1);
      const hidden = tf.maximum(z, tf.mul(z, 0.05));
      const logits = tf.add(tf.matMul(hidden, w2), b2);
      const right = tf.sum(tf.mul(logits, tf.slice(y, [0, start, 0], [1, BATCH, 3])), -1);
      const losses = tf.sub(tf.log(tf.sum(tf.exp(logits), -1)), right);
      return tf.div(tf.sum(losses), BATCH) as import('@tensorflow/tfjs-core').Scalar;
    });
  };
  for (let number = 0; number < 5; number++) step(number);
  const { seconds } = await timed(1, () => {
    for (let number = 0; number < measured; number++) step(number);
    w1.dataSync();
  });
  tf.dispose([x, y, w1, b1, w2, b2]);
  optimizer.dispose();
  const factor = stepsOfTraining / measured;
  return {
    cpu: seconds.cpu * factor,
    wall: seconds.wall * factor,
    version: version_wasm,
    backend: 'wasm',
    measuredSteps: measured,
  };
}

const gathered = (): Float32Array =>
  Float32Array.from([...trainingRows].flatMap((row) => [...features.data.subarray(6 * row, 6 * row + 6)]));

export interface PythonPeers {
  torch?: Peer;
  jax?: Peer;
  missing: string[];
}

/** PyTorch and JAX where Python has them; PEERS_PYTHON names a Python of a virtual environment. */
export function pythonPeers(
  replicas: number,
  units: number,
  { torchSteps = 300, jaxEpochs = 5 } = {},
): PythonPeers {
  const { PEERS_PYTHON: python = 'python3' } = process.env;
  const input = JSON.stringify({
    rows: trainingRows.length,
    columns: 6,
    classes: 3,
    features: [...gathered()],
    labels: [...trainingRows].map((row) => classes[row]),
    batch: BATCH,
    epochs: EPOCHS,
    replicas,
    units,
    peers: ['torch', 'jax'],
    torchSteps,
    jaxEpochs,
  });
  const script = fileURLToPath(new URL('peers.py', benchFolder));
  const { status, stdout, stderr, error } = spawnSync(python, [script], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  });
  if (error || status !== 0)
    return {
      missing: [
        `torch, jax: ${error ? error.message : (stderr.trim().split('\n').pop() ?? `ended with ${status}`)}`,
      ],
    };
  return JSON.parse(stdout) as PythonPeers;
}

/** The bundle lies elsewhere; the command is started in the package or in the root. */
const benchFolder = new URL(`file://${process.env.REPLICAS_ROOT}/bench/`);
