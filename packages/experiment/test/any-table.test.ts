import { expect, test } from 'vitest';
import { compare, type DesignOptions } from '../src/index.js';
import { draws } from '../src/random/draws.js';
import { tableOf } from './_tables.js';

// EXPERIMENT_TABLES and EXPERIMENT_FIRST try others: 3000 take a minute.
const tables = Number(process.env.EXPERIMENT_TABLES ?? 200);
const first = Number(process.env.EXPERIMENT_FIRST ?? 1);

/** How refusals begin: with the column or the option that is wrong. */
const clear =
  /^(column "|class "|group column "|every feature is constant|label must|(testShare|groups) must|split (stratified|leave-one)|prepare pca needs|a choice among values needs)/;

function drawn(seed: number) {
  const { uniform, below, normal } = draws(seed);
  return { uniform, below, normal, oneOf: <T>(...of: T[]): T => of[below(of.length)] };
}

/** A column of a stranger: numbers of any size, few or many values, holes, texts. */
function column(seed: number, rows: number): (number | string | null)[] {
  const { uniform, below, normal, oneOf } = drawn(seed);
  const size = oneOf(1, 1, 1, 1e-3, 1e6, 1e-30, 1e30, 1e-300, 1e38, 1e300);
  const holes = oneOf(0, 0, 0, 0.1, 0.9, 1);
  const cell = oneOf<(row: number) => number | string>(
    () => size * normal(),
    () => size * normal(),
    () => size,
    () => size * below(2),
    () => below(20),
    () => (uniform() < 0.9 ? 0 : size * normal()),
    () => size * Math.exp(20 * normal()),
    () => 'abc'[below(3)],
    (row) => `row ${row}`,
  );
  return Array.from({ length: rows }, (_, row) => (uniform() < holes ? null : cell(row)));
}

test('any table is compared on, or refused in words that name what is wrong', { timeout: 3e6 }, async () => {
  let compared = 0;
  for (let seed = first; seed < first + tables; seed++) {
    const { below, oneOf } = drawn(1e6 + seed);
    const rows = oneOf(2, 3, 5, 12, 40, 80);
    const names = ['a', 'b', 'c', 'd'].slice(0, 1 + below(4));
    const cells = Object.fromEntries([...names, 'y'].map((name, j) => [name, column(10 * seed + j, rows)]));
    const options: DesignOptions = {
      arms: oneOf('relu,tanh', 'relu,elu@lr=0.01|0.1', 'relu,leaky_relu:0.2,gelu'),
      ...{ seeds: oneOf(2, 3, 5), epochs: oneOf(1, 4), hidden: oneOf<number | string>(0, 1, 3, '4x2') },
      prepare: oneOf('raw', 'standardised', 'robust', 'pca'),
      ...{ learningRate: oneOf(0.001, 0.1, 1e6), testShare: oneOf(0.2, 0.5, 0.9) },
      ...oneOf<DesignOptions>(
        ...[{}, {}, { group: 'a' }, { split: 'random' as const }, { split: 'stratified' as const }],
        ...[{ split: 'grouped' as const }, { split: 'leave-one-group-out' as const }],
      ),
    };
    try {
      const comparison = await compare(tableOf(cells, 'y'), options);
      expect(JSON.parse(JSON.stringify(comparison)), `table ${seed}`).toEqual(comparison);
      const said = [comparison.verdict.text, ...comparison.warnings].join(' ');
      expect(said, `table ${seed}`).not.toMatch(/NaN|Infinity|undefined|null|not a number/);
      compared++;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      expect(error.message, `table ${seed}, ${JSON.stringify(options)}`).toMatch(clear);
    }
  }
  expect(compared).toBeGreaterThan(tables / 10);
});
