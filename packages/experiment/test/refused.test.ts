import { describe, expect, test } from 'vitest';
import { compare } from '../src/index.js';
import { clouds, tableOf } from './_tables.js';

const quick = { arms: 'relu,tanh', seeds: 4, epochs: 5 } as const;

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
