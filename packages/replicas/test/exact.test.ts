// A network becomes the same to the last bit: on WebAssembly and JS, alone or among others, in one go or in two.
import { activation, activationNames, leakyRelu, relu, tanh } from '@rectify/core/js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOptions } from '../src/check/options.js';
import type { Optimizer, Replica, TrainOptions } from '../src/index.js';
import { trainSync } from '../src/index.js';
import { adopt, columnsOf, createResults, stateOf } from '../src/results/columns.js';
import { runTask } from '../src/workers/run-task.js';
import { partsOf } from '../src/workers/split.js';

const n = 61;
const features = {
  data: Float32Array.from({ length: n * 5 }, (_, i) => Math.sin(i * i)),
  shape: [n, 5],
} as const;
const labels = Int32Array.from({ length: n }, (_, row) => (features.data[row * 5] > 0.3 ? 2 : row % 2));
const output = { activation: 'softmax', loss: 'cross_entropy', units: 3 } as const;
const everything = {
  history: true,
  predictions: 'test',
  units: true,
  gradientNorm: true,
  state: true,
} as const;

const table = {
  features,
  labels,
  output,
  hidden: [{ units: 4, activation: leakyRelu({ negativeSlope: 0.05 }) }],
  batchSize: 10,
  testRows: [1, 5, 7],
} as const;

describe('WebAssembly equals JS', () => {
  it.each(activationNames)('%s, every output', (name) => {
    const own = activation(name);
    const options: TrainOptions = {
      ...table,
      hidden: [
        { units: 5, activation: own },
        { units: 7, activation: own },
      ],
      seeds: 5,
      epochs: 6,
      outputs: everything,
    };
    const [js, wasm] = [trainSync({ ...options, runner: 'js' }), trainSync({ ...options, runner: 'wasm' })];
    expect(wasm.columns).toEqual(js.columns);
    expect(wasm.state).toEqual(js.state);
    expect(wasm.runner).toBe('wasm');
  });

  it('over random networks of 800 steps', () => {
    const optimizers: Optimizer['name'][] = ['sgd', 'momentum', 'adam', 'adamw'];
    const network = fc.record({
      hidden: fc.array(
        fc.record({ units: fc.integer({ min: 1, max: 9 }), name: fc.constantFrom(...activationNames) }),
        {
          maxLength: 3,
        },
      ),
      seed: fc.nat(),
      batchSize: fc.integer({ min: 1, max: 17 }),
      optimizer: fc.constantFrom(...optimizers),
      learningRate: fc.constantFrom(0.001, 0.03, 1),
      weightDecay: fc.constantFrom(0, 0.01),
      loss: fc.constantFrom(
        'cross_entropy',
        'binary_cross_entropy',
        'squared_error',
        'absolute_error',
        'huber',
      ),
      units: fc.integer({ min: 2, max: 5 }),
    });
    fc.assert(
      fc.property(network, ({ hidden, loss, units, seed, batchSize, ...rest }) => {
        const targets = {
          data: Float32Array.from({ length: n * units }, (_, i) => (i % 7) / 7),
          shape: [n, units] as const,
        };
        const given =
          loss === 'cross_entropy'
            ? {
                labels: labels.map((label) => label % units),
                output: { activation: 'softmax', loss, units } as const,
              }
            : loss === 'binary_cross_entropy'
              ? { targets, output: { activation: 'sigmoid', loss, units } as const }
              : { targets, output: { activation: 'linear', loss, units } as const };
        const options = {
          ...rest,
          ...given,
          features,
          hidden: hidden.map(({ units: own, name }) => ({ units: own, activation: activation(name) })),
          seeds: [seed, 1, 2],
          batchSize,
          epochs: Math.ceil(800 / Math.ceil(n / batchSize)),
        } as TrainOptions;
        const [js, wasm] = [
          trainSync({ ...options, runner: 'js' }),
          trainSync({ ...options, runner: 'wasm' }),
        ];
        const [own, other] = [js.columns.weights.values, wasm.columns.weights.values];
        return own.every((weight, i) => Object.is(weight, other[i]));
      }),
      { numRuns: Number(process.env.REPLICAS_RUNS ?? 12), seed: 14 },
    );
  });
});

describe('a replica does not depend on who trains beside it', () => {
  // Different rows, learning rates and decays, so that lanes have different numbers of steps.
  const replicaOf = (seed: number): Replica => ({
    seed,
    rows: Uint32Array.from({ length: 20 + ((seed * 7) % 31) }, (_, i) => (i * 13 + seed) % n),
    learningRate: 0.002 * (1 + (seed % 3)),
    weightDecay: seed % 4 === 0 ? 0.01 : 0,
  });
  const alone = (seed: number, extra: Partial<TrainOptions> = {}) =>
    trainSync({
      ...table,
      epochs: 5,
      outputs: everything,
      replicas: [replicaOf(seed)],
      ...extra,
    } as TrainOptions).replica(0);

  it.each([1, 3, 4, 5, 1000])('of %i', (count) => {
    const trained = trainSync({
      ...table,
      epochs: 5,
      outputs: everything,
      replicas: Array.from({ length: count }, (_, seed) => replicaOf(seed)),
    });
    for (const seed of [0, count >> 1, count - 1]) {
      const { index: _, ...own } = trained.replica(seed);
      const { index: __, ...single } = alone(seed);
      expect(own).toEqual(single);
    }
  });

  it('nor on one beside it that diverges, which says when', () => {
    const trained = trainSync({
      ...table,
      hidden: [{ units: 4, activation: relu() }],
      optimizer: 'sgd',
      epochs: 8,
      replicas: [{ seed: 0 }, { seed: 1, learningRate: 1e30 }, { seed: 2 }],
    });
    const single = trainSync({
      ...table,
      hidden: [{ units: 4, activation: relu() }],
      optimizer: 'sgd',
      epochs: 8,
      seeds: [2],
    });
    expect(trained.replica(1).divergedAt).toBeGreaterThan(0);
    expect(trained.replica(0).divergedAt).toBeNull();
    expect(trained.replica(2).layers).toEqual(single.replica(0).layers);
  });

  it('nor on the cut into parts', async () => {
    const options = {
      ...table,
      epochs: 4,
      outputs: everything,
      seeds: 19,
      hidden: undefined,
    } as unknown as TrainOptions;
    const arms = [relu(), tanh()].map((own) => ({ hidden: [{ units: 3, activation: own }] }));
    const problem = checkOptions({ ...options, arms });
    const whole = trainSync({ ...options, arms });
    for (const threads of [1, 2, 7, 30]) {
      const results = createResults(problem);
      for (const { problem: own, indexes } of partsOf(problem, threads))
        adopt(results, (await runTask({ problem: own }, () => {})).results, indexes);
      expect(columnsOf(problem, results)).toEqual(whole.columns);
      expect(stateOf(problem, results)).toEqual(whole.state);
    }
  });

  it('with early stopping: each stops by itself, with its best weights', () => {
    const stopping = {
      earlyStopping: { patience: 3 },
      validationRows: [2, 3, 4, 8, 9, 12],
      epochs: 60,
      learningRate: 0.05,
    };
    const trained = trainSync({ ...table, ...stopping, outputs: everything, seeds: 6 });
    const stops = [...trained].map(({ stoppedAt }) => stoppedAt);
    expect(new Set(stops).size).toBeGreaterThan(2);
    for (const own of trained) {
      const { index: _, ...single } = trainSync({
        ...table,
        ...stopping,
        outputs: everything,
        seeds: [own.seed],
      }).replica(0);
      const { index: __, ...rest } = own;
      expect(rest).toEqual(single);
      const losses = own.history?.validationLoss ?? new Float32Array();
      expect(losses.length).toBe(own.stoppedAt ?? 60);
      expect(losses.indexOf(Math.min(...losses))).toBe(own.epochs - 1);
      // The weights are those of that epoch.
      const again = trainSync({
        ...table,
        ...stopping,
        earlyStopping: undefined,
        epochs: own.epochs,
        seeds: [own.seed],
      } as unknown as TrainOptions);
      expect(own.layers).toEqual(again.replica(0).layers);
    }
  });
});

describe('a state is gone on from with the same bits', () => {
  const schedule = { name: 'cosine', epochs: 9 } as const;
  it.each(['sgd', 'momentum', 'adam', 'adamw'] as const)('%s', (optimizer) => {
    const options = { ...table, optimizer, schedule, seeds: 5, weightDecay: 0.001, outputs: everything };
    const whole = trainSync({ ...options, epochs: 9 });
    const first = trainSync({ ...options, epochs: 4 });
    const second = trainSync({
      ...options,
      epochs: 5,
      state: structuredClone(first.state) as NonNullable<typeof first.state>,
    });
    expect(second.columns.weights).toEqual(whole.columns.weights);
    expect(second.state).toEqual(whole.state);
  });

  it('with early stopping', () => {
    const options = {
      ...table,
      earlyStopping: { patience: 3 },
      validationRows: [2, 3, 4, 8, 9, 12],
      learningRate: 0.05,
      seeds: 6,
      outputs: { state: true },
    };
    const whole = trainSync({ ...options, epochs: 40 });
    const first = trainSync({ ...options, epochs: 13 });
    const second = trainSync({
      ...options,
      epochs: 27,
      state: first.state as NonNullable<typeof first.state>,
    });
    expect(second.columns).toEqual(whole.columns);
    expect(second.state).toEqual(whole.state);
  });

  it('only of the same networks', () => {
    const { state } = trainSync({ ...table, epochs: 1, seeds: 3, outputs: { state: true } });
    if (!state) throw new Error('a state was asked for');
    expect(() => trainSync({ ...table, seeds: 2, state })).toThrow(
      'state must be of as many replicas, 2, got one of 3',
    );
    expect(() => trainSync({ ...table, seeds: 3, hidden: [], state })).toThrow(
      'state must be of the same networks',
    );
  });
});
