import { describe, expect, test } from 'vitest';
import { random } from '../scripts/_noise.mjs';
import { audit, type ColumnSchema, Table } from '../src/index.js';

/** A table of these columns of numbers, and a target. */
function tableOf(columns: Record<string, readonly number[]>, target: readonly number[]): Table {
  const entries = [...Object.entries(columns), ['price', target] as const];
  const schema = entries.map(
    ([name]): ColumnSchema => ({ name, kind: 'number', role: name === 'price' ? 'target' : 'feature' }),
  );
  const values = entries.map(([, numbers]) => ({
    kind: 'number' as const,
    values: Float64Array.from(numbers),
  }));
  return new Table({ columns: schema }, values, target.length);
}

const noise = (rows: number, seed: number) => {
  const next = random(seed);
  return Array.from({ length: rows }, () => Math.tan(Math.PI * (next() - 0.5)));
};

describe('a column from which the number to predict follows', () => {
  const price = noise(200, 1);

  test('by its order, whatever the scale, with holes', () => {
    const tax = price.map((x, i) => (i % 9 === 0 ? NaN : Math.cbrt(x) * -19));
    const leak = audit(tableOf({ other: noise(200, 2), tax }, price)).find('label-leak');
    expect(leak).toMatchObject({ severity: 'error', columns: ['tax'], figure: 1 });
    expect(leak?.explanation).toBe('price follows from tax: 100 % of the variance of its ranks.');
  });

  test('by its values', () => {
    const shop = Array.from({ length: 200 }, (_, i) => (i * 7) % 20);
    const ofShop = noise(20, 3);
    const table = tableOf(
      { shop, other: noise(200, 2) },
      shop.map((k) => ofShop[k]),
    );
    expect(audit(table).find('label-leak')?.columns).toEqual(['shop']);
  });

  test('is not found in noise of far values, nor by a feature that helps', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const next = random(seed + 1000);
      const goal = noise(60, seed);
      const columns = {
        few: goal.map(() => Math.floor(next() * 12)),
        any: noise(60, seed + 500),
        near: goal.map((x) => x + next() - 0.5),
      };
      expect(audit(tableOf(columns, goal)).find('label-leak')).toBeUndefined();
    }
  });

  test('is not looked for where every target is the same, or hardly a row has one, and that is said', () => {
    const same = audit(
      tableOf(
        { a: price },
        price.map(() => 5),
      ),
    );
    expect(same.whySkipped('label-leak')).toBe('every price is 5');
    const few = audit(
      tableOf(
        { a: price },
        price.map((x, i) => (i < 5 ? x : NaN)),
      ),
    );
    expect(few.whySkipped('label-leak')).toBe('fewer than 10 rows have a number in price');
  });
});
