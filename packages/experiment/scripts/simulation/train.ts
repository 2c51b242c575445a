import { activation } from '@rectify/core/js';
import { type Replica, trainSync } from '@rectify/replicas';
import type { Run } from '../../src/analyse/run.js';
import { answersOf } from '../../src/measures/answers.js';
import { measureNamed, rowValues } from '../../src/measures/measure.js';
import { draws } from '../../src/random/draws.js';
import { streamSeed } from '../../src/random/streams.js';
import { type DrawnRows, drawTable, type TableKind } from './tables.js';

/**
 * The arms. `relu` is the baseline. `twin 1` and `twin 2` are the same network from other initial weights and orders of rows, so that no
 * difference to it is the truth; `tanh` shares the baseline's seeds, and differs truly.
 */
export const arms = ['relu', 'twin 1', 'twin 2', 'tanh'] as const;

const shareHeldOut = 0.25;
const accuracy = measureNamed('accuracy');

/** Training and held-out rows of one seed: whole units, a quarter of them held out. */
function heldOut(rows: DrawnRows, units: number, seed: number): { train: number[]; test: number[] } {
  const { below } = draws(seed);
  const order = Array.from({ length: units }, (_, unit) => unit);
  for (let i = units - 1; i > 0; i--) {
    const j = below(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const held = new Set(order.slice(0, Math.round(shareHeldOut * units)));
  const all = rows.units.map((_, row) => row);
  return {
    train: all.filter((row) => !held.has(rows.units[row])),
    test: all.filter((row) => held.has(rows.units[row])),
  };
}

/** Tables side by side in one matrix, and the networks that are trained on them. */
interface Stack {
  readonly features: number[];
  readonly labels: number[];
  readonly replicas: Replica[];
}

function trainStack({ features, labels, replicas }: Stack) {
  const of = (name: string) => ({ hidden: [{ units: 3, activation: activation(name) }] });
  return trainSync({
    features: { data: Float32Array.from(features), shape: [labels.length, 2] },
    ...{ labels, replicas, arms: [of('relu'), of('tanh')] },
    output: { activation: 'softmax', loss: 'cross_entropy', units: 2 },
    ...{ epochs: 10, batchSize: 8, learningRate: 0.02, outputs: { predictions: 'test' } },
  });
}

/** The runs of several fresh tables: for each table, every arm on every seed. */
export function trainTables(kind: TableKind, tableSeeds: readonly number[], seeds: number): Run[][] {
  const stack: Stack = { features: [], labels: [], replicas: [] };
  const tables = tableSeeds.map((tableSeed) => {
    const rows = drawTable(kind, tableSeed);
    const from = stack.labels.length;
    stack.features.push(...rows.features);
    stack.labels.push(...rows.labels);
    const parts = Array.from({ length: seeds }, (_, r) => {
      const seed = streamSeed(tableSeed, 100 + r);
      const part = heldOut(rows, kind.units, seed);
      for (const [a, name] of arms.entries())
        stack.replicas.push({
          seed: name === 'tanh' ? seed : streamSeed(seed, a),
          arm: name === 'tanh' ? 1 : 0,
          rows: part.train.map((row) => from + row),
          testRows: part.test.map((row) => from + row),
        });
      return part;
    });
    return { rows, parts };
  });
  const trained = trainStack(stack);
  let replica = 0;
  return tables.map(({ rows, parts }) =>
    parts.flatMap(({ test }, seed) =>
      arms.map((arm): Run => {
        const truth = test.map((row) => rows.labels[row]);
        const answers = answersOf(truth, trained.replica(replica++).predictions as Float32Array, 2);
        const losses = new Map<string, ArrayLike<number>>([
          ['logLoss', answers.logLoss],
          ['accuracy', rowValues(accuracy, answers)],
        ]);
        const units = Int32Array.from(test, (row) => rows.units[row]);
        return { arm, seed, units, answers, losses, diverged: false };
      }),
    ),
  );
}

/** tanh minus relu on new rows, of networks that are trained on fresh tables: one value for each table. */
export function trueDifferences(kind: TableKind, tableSeeds: readonly number[]): Record<string, number>[] {
  const stack: Stack = { features: [], labels: [], replicas: [] };
  const fresh = tableSeeds.map((tableSeed) => {
    const rows = drawTable(kind, tableSeed);
    const others = drawTable(kind, streamSeed(tableSeed, 7), 200);
    const from = stack.labels.length;
    stack.features.push(...rows.features, ...others.features);
    stack.labels.push(...rows.labels, ...others.labels);
    const seed = streamSeed(tableSeed, 100);
    const { train } = heldOut(rows, kind.units, seed);
    const start = from + rows.labels.length;
    for (const arm of [0, 1])
      stack.replicas.push({
        ...{ seed: streamSeed(seed, 0), arm },
        rows: train.map((row) => from + row),
        testRows: others.labels.map((_, row) => start + row),
      });
    return others;
  });
  const trained = trainStack(stack);
  return fresh.map(({ labels, units }, i) => {
    const [relu, tanh] = [0, 1].map((arm) =>
      answersOf(labels, trained.replica(2 * i + arm).predictions as Float32Array, 2),
    );
    const difference = (of: (a: typeof relu) => ArrayLike<number>) => {
      const [a, b] = [of(relu), of(tanh)];
      return unitMean(
        units,
        labels.map((_, row) => b[row] - a[row]),
      );
    };
    return {
      logLoss: difference(({ logLoss }) => logLoss),
      accuracy: difference((answers) => rowValues(accuracy, answers)),
    };
  });
}

/** The mean over units of the mean over their rows. */
function unitMean(units: readonly number[], values: readonly number[]): number {
  const sums = new Map<number, [number, number]>();
  units.forEach((unit, row) => {
    const [sum, rows] = sums.get(unit) ?? [0, 0];
    sums.set(unit, [sum + values[row], rows + 1]);
  });
  const means = [...sums.values()].map(([sum, rows]) => sum / rows);
  return means.reduce((sum, value) => sum + value, 0) / means.length;
}
