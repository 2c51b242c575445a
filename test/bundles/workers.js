import { leakyRelu } from '@rectify/core';
import { trainInWorkers } from '@rectify/replicas/workers';

const trained = await trainInWorkers({
  features: [[0], [1]],
  labels: [0, 1],
  output: { activation: 'softmax', loss: 'cross_entropy', units: 2 },
  hidden: [{ units: 2, activation: leakyRelu() }],
  seeds: 2,
  batchSize: 2,
});
globalThis.result = [trained.length];
