// What cannot be trained is refused before any work, by name; and what cannot be meant does not compile.
import { activation, leakyRelu, softmax } from '@rectify/core/js';
import { describe, expect, it } from 'vitest';
import { type TrainOptions, train, trainSync } from '../src/index.js';

const good = {
  features: [
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  labels: [0, 1, 1],
  output: { activation: 'softmax', loss: 'cross_entropy', units: 2 },
  hidden: [{ units: 2, activation: leakyRelu() }],
  seeds: 2,
  epochs: 1,
  batchSize: 2,
} as const;

const bad: [why: string, options: object, message: string][] = [
  [
    'features with NaN',
    {
      features: [
        [0, 1],
        [Number.NaN, 0],
        [1, 1],
      ],
    },
    'features[1][0] must be finite, got NaN',
  ],
  [
    'features with ∞',
    { features: { data: new Float32Array([1, Infinity]), shape: [2, 1] } },
    'features row 1, column 0 must be finite, got Infinity',
  ],
  ['a text among the features', { features: [['a', 1]] }, 'features[0][0] must be a number, got "a"'],
  [
    'rows of different lengths',
    { features: [[0, 1], [1]] },
    'features[1] must have 2 numbers as the first row has, got 1',
  ],
  ['no rows', { features: [] }, 'features must have at least one row, got none'],
  ['no columns', { features: [[], [], []] }, 'features must have at least one column, got none'],
  [
    'a matrix of another length',
    { features: { data: new Float32Array(5), shape: [2, 3] } },
    'features.data must have 2 × 3 numbers, got 5',
  ],
  ['a label out of range', { labels: [0, 1, 2] }, 'labels[2] must be an integer from 0 to 1, got 2'],
  [
    'labels of other rows',
    { labels: [0, 1] },
    'labels must have one entry for each of the 3 rows of features, got 2',
  ],
  [
    'a batch larger than the rows',
    { batchSize: 4 },
    'batchSize must not be larger than the training rows, got 4 for the 3 rows of replica 0',
  ],
  ['no training rows', { rows: [] }, 'replicas[0].rows must have at least one training row, got none'],
  ['a row that is not there', { rows: [0, 3] }, 'rows[1] must be an integer from 0 to 2, got 3'],
  [
    'units 0',
    { hidden: [{ units: 0, activation: leakyRelu() }] },
    'hidden[0].units must be an integer 1 or more, got 0',
  ],
  ['a learning rate of 0', { learningRate: 0 }, 'learningRate must be finite and positive, got 0'],
  ['a learning rate of −1', { learningRate: -1 }, 'learningRate must be finite and positive, got -1'],
  [
    'a learning rate of NaN',
    { learningRate: Number.NaN },
    'learningRate must be finite and positive, got NaN',
  ],
  [
    'a replica’s learning rate of 0',
    { seeds: undefined, replicas: [{ seed: 1, learningRate: 0 }] },
    'replicas[0].learningRate must be finite and positive, got 0',
  ],
  [
    'a function of vectors',
    { hidden: [{ units: 2, activation: softmax() }] },
    'hidden[0].activation must be an elementwise function, got softmax, which works on vectors',
  ],
  [
    'a name in place of a function',
    { hidden: [{ units: 2, activation: 'relu' }] },
    'hidden[0].activation must be a function of @rectify/core, as relu(), or its JSON, got "relu"',
  ],
  [
    'JSON without its parameters',
    { hidden: [{ units: 2, activation: { name: 'leaky_relu', params: {} } }] },
    "hidden[0].activation: leaky_relu's negativeSlope must be a number of float32's range, got undefined",
  ],
  ['one class', { output: { ...good.output, units: 1 } }, 'output.units must be an integer 2 or more, got 1'],
  [
    'a loss that does not fit',
    { output: { activation: 'softmax', loss: 'huber', units: 2 } },
    'output.loss of softmax must be one of cross_entropy, got "huber"',
  ],
  ['targets for a softmax', { targets: [1, 2, 3] }, 'a softmax output is trained on labels, got targets'],
  [
    'an unknown option',
    { learningrate: 1 },
    'options has no option "learningrate"; did you mean "learningRate"?',
  ],
  [
    'an unknown optimiser',
    { optimizer: 'adan' },
    'optimizer must be one of sgd, momentum, adam, adamw, got "adan": did you mean "adam"?',
  ],
  [
    'another optimiser’s option',
    { optimizer: { name: 'sgd', momentum: 0.9 } },
    'optimizer has no option "momentum"',
  ],
  ['a seed that is none', { seeds: [1, -1] }, 'seeds[1] must be an integer from 0 to 4294967295, got -1'],
  ['seeds and replicas', { replicas: [{ seed: 1 }] }, 'either seeds or replicas must be given, and not both'],
  [
    'an arm that is not there',
    { seeds: undefined, replicas: [{ seed: 1, arm: 1 }] },
    'replicas[0].arm must be an integer from 0 to 0, got 1',
  ],
  [
    'early stopping without rows for it',
    { earlyStopping: { patience: 2 } },
    'earlyStopping needs validationRows: replica 0 has none',
  ],
  [
    'a gain that there is none of',
    {
      hidden: [{ units: 2, activation: activation('gelu') }],
      initializer: { name: 'he_normal', gain: 'activation' },
    },
    'initializer.gain must be a number for gelu',
  ],
  [
    'weights of another shape',
    { seeds: undefined, replicas: [{ seed: 1, weights: [{ kernel: [1], bias: [1] }] }] },
    'replicas[0].weights must have one entry for each of the 2 layers, got 1',
  ],
];

describe('is refused', () => {
  it.each(bad)('%s', async (_, options, message) => {
    const given = { ...good, ...options } as unknown as TrainOptions;
    expect(() => trainSync(given)).toThrow(message);
    await expect(train(given)).rejects.toThrow(message);
  });

  it('a table for which there is no memory, with how much it needs', () => {
    const options = {
      ...good,
      hidden: [
        { units: 1e6, activation: leakyRelu() },
        { units: 1e6, activation: leakyRelu() },
      ],
    };
    expect(() => trainSync(options)).toThrow(/^out of memory: training needs \d+ MB at once$/);
  });
});

it('nothing that others hold is written to', () => {
  const features = Object.freeze(good.features.map((row) => Object.freeze([...row])));
  trainSync({ ...good, features, labels: Object.freeze([...good.labels]), rows: Object.freeze([0, 1, 2]) });
});

it('a signal stops it, with its reason', async () => {
  await expect(train(good, { signal: AbortSignal.abort(new Error('no more')) })).rejects.toThrow('no more');
  const controller = new AbortController();
  const begun = train(
    { ...good, epochs: 1e6 },
    { signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) },
  );
  await expect(begun).rejects.toThrow('enough');
});

it('progress goes up to the end', async () => {
  const seen: number[] = [];
  await train({ ...good, epochs: 3000 }, { onProgress: ({ done, total }) => seen.push(done / total) });
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(1);
});

it('wrong combinations do not compile', () => {
  const common = { features: good.features, hidden: [], seeds: 1 };
  const none: TrainOptions[] = [
    // @ts-expect-error a softmax has labels, not targets
    { ...common, targets: [1, 2, 3], output: good.output },
    // @ts-expect-error a linear output has no cross-entropy
    { ...common, targets: [1, 2, 3], output: { activation: 'linear', loss: 'cross_entropy' } },
    // @ts-expect-error a sigmoid output is not trained by squared error
    { ...common, targets: [1, 2, 3], output: { activation: 'sigmoid', loss: 'squared_error' } },
    // @ts-expect-error only Huber's loss has a delta
    { ...common, targets: [1, 2, 3], output: { activation: 'linear', loss: 'absolute_error', delta: 1 } },
    // @ts-expect-error a softmax says how many classes there are
    { ...common, labels: [0, 1, 1], output: { activation: 'softmax', loss: 'cross_entropy' } },
  ];
  expect(none).toHaveLength(5);
});
