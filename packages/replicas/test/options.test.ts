// No option is ignored in silence: every export that takes options refuses one that nobody knows, by name.
import { leakyRelu } from '@rectify/core/js';
import { afterAll, expect, it } from 'vitest';
import * as replicas from '../src/index.js';
import * as workers from '../src/workers.js';

const good = {
  features: [[0], [1]],
  labels: [0, 1],
  output: { activation: 'softmax', loss: 'cross_entropy', units: 2 },
  hidden: [{ units: 2, activation: leakyRelu() }],
  seeds: 1,
  epochs: 1,
  batchSize: 1,
} as const;
const threads = workers.createWorkers({ threads: 1 });
afterAll(() => threads.close());

/** A call of each with one option more than it has. */
const calls: Record<string, (unknown: object) => unknown> = {
  train: (more) => replicas.train({ ...good, ...more }),
  trainSync: (more) => replicas.trainSync({ ...good, ...more }),
  trainInWorkers: (more) => workers.trainInWorkers({ ...good, ...more }),
  createWorkers: (more) => workers.createWorkers(more),
};

/** The same beside their first argument, and of what they give. */
const others: Record<string, (unknown: object) => unknown> = {
  'train, watched': (more) => replicas.train(good, more),
  'trainInWorkers, watched': (more) => workers.trainInWorkers(good, more),
  'workers.train': (more) => threads.train({ ...good, ...more }),
  'workers.train, watched': (more) => threads.train(good, more),
};

it('each function that is exported stands here', () => {
  const exported = Object.keys({ ...replicas, ...workers });
  expect(Object.keys(calls).sort()).toEqual(exported.sort());
});

it.each(Object.entries({ ...calls, ...others }))('%s', async (_, call) => {
  await expect((async () => call({ zzqy: 1 }))()).rejects.toThrow('has no option "zzqy"; it takes ');
});
