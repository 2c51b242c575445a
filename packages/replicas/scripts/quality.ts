// Adds to fixtures/quality.json how well tfjs learns its tables: `node scripts/run.mjs scripts/quality.ts`, after scripts/quality.py.
import { writeFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import '@tensorflow/tfjs-backend-cpu';
import { median } from '../../../scripts/measure.mjs';
import { classesOf, fixtureOf, type QualityTable, tableOf } from '../measure/quality.js';

const SEEDS = 3;

async function scoreOf(table: QualityTable, seed: number): Promise<number> {
  const { labels, targets, train, test, hidden, activation, learningRate, batchSize, epochs } = table;
  const inputs = table.features[0].length;
  const x = (rows: readonly number[]) =>
    tf.tensor2d(
      rows.map((row) => [...table.features[row]]),
      [rows.length, inputs],
    );
  const classes = labels ? classesOf(labels) : 1;
  const y = (rows: readonly number[]) =>
    labels
      ? tf.oneHot(
          tf.tensor1d(
            rows.map((row) => labels[row]),
            'int32',
          ),
          classes,
        )
      : tf.tensor2d(
          rows.map((row) => targets?.[row] ?? 0),
          [rows.length, 1],
        );
  const initializer = (layer: number) => layers.initializers.glorotUniform({ seed: 100 * seed + layer });
  const model = layers.sequential({
    layers: [
      ...hidden.map((units, i) =>
        layers.layers.dense({
          units,
          activation,
          kernelInitializer: initializer(i + 1),
          ...(i === 0 && { inputShape: [inputs] }),
        }),
      ),
      layers.layers.dense({
        units: classes,
        activation: labels ? 'softmax' : 'linear',
        kernelInitializer: initializer(50),
      }),
    ],
  });
  model.compile({
    optimizer: tf.train.adam(learningRate),
    loss: labels ? 'categoricalCrossentropy' : 'meanSquaredError',
  });
  await model.fit(x(train), y(train), { epochs, batchSize, verbose: 0, yieldEvery: 'never' });
  const answers = model.predict(x(test)) as tf.Tensor2D;
  if (labels) {
    const chosen = await tf.argMax(answers, 1).data();
    return test.filter((row, i) => labels[row] === chosen[i]).length / test.length;
  }
  const values = await answers.data();
  const own = test.map((row) => targets?.[row] ?? 0);
  const mean = own.reduce((sum, value) => sum + value / own.length, 0);
  const errors = own.reduce((sum, value, i) => sum + (value - values[i]) ** 2, 0);
  return 1 - errors / own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

const root = process.env.REPLICAS_ROOT ?? '.';
const fixture = fixtureOf(root);
const tables: typeof fixture.tables = {};
for (const [name, written] of Object.entries(fixture.tables)) {
  const table = tableOf(root, written);
  if (!table) throw new Error(`${name}: its table is not there`);
  const tfjs: number[] = [];
  for (let seed = 0; seed < SEEDS; seed++) tfjs.push(await scoreOf(table, seed));
  console.log(name, median(tfjs));
  tables[name] = { ...written, tfjs };
}
writeFileSync(
  `${root}/fixtures/quality.json`,
  `${JSON.stringify({ ...fixture, tfjs: tf.version_core, tables })}\n`,
);
