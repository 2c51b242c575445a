// What others take for the same work: tfjs by model.fit, PyTorch and JAX by bench/peers.py.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Seconds, timed } from './measure.js';
import { BATCH, classes, EPOCHS, features, trainingRows } from './work.js';

export type Peer = Seconds & Readonly<Record<string, unknown>>;

/** model.fit of three networks over some epochs, taken as many times as there are trainings. */
export async function tfjsFit(trainings: number, units: number): Promise<Peer> {
  const tf = await import('@tensorflow/tfjs-core');
  const layers = await import('@tensorflow/tfjs-layers');
  await import('@tensorflow/tfjs-backend-cpu');
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
