// Training steps of stock layers and of ours, side by side on the backend in use.
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, sequential, layers as stock } from '@tensorflow/tfjs-layers';
import { median } from '../../../../scripts/measure.mjs';
import { activations, layers, useFastKernels, useStockKernels } from '../../src/index.js';

type Layer = stock.Layer;
type DenseArgs = Parameters<typeof stock.dense>[0];

const negativeSlope = 0.3;

/** What stands in a network, as stock layers and as ours. */
const NETWORKS: Record<string, { stock(args: DenseArgs): Layer[]; ours(args: DenseArgs): Layer[] }> = {
  'leakyReLU layer': {
    stock: (args) => [stock.dense(args), stock.leakyReLU()],
    ours: (args) => [stock.dense(args), layers.leakyReLU()],
  },
  'dense with leaky ReLU': {
    stock: (args) => [stock.dense({ ...args, activation: 'LeakyReLU' as 'relu' })],
    ours: (args) => [layers.dense({ ...args, activation: activations.leakyRelu({ negativeSlope }) })],
  },
  'prelu layer': {
    stock: (args) => [stock.dense(args), stock.prelu()],
    ours: (args) => [stock.dense(args), layers.prelu()],
  },
  'elu layer': {
    stock: (args) => [stock.dense(args), stock.elu()],
    ours: (args) => [stock.dense(args), layers.elu()],
  },
};
export const SIZES = [
  { inputs: 6, units: 3, batch: 10 },
  { inputs: 256, units: 256, batch: 128 },
];

export interface Cell {
  network: string;
  size: string;
  /** With stock layers, stock layers after useFastKernels(), and ours. */
  kernels: number[];
  /** Of a step with stock layers: the mean of two such models. */
  milliseconds: number;
  /** How often the time of the others goes into that mean, and that of one of the two into the other's, which tells how far off such a ratio is. */
  faster: number[];
}

async function kernelsOf(step: () => Promise<unknown>): Promise<number> {
  const { kernels } = await tf.profile(async () => {
    await step();
    return [];
  });
  return kernels.length;
}

/**
 * One row for each network whose name starts so and each size; no times for 0 runs. Models that are made first, and later, train at slightly different speeds: so
 * ours stand between two of stock layers, half of the turns in one order and half in the other.
 */
export async function steps(runs: number, sizes = SIZES, only = ''): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const [network, { stock: theirs, ours }] of Object.entries(NETWORKS))
    for (const { inputs, units, batch } of network.startsWith(only) ? sizes : []) {
      const x = tf.randomNormal([batch, inputs], 0, 1, 'float32', 1);
      const y = tf.randomNormal([batch, units], 0, 1, 'float32', 2);
      const ways = [
        { before: useStockKernels, make: theirs },
        { before: useFastKernels, make: theirs },
        { before: useStockKernels, make: ours },
        { before: useStockKernels, make: theirs },
      ];
      const kernels: number[] = ways.map(() => 0);
      const times: number[][] = ways.map(() => []);
      for (const order of [
        [0, 1, 2, 3],
        [3, 2, 1, 0],
      ]) {
        const models = new Map<number, LayersModel>();
        for (const way of order) {
          const model = sequential({
            layers: (ways[way] as (typeof ways)[0]).make({ units, inputShape: [inputs] }),
          });
          model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
          models.set(way, model);
        }
        // It ends when its loss has been read, so the GPU has done all of it.
        const run = (way: number) => (models.get(way) as LayersModel).trainOnBatch(x, y);
        try {
          for (const way of order) {
            ways[way]?.before();
            await run(way); // compiles
            kernels[way] = await kernelsOf(() => run(way));
          }
          const repeat = batch < 100 ? 5 : 2;
          for (let turn = runs > 0 ? -2 : 0; turn < runs; turn++)
            // Each is first, second, third and last in turn.
            for (const way of order.map((_, place) => order[(place + turn + 4) % 4] as number)) {
              ways[way]?.before();
              const start = performance.now();
              for (let n = 0; n < repeat; n++) await run(way);
              if (turn >= 0) times[way]?.push((performance.now() - start) / repeat);
            }
        } finally {
          useStockKernels();
        }
        for (const model of models.values()) {
          model.optimizer.dispose();
          model.dispose();
        }
      }
      const [first, fast, own, last] = times as [number[], number[], number[], number[]];
      const stockTimes = first.map((ms, turn) => (ms + (last[turn] as number)) / 2);
      const ratio = (of: number[], to: number[]) => median(of.map((ms, turn) => ms / (to[turn] as number)));
      cells.push({
        network,
        size: `${inputs}→${units}, batch ${batch}`,
        kernels: kernels.slice(0, 3),
        milliseconds: median(stockTimes),
        faster: [ratio(stockTimes, fast), ratio(stockTimes, own), ratio(first, last)],
      });
      tf.dispose([x, y]);
    }
  return cells;
}
