// The worker: whether the product of two numbers is positive, by a network with Leaky ReLU; saved and loaded again.
import '@tensorflow/tfjs-backend-cpu';
import { layers, register, useFastKernels } from '@rectify/tfjs-layer';
import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, sequential } from '@tensorflow/tfjs-layers';

useFastKernels();
register();

globalThis.onmessage = async ({ data: { epochs, seed } }) => {
  const x = tf.randomUniform([400, 2], -1, 1, 'float32', seed);
  const y = tf.tidy(() => tf.cast(tf.greater(tf.prod(x, 1, true), 0), 'float32'));
  const glorot = (seed) => ({ className: 'GlorotUniform', config: { seed } });
  const model = sequential({
    layers: [
      layers.dense({ units: 12, inputShape: [2], kernelInitializer: glorot(seed) }),
      layers.leakyReLU({ negativeSlope: 0.05 }),
      layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: glorot(seed + 1) }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.03), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  const { history } = await model.fit(x, y, {
    epochs,
    batchSize: 40,
    shuffle: false,
    verbose: 0,
    yieldEvery: 'never', // a worker has no page to keep alive
    callbacks: { onEpochEnd: (epoch) => postMessage({ done: (epoch + 1) / epochs }) },
  });
  let saved;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  const loaded = await loadLayersModel(tf.io.fromMemory(saved));
  postMessage({ done: 1, accuracy: history.acc.at(-1), slope: loaded.layers[1].getConfig().negativeSlope });
};
