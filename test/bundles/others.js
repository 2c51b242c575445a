import * as core from '@rectify/core';
import { leakyRelu } from '@rectify/core';
import { plot } from '@rectify/core/plot';
import { createPool } from '@rectify/core/wasm';
import { audit, sampleDiabetes, summarize } from '@rectify/dataset';
import { compare } from '@rectify/experiment';
import { train } from '@rectify/replicas';

const table = sampleDiabetes();
const trained = await train({
  features: [[0], [1]],
  labels: [0, 1],
  output: { activation: 'softmax', loss: 'cross_entropy', units: 2 },
  hidden: [{ units: 2, activation: leakyRelu() }],
  seeds: 2,
  batchSize: 2,
});
const { verdict } = await compare(table, { arms: 'relu,tanh', seeds: 2, epochs: 1 });
globalThis.result = [
  leakyRelu({ negativeSlope: 0.5 })(-2),
  Object.keys(core).length > 40,
  plot([leakyRelu()]).slice(0, 4),
  createPool(4096).free,
  summarize(table).rows,
  typeof String(audit(table)),
  trained.length,
  verdict.primary,
];
