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

describe('tables that cannot be compared on are refused with a clear line', () => {
  const six = [1, 2, 3, 4, 5, 6];
  const refused = async (table: ReturnType<typeof tableOf>, message: string | RegExp, options = {}) =>
    expect(compare(table, { ...quick, ...options })).rejects.toThrow(message);

  test('labels that are all equal, or too many', async () => {
    await refused(
      tableOf({ x: six, kind: six.map(() => 'a') }, 'kind'),
      'column "kind" has one class only, "a": there is nothing to tell apart',
    );
    await refused(tableOf({ x: six, y: six.map(() => 7) }, 'y'), 'column "y" has the value 7 in every row');
    const many = Array.from({ length: 102 }, (_, i) => i);
    await refused(
      tableOf({ x: many, kind: many.map((i) => `k${i % 51}`) }, 'kind'),
      'column "kind" has 51 classes, at most 50 can be told apart',
    );
    await refused(
      tableOf({ x: six, kind: ['', ...six.slice(1).map(() => null)] }, 'kind'),
      'column "kind" has one class only, ""',
    );
    await refused(
      tableOf({ x: six, y: six.map(() => null) }, 'y'),
      'column "y" has no value: there is nothing to learn',
    );
    await refused(
      tableOf({ x: six, y: six }, 'none'),
      'label must name the column to tell or predict; the table has x and y',
    );
  });

  const wave = Array.from({ length: 40 }, (_, i) => Math.sin(7 * i));
  const kinds: (string | null)[] = wave.map((value) => (value > 0 ? 'a' : 'b'));

  test.each(['raw', 'standardised', 'robust', 'pca'])(
    'numbers that no float32 holds, %s',
    async (prepare) => {
      // The first is what rasters call missing; it stands in row 3, whose row before has no label.
      for (const far of [-3.4e38, 1e300]) {
        const table = tableOf(
          {
            w: wave.map((value) => value * value),
            x: wave.with(2, far),
            kind: [...kinds.slice(0, 1), null, ...kinds.slice(2)],
          },
          'kind',
        );
        await refused(
          table,
          `column "x" has the value ${far} in row 3: as a network gets it, it passes 3.4e38, the largest float32; is it a code for missing?`,
          { prepare, seeds: 14 },
        );
      }
    },
  );

  test('options that this table cannot have', async () => {
    const numbers = tableOf({ x: wave, y: wave }, 'y');
    await refused(
      numbers,
      'split stratified holds out each class by the same share, and y is a number; take random or grouped',
      { split: 'stratified' },
    );
    const few = tableOf({ x: six.slice(0, 2), y: six.slice(0, 2) }, 'y');
    await refused(few, 'prepare pca needs at least 2 training rows, the split leaves 1', { prepare: 'pca' });
    const alike = tableOf({ text: ['a', 'a', null, 'a', 'a', 'a'], y: six }, 'y');
    await refused(alike, 'split leave-one-group-out needs at least 2 groups: all rows belong together', {
      split: 'leave-one-group-out',
    });
  });

  test('a number that is one wherever it is not missing is constant: the median fills it', async () => {
    const holes = six.map((i) => (i % 2 ? 5 : null));
    await refused(tableOf({ holes, y: six }, 'y'), 'every feature is constant ("holes")');
    const { warnings } = await compare(tableOf({ holes, x: six, y: six }, 'y'), quick);
    expect(warnings).toContainEqual('Constant, so of no use as a feature: holes.');
  });

  test('features that are infinite, and holes that are filled too far away', async () => {
    await refused(
      tableOf({ x: wave.with(3, -Infinity), kind: kinds.with(0, null) }, 'kind'),
      'column "x" has the value -Infinity in row 4; features must be finite, or missing (NaN)',
    );
    const holes = wave.map((value, i) => (i % 4 ? value * 1e300 : null));
    await refused(
      tableOf({ x: holes.map((value) => value && Math.abs(value)), kind: kinds }, 'kind'),
      /column "x" (has the value .*|is missing) in row \d+: as a network gets it, it passes 3.4e38, the largest float32; (is it a code for missing\?|its column is filled with the median)$/,
      { prepare: 'raw' },
    );
  });

  test('targets that no float32 holds, or whose variance no number does', async () => {
    const of = (target: number[]) => tableOf({ x: wave, y: target }, 'y');
    await refused(of(wave.with(2, 1e50)), 'column "y" has the value 1e+50 in row 3: as a network gets it', {
      seeds: 14,
    });
    for (const scale of [1e61, 1e300, 1e-61, 1e-300])
      await refused(
        of(wave.map((value) => value * scale)),
        /column "y" has values from .* to .*, whose variance no number holds: multiply it by a power of ten/,
      );
    for (const scale of [1e59, 1e-59]) {
      const { differences } = await compare(of(wave.map((value) => value * scale)), quick);
      for (const { low, high } of differences) expect(Number(high)).toBeGreaterThan(Number(low));
    }
  });

  test('features that are all constant; one that is constant is said', async () => {
    await refused(
      tableOf({ x: six.map(() => 1), kind: ['a', 'b', 'a', 'b', 'a', 'b'] }, 'kind'),
      'every feature is constant ("x"): nothing can be learned from them',
    );
    const { table } = { table: clouds() };
    const more = tableOf(
      {
        x: Array.from(table.numbers('x')),
        one: Array.from(table.numbers('x'), () => 1),
        kind: table.labels(),
      },
      'kind',
    );
    const { warnings } = await compare(more, quick);
    expect(warnings).toContainEqual('Constant, so of no use as a feature: one.');
  });

  test('a class with one member', async () => {
    const kinds = Array.from({ length: 40 }, (_, i) => (i === 7 ? 'rare' : i % 2 ? 'a' : 'b'));
    const table = tableOf({ x: kinds.map((_, i) => Math.sin(i)), kind: kinds }, 'kind');
    const { design, warnings } = await compare(table, quick);
    expect(design.split).toBe('random');
    expect(warnings).toContainEqual(
      'Class "rare" has one row: a network is trained on it or tested on it, never both.',
    );
    await refused(table, 'class "rare" has 1 row, too few', { split: 'stratified' });
  });

  test('a group that holds a whole class', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => i);
    const table = tableOf(
      {
        x: rows.map((i) => Math.sin(i)),
        group: rows.map((i) => `g${i % 6}`),
        kind: rows.map((i) => (i % 6 === 0 ? 'alone' : i % 2 ? 'a' : 'b')),
      },
      'kind',
    );
    const { warnings, design } = await compare(table, {
      ...quick,
      features: ['x'],
      group: 'group',
      seeds: 8,
    });
    expect(design).toMatchObject({
      split: 'grouped',
      units: { kind: 'group', count: 6, columns: ['group'] },
    });
    expect(warnings.join(' ')).toContain('Class "alone" lies in one group of 10 rows: held out');
    expect(warnings.join(' ')).toContain('are of a class that their training part lacks');
  });

  test('rows that repeat are held out together; freely only when asked, which is said', async () => {
    const x = Array.from({ length: 60 }, (_, i) => Math.sin(i >> 1));
    const table = tableOf({ x, kind: x.map((v) => (v > 0 ? 'a' : 'b')) }, 'kind');
    const grouped = await compare(table, quick);
    expect(grouped.design).toMatchObject({ split: 'grouped', units: { kind: 'duplicate group', count: 30 } });
    const { warnings } = await compare(table, { ...quick, split: 'random' });
    expect(warnings.join(' ')).toMatch(/Split random: \d+ % of the held-out rows share a duplicate group/);
  });

  test('rows without a label are left out, and that is said', async () => {
    const kinds = Array.from({ length: 60 }, (_, i) => (i % 10 === 0 ? null : i % 2 ? 'a' : 'b'));
    const table = tableOf({ x: kinds.map((_, i) => Math.sin(i)), kind: kinds }, 'kind');
    const { warnings, design } = await compare(table, quick);
    expect(design.rows).toBe(54);
    expect(warnings).toContainEqual('6 rows without kind are left out.');
  });

  test.each([
    [{ seeds: 1 }, 'seeds must be an integer from 2 to 10000, got 1'],
    [{ seeds: '32' }, 'seeds must be an integer, got "32"'],
    [{ epochs: 0 }, 'epochs must be an integer from 1 to 100000, got 0'],
    [{ batch: 0 }, 'batch must be an integer from 1 to 1000000, got 0'],
    [{ hidden: '16y16' }, 'hidden must be units from 1 to 4096 for each layer, as 3 or 16x16, got "16y16"'],
    [{ hidden: [3, -1] }, 'hidden must be units from 1 to 4096 for each layer, as 3 or 16x16, got -1'],
    [
      { split: 'stratifed' },
      'split must be one of random, stratified, grouped, leave-one-group-out, got "stratifed"; did you mean "stratified"?',
    ],
    [{ prepare: 'standardized' }, 'did you mean "standardised"?'],
    [{ label: 'kin' }, 'label must name a column, got "kin"; did you mean "kind"?'],
    [{ group: 'g' }, 'group must name a column, got "g"'],
    [{ features: ['x', 'kind'] }, 'features must not hold the label "kind"'],
    [{ features: [] }, 'features must name at least one column'],
    [{ testShare: 1 }, 'testShare must be above 0 and below 1, got 1'],
    [{ learningRate: -1 }, 'learningRate must be a finite number above 0, got -1'],
    [{ arms: 'relu,sofplus' }, 'did you mean "softplus"?'],
    [{ baseline: 'rleu' }, 'did you mean "relu"?'],
    [{ runs: 3 }, 'options has no "runs"'],
    [{ regions: { accuracy: -1 } }, 'regions.accuracy must be a number from 0, got -1'],
    [{ split: 'leave-one-group-out' }, '120 groups'],
  ])('%j: %s', async (options, message) => {
    const few = message === '120 groups' ? clouds(260) : clouds();
    await refused(few, message === '120 groups' ? '260 groups are too many, at most 200' : message, options);
  });
});
