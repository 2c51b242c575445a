import { createHash } from 'node:crypto';
import { sampleDiabetes } from '@rectify/dataset';
import { describe, expect, test } from 'vitest';
import {
  type ChunkResult,
  chunksOf,
  compare,
  comparisonOf,
  engineVersion,
  localRunner,
  resolveDesign,
} from '../src/index.js';
import { clouds, curve, tableOf } from './_tables.js';

const quick = { arms: 'relu,tanh', seeds: 4, epochs: 5 } as const;

describe('compare', () => {
  test('gives what others read', async () => {
    const comparison = await compare(clouds(), quick);
    expect(Object.keys(comparison)).toEqual([
      ...['design', 'arms', 'baselines', 'differences', 'verdict', 'warnings'],
    ]);
    expect(comparison.arms).toEqual([
      expect.objectContaining({
        ...{ name: 'relu', runs: 4, diverged: 0, hiddenUnits: 12, deadUnits: expect.any(Number) },
        activation: { name: 'relu', params: expect.any(Object) },
        epochsToBaseline: { median: 5, reached: 4 },
      }),
      expect.objectContaining({ name: 'tanh' }),
    ]);
    expect(Object.keys(comparison.arms[0].measures)).toEqual([
      ...['accuracy', 'balancedAccuracy', 'macroF1', 'logLoss', 'calibrationError'],
    ]);
    expect(Object.keys(comparison.baselines)).toEqual(['majority', 'oneRule', 'logistic']);
    expect(comparison.baselines.majority.measures.accuracy.mean).toBe(0.5);
    expect(comparison.baselines.logistic.measures.accuracy.mean).toBeGreaterThan(0.8);
    expect(comparison.differences).toHaveLength(10);
    expect(comparison.differences[1]).toMatchObject({
      ...{ arm: 'tanh', baseline: 'relu', measure: 'accuracy', estimand: 'source', level: 0.95, seeds: 4 },
      needed: { seeds: expect.anything(), rows: expect.anything() },
    });
    expect(comparison.verdict).toEqual({ text: expect.stringContaining('relu'), primary: 'accuracy' });
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
  });

  test('does not depend on the cut, the order, or who ran what', async () => {
    const table = clouds();
    const options = { ...quick, seeds: 9 };
    const whole = await compare(table, options);
    const { design, problem } = resolveDesign(table, options);
    const chunks = chunksOf(table, design);
    expect(chunks.map(({ seeds }) => seeds.length)).toEqual([4, 4, 1]);
    const results: ChunkResult[] = [];
    for (const chunk of chunks.toReversed())
      for await (const result of localRunner(table).run([chunk])) results.push(result);
    expect(
      comparisonOf(
        problem,
        design,
        results.flatMap(({ records }) => records),
      ),
    ).toEqual(whole);
  });

  test('goes on from the chunks that are done, also with more seeds', async () => {
    const table = clouds();
    const done: ChunkResult[] = [];
    await compare(table, { ...quick, onResult: (result) => done.push(result) });
    const ran: number[] = [];
    const more = await compare(table, {
      ...{ ...quick, seeds: 8, done },
      onResult: ({ records }) => ran.push(...records.map(({ seed }) => seed)),
    });
    expect(ran).toEqual([5, 6, 7, 8]);
    expect(more).toEqual(await compare(table, { ...quick, seeds: 8 }));
  });

  test('a key is of version, table, configuration and seeds', () => {
    const keys = (table = clouds(), options = {}) => {
      const { design } = resolveDesign(table, { ...quick, ...options });
      return chunksOf(table, design).map(({ key }) => key);
    };
    expect(keys()[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(keys()).toEqual(keys());
    for (const other of [keys(clouds(121)), keys(clouds(), { epochs: 6 }), keys(clouds(), { seed: 2 })])
      expect(other[0]).not.toBe(keys()[0]);
  });

  test('records are those of the engine version', async () => {
    const hash = createHash('sha256');
    await compare(sampleDiabetes(), {
      ...{
        arms: 'relu,leaky_relu:0.2,elu,gelu,silu,tanh,mish,softplus',
        seeds: 2,
        epochs: 3,
        split: 'random',
      },
      onResult: ({ records }) => hash.update(JSON.stringify(records)),
    });
    // Other records must not be mixed with these: whoever changes them raises the version, and puts both in here.
    expect([engineVersion, hash.digest('hex').slice(0, 16)]).toEqual([
      'rectify-experiment/2',
      '7c5dfce5675d9b6b',
    ]);
  });

  test('holds out panels by default where there are some, and says so', async () => {
    const { design, differences } = await compare(sampleDiabetes(), { ...quick, epochs: 1 });
    expect(design).toMatchObject({ split: 'grouped', units: { kind: 'panel', count: 21 } });
    expect(design.splitReason).toContain('take only 21 combinations (panels): whole panels are held out');
    expect(differences.find(({ estimand }) => estimand === 'source')?.signFlip?.exact).toBe(true);
  });

  test('leaves every group out once in each seed', async () => {
    const held: (number | null)[] = [];
    const { differences, arms } = await compare(sampleDiabetes(), {
      ...{ ...quick, seeds: 2, epochs: 1, split: 'leave-one-group-out' },
      onResult: ({ records }) => held.push(...records.map(({ fold }) => fold)),
    });
    expect(held).toEqual([...Array(21).keys(), ...Array(21).keys()]);
    expect(differences[1]).toMatchObject({ units: 21, seeds: 2 });
    expect(arms[0].hiddenUnits).toBe(2 * 21 * 3);
  });

  test('predicts numbers, with holes and categories among the features', async () => {
    const comparison = await compare(curve(), { arms: 'relu,linear', seeds: 8, learningRate: 0.05 });
    expect(comparison.verdict.primary).toBe('rmse');
    expect(comparison.verdict.text).toMatch(/Worse: linear, \+/);
    expect(comparison.baselines.majority.text).toMatch(/^the mean of y, 1\d\d$/);
    const { rmse, r2 } = comparison.arms[0].measures;
    expect(rmse.mean).toBeLessThan(comparison.baselines.logistic.measures.rmse.mean as number);
    expect(r2.mean).toBeGreaterThan(0.5);
  });

  test('chooses parameters inside of the training part', async () => {
    const { arms } = await compare(clouds(), {
      ...{ ...quick, arms: 'relu@lr=0.05|0.00001,leaky_relu:0.01|0.2@lr=0.00001|0.05', epochs: 10 },
    });
    // The rate at which nothing is learned is never the choice.
    expect(arms[0].chosen).toEqual([4, 0]);
    const [slow, fast, slowToo, fastToo] = arms[1].chosen as number[];
    expect([slow, slowToo, fast + fastToo]).toEqual([0, 0, 4]);
  });

  test('says at which epoch an arm has got where the baseline ends', async () => {
    const { arms } = await compare(clouds(), { ...quick, arms: 'relu@lr=0.00001,relu@lr=0.05' });
    expect(arms[0].epochsToBaseline).toEqual({ median: 5, reached: 4 });
    expect(arms[1].epochsToBaseline).toEqual({ median: 1, reached: 4 });
  });

  test('hidden layers as a number, a text or a list', () => {
    const layers = (hidden: number | string | number[]) =>
      resolveDesign(clouds(), { ...quick, hidden }).design.hidden;
    expect([0, 1, '1', '16x8', [4], []].map(layers)).toEqual([[], [1], [1], [16, 8], [4], []]);
  });

  test('says when seeds train on a sample of the rows, and only then', async () => {
    const said = async (trainRows: number) =>
      (await compare(clouds(100), { ...quick, trainRows })).warnings.join();
    expect(await said(50)).toContain('Each seed trains on a sample of 50 rows');
    expect(await said(80)).not.toContain('sample');
  });

  test('a measure counts over the seeds that can give it, and the others are said', async () => {
    // Most held-out parts of a target that is 0 nearly everywhere are 0 all over: R² divides by their spread.
    const x = Array.from({ length: 40 }, (_, i) => Math.sin(7 * i));
    const rare = await compare(tableOf({ x, y: x.map((value, i) => (i < 3 ? 2 + value : 0)) }, 'y'), {
      ...{ ...quick, seeds: 14 },
    });
    const counted = rare.differences.filter(({ measure }) => measure === 'r2').map(({ seeds }) => seeds);
    expect(counted[0]).toBeGreaterThan(1);
    expect(counted[0]).toBeLessThan(14);
    expect(rare.warnings).toContainEqual(
      `R² has no value in ${14 - counted[0]} of 14 seeds, as where all held-out values are alike: they are left out of it.`,
    );
    for (const { measure, seeds } of rare.differences) if (measure !== 'r2') expect(seeds).toBe(14);

    const tiny = await compare(tableOf({ x: x.slice(0, 5), y: x.slice(0, 5) }, 'y'), quick);
    expect(tiny.arms[0].measures.r2).toEqual({ mean: null, standardDeviation: null });
    expect(tiny.differences.at(-1)).toMatchObject({
      measure: 'r2',
      mean: null,
      seeds: 0,
      verdict: 'not-shown',
    });
    expect(tiny.warnings).toContainEqual(
      'R² has no value in any seed, as where all held-out values are alike.',
    );
    expect(JSON.parse(JSON.stringify(tiny))).toEqual(tiny);
  });

  test.each(['raw', 'standardised', 'robust', 'pca'] as const)('prepares %s features', async (prepare) => {
    const { arms } = await compare(clouds(), { ...quick, prepare, epochs: 30, learningRate: 0.02 });
    expect(arms[0].measures.accuracy.mean).toBeGreaterThan(0.75);
  });

  test('counts diverged runs with the majority answer, also where every one did', async () => {
    const { arms, warnings, verdict } = await compare(clouds(), {
      ...quick,
      arms: 'relu,leaky_relu:3@lr=1e30',
    });
    expect(arms[1]).toMatchObject({ runs: 4, diverged: 4, measures: { accuracy: { mean: 0.5 } } });
    expect(warnings).toContainEqual(
      'Every network of leaky_relu:3@lr=1e+30 diverged (numbers that are none); each counts with the majority answer.',
    );
    expect(verdict.text).not.toContain('NaN');
    expect(verdict.text).toMatch(
      / Every network of leaky_relu:3@lr=1e\+30 diverged: what is said of it is true of the majority answer\.$/,
    );
    const all = await compare(clouds(), { ...quick, arms: 'relu,leaky_relu:3', learningRate: 1e30 });
    expect(all.arms.map(({ diverged }) => diverged)).toEqual([4, 4]);
    expect(all.verdict.text).toBe(
      'Nothing was learned: every network of every arm diverged, and each counts with the majority answer. A lower learning rate may help.',
    );
  });

  test('stops when told to, with the signal’s reason', async () => {
    const controller = new AbortController();
    const running = compare(clouds(), {
      ...{ ...quick, seeds: 40, epochs: 200, signal: controller.signal },
      onResult: () => controller.abort(new Error('enough')),
    });
    await expect(running).rejects.toThrow('enough');
  });

  test('stops within a chunk', async () => {
    const table = clouds();
    const { design } = resolveDesign(table, { ...quick, epochs: 2000 });
    const [chunk] = chunksOf(table, design);
    const controller = new AbortController();
    const runner = localRunner(table, { onProgress: () => controller.abort(new Error('enough')) });
    const results: ChunkResult[] = [];
    const running = async () => {
      for await (const result of runner.run([chunk], { signal: controller.signal })) results.push(result);
    };
    await expect(running()).rejects.toThrow('enough');
    expect(results).toEqual([]);
  });

  test('tells how far it is', async () => {
    const shares: number[] = [];
    const started = performance.now();
    await compare(clouds(), {
      ...{ ...quick, seeds: 8 },
      onProgress: ({ done, total, seconds, secondsLeft = 0 }) => {
        shares.push(done / total);
        expect(seconds).toBeGreaterThanOrEqual(0);
        expect(1000 * seconds).toBeLessThanOrEqual(performance.now() - started);
        expect(secondsLeft).toBeCloseTo((seconds * (total - done)) / done, 6);
      },
    });
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });
});
