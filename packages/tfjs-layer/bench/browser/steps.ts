// Training steps of stock layers and of ours, side by side on the backend in use.
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, sequential, layers as stock } from '@tensorflow/tfjs-layers';
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
  milliseconds: number;
  /**
   * How often the time of the others goes into that of stock layers: the median of the turns' ratios, since other work slows a turn as
   * a whole. The last is of stock layers once more, so how far off such a ratio is.
   */
  faster: number[];
}

const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;

async function kernelsOf(step: () => Promise<unknown>): Promise<number> {
  const { kernels } = await tf.profile(async () => {
    await step();
    return [];
  });
  return kernels.length;
}

/** One row for each network and size; no times for 0 runs. */
export async function steps(runs: number, sizes = SIZES): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const [network, { stock: theirs, ours }] of Object.entries(NETWORKS))
    for (const { inputs, units, batch } of sizes) {
      const x = tf.randomNormal([batch, inputs], 0, 1, 'float32', 1);
      const y = tf.randomNormal([batch, units], 0, 1, 'float32', 2);
      const models: LayersModel[] = [theirs, theirs, ours, theirs].map((make) => {
        const model = sequential({ layers: make({ units, inputShape: [inputs] }) });
        model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
        return model;
      });
      const before = [useStockKernels, useFastKernels, useStockKernels, useStockKernels];
      const ways = [...models.keys()];
      // It ends when its loss has been read, so the GPU has done all of it.
      const run = (i: number) => (models[i] as LayersModel).trainOnBatch(x, y);
      const kernels: number[] = [];
      const times: number[][] = models.map(() => []);
      try {
        for (const i of ways) {
          before[i]?.();
          await run(i); // compiles
          kernels.push(await kernelsOf(() => run(i)));
        }
        const repeat = batch < 100 ? 5 : 2;
        for (let turn = runs > 0 ? -2 : 0; turn < runs; turn++)
          // Each is first, second, third and last in turn.
          for (const i of ways.map((place) => (place + turn + ways.length) % ways.length)) {
            before[i]?.();
            const start = performance.now();
            for (let n = 0; n < repeat; n++) await run(i);
            if (turn >= 0) times[i]?.push((performance.now() - start) / repeat);
          }
      } finally {
        useStockKernels();
      }
      cells.push({
        network,
        size: `${inputs}→${units}, batch ${batch}`,
        kernels: kernels.slice(0, 3),
        milliseconds: median(times[0] as number[]),
        faster: ways
          .slice(1)
          .map((i) => median((times[0] as number[]).map((ms, turn) => ms / (times[i]?.[turn] as number)))),
      });
      for (const model of models) {
        model.optimizer.dispose();
        model.dispose();
      }
      tf.dispose([x, y]);
    }
  return cells;
}
