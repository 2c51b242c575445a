import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberCodes } from '../src/groups/codes.js';
import { rowGroups } from '../src/groups/signatures.js';
import { type Column, Table } from '../src/index.js';

/** Numbers of every way of writing that is treated apart: whole, of few decimals, of any bits, huge, missing, and both zeros. */
const number = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.integer({ min: -5000, max: 5000 }).map((k) => k / 100),
  fc.double({ noDefaultInfinity: true }),
  fc.constantFrom(NaN, 0, -0, 1e300, -1e300, 2 ** 53, 2 ** 53 + 2, 0.1 + 0.2, 0.3),
);
const alike = fc.oneof(
  fc.integer({ min: -50, max: 50 }),
  fc.constant(NaN),
  fc.integer({ min: 0, max: 5000 }),
);
const decimals = fc.oneof(
  fc.integer({ min: -9999, max: 9999 }).map((k) => k / 100),
  fc.constantFrom(NaN, -0),
);
const columns = fc.oneof(...[number, alike, decimals].map((cell) => fc.array(cell, { maxLength: 120 })));

test('the codes of numbers are their ranks', () => {
  fc.assert(
    fc.property(columns, (numbers) => {
      const codes = numberCodes(Float64Array.from(numbers));
      // Adding 0 makes 0 of −0.
      const known = numbers.filter((x) => !Number.isNaN(x)).map((x) => x + 0);
      const values = [...new Set(known)].sort((a, b) => a - b);
      expect(Array.from(codes?.values ?? [], (x) => x + 0)).toEqual(values);
      expect(Array.from(codes?.ids ?? [])).toEqual(numbers.map((x) => values.indexOf(x + 0)));
      expect(Array.from(codes?.sizes ?? [])).toEqual(values.map((x) => known.filter((y) => x === y).length));
      expect(codes).toMatchObject({ count: values.length, missing: numbers.length - known.length });
    }),
    { numRuns: 300, seed: 1 },
  );
});

describe('rows are one signature when every cell is the same', () => {
  const tables = fc
    .record({ rows: fc.nat({ max: 60 }), width: fc.integer({ min: 1, max: 5 }), seed: fc.nat() })
    .chain(({ rows, width }) =>
      fc.array(
        fc.oneof(
          fc.array(fc.constantFrom(NaN, 0, 1, 2.5), { minLength: rows, maxLength: rows }),
          fc.array(number, { minLength: rows, maxLength: rows }),
          fc.array(fc.constantFrom(null, 'a', 'b'), { minLength: rows, maxLength: rows }),
        ),
        { minLength: width, maxLength: width },
      ),
    );

  test('as a map of their texts groups them, in order of appearance', () => {
    fc.assert(
      fc.property(tables, (cells) => {
        const table = tableOf(cells);
        const groups = rowGroups(table, table.columnNames);
        const known = new Map<string, number>();
        const ids = Array.from({ length: table.rowCount }, (_, row) => {
          const key = cells.map((column) => String(column[row])).join('|');
          if (!known.has(key)) known.set(key, known.size);
          return known.get(key) as number;
        });
        expect(Array.from(groups.ids)).toEqual(ids);
        expect(groups.count).toBe(known.size);
        const of = [...known.values()];
        expect(Array.from(groups.first)).toEqual(of.map((id) => ids.indexOf(id)));
        expect(Array.from(groups.sizes)).toEqual(of.map((id) => ids.filter((one) => one === id).length));
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  test('also where nearly every row of a large table has a number of its own', () => {
    const rows = 70_000;
    const numbers = Array.from({ length: rows }, (_, i) => Math.sin(i % 69_990));
    const table = tableOf([numbers, Array.from({ length: rows }, (_, i) => (i < 69_995 ? 'a' : 'b'))]);
    const { count, ids } = rowGroups(table, table.columnNames);
    expect(count).toBe(69_995);
    expect([ids[69_990], ids[69_994], ids[69_995]]).toEqual([0, 4, 69_990]);
  });
});

function tableOf(cells: readonly (readonly (number | string | null)[])[]): Table {
  const columns = cells.map((column): Column => {
    if (!column.some((cell) => typeof cell === 'string' || cell === null))
      return { kind: 'number', values: Float64Array.from(column as number[]) };
    return {
      kind: 'category',
      levels: ['a', 'b'],
      codes: Int32Array.from(column, (cell) => ['a', 'b'].indexOf(String(cell))),
    };
  });
  const schema = {
    columns: columns.map(({ kind }, j) => ({ name: `c${j}`, kind, role: 'feature' as const })),
  };
  return new Table(schema, columns, cells[0].length);
}
