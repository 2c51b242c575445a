// What loading costs, by counted work.
import { Session } from 'node:inspector/promises';
import { describe, expect, it } from 'vitest';
import { loadKerasModel } from '../src/index.js';
import './_setup.js';
import { called, dense, functional, input, sequential, tensorOf } from './hostile/corpus.js';

/** How often any function or block of our loader runs while a model loads. */
async function workOf(source: object): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const model = await loadKerasModel(source);
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  model.dispose();
  const ours = result.filter(({ url }) => /\/src\/keras\//.test(url));
  return ours
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
    .reduce((sum, { count }) => sum + count, 0);
}

describe('the work of loading grows with the file, and not with its square', () => {
  const start = called('InputLayer', 'in', { batch_shape: [null, 3] });
  const relu = (i: number, from: number) =>
    called('ReLU', `r${i}`, {}, tensorOf(from < 0 ? 'in' : `r${from}`));
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
  const chain = (count: number) => numbers(count).map((i) => relu(i, i - 1));
  const embedded = (i: number) => [
    called('Embedding', `e${i}`, { input_dim: 3, output_dim: 1, mask_zero: true }, tensorOf('in')),
    {
      ...called('NotEqual', `n${i}`, {}),
      module: 'keras.src.ops.numpy',
      inbound_nodes: [{ args: [tensorOf('in'), 0], kwargs: {} }],
    },
  ];
  const named = (count: number) => {
    const specs = numbers(count).flatMap((i) => [
      { name: `m/d${i}/kernel`, shape: [3, 3], dtype: 'float32' as const },
      { name: `m/d${i}/bias`, shape: [3], dtype: 'float32' as const },
    ]);
    const layers = numbers(count).map((i) => dense({ name: `d${i}`, units: 3 }));
    return {
      modelTopology: sequential(input(), ...layers),
      weightSpecs: specs,
      weightData: new ArrayBuffer(48 * count),
    };
  };
  it.each<[string, (count: number) => object]>([
    [
      'layers in a row',
      (count) => functional([start, ...chain(count)], ['in', 0, 0], [`r${count - 1}`, 0, 0]),
    ],
    [
      'layers in a row, the last first',
      (count) => functional([start, ...chain(count).reverse()], ['in', 0, 0], [`r${count - 1}`, 0, 0]),
    ],
    [
      'outputs',
      (count) =>
        functional(
          [start, ...numbers(count).map((i) => relu(i, -1))],
          ['in', 0, 0],
          numbers(count).map((i) => [`r${i}`, 0, 0]),
        ),
    ],
    [
      'inputs',
      (count) => {
        const names = numbers(count).map((i) => `i${i}`);
        const inputs = names.map((name) => called('InputLayer', name, { batch_shape: [null, 1] }));
        const joined = called(
          'Concatenate',
          'c',
          { axis: -1 },
          names.map((name) => tensorOf(name)),
        );
        return functional(
          [...inputs, joined],
          names.map((name) => [name, 0, 0]),
          ['c', 0, 0],
        );
      },
    ],
    [
      'masks',
      (count) =>
        functional(
          [start, ...numbers(count).flatMap(embedded)],
          ['in', 0, 0],
          numbers(count).map((i) => [`e${i}`, 0, 0]),
        ),
    ],
    [
      'a Sequential',
      (count) =>
        sequential(
          input(),
          ...numbers(count).map((i) => ({ class_name: 'ReLU', config: { name: `r${i}` } })),
        ),
    ],
    [
      'notes',
      (count) =>
        sequential(
          input(),
          ...numbers(count).map((i) => ({
            class_name: 'ReLU',
            config: { name: `r${i}`, activity_regularizer: null, dtype: 'float64' },
          })),
        ),
    ],
    ['weights by their names', named],
    // V8 forgets what it counted of functions that it collects in between, so that a run may see less of the small model than of the large.
  ])('%s', { retry: 3 }, async (_, make) => {
    await workOf(make(3));
    const [one, two, four] = [await workOf(make(20)), await workOf(make(40)), await workOf(make(80))];
    expect(one).toBeGreaterThan(200);
    expect(two / one).toBeLessThan(2.3);
    expect(four / two).toBeLessThan(2.3);
  });
});
