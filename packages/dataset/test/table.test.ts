import { expect, test } from 'vitest';
import { loadTable } from '../src/index.js';
import { smallSchema } from './_tables.js';

const table = await loadTable('a,b,class\n1,2.5,no\n-3,,yes\n5,0.5,no\n-7,9,yes\n', { schema: smallSchema });

test('names, select and drop', () => {
  expect(table.columnNames).toEqual(['a', 'b', 'class']);
  expect(table.featureNames).toEqual(['a', 'b']);
  expect(table.labelName).toBe('class');
  expect(table.select(['class', 'a']).columnNames).toEqual(['class', 'a']);
  expect(table.drop(['a']).columnNames).toEqual(['b', 'class']);
  expect(() => table.drop(['x'])).toThrow(new RangeError('no column "x"; the table has "a", "b", "class"'));
  expect(() => table.drop(['class']).labelName).toThrow(RangeError);
});

test('rows', () => {
  expect(
    table
      .takeRows([2, 0, 2])
      .toRows()
      .map(({ a }) => a),
  ).toEqual([5, 1, 5]);
  expect(table.head(2).rowCount).toBe(2);
  expect(table.head(99).rowCount).toBe(4);
  expect(table.filter(({ a }) => (a as number) < 0).labels()).toEqual(['yes', 'yes']);
  expect(() => table.takeRows([4])).toThrow(
    new RangeError('indices[0] must be an integer from 0 to 3, got 4'),
  );
});

test('matrix', () => {
  expect(table.toMatrix(['a'])).toEqual({ data: new Float32Array([1, -3, 5, -7]), shape: [4, 1] });
  expect(() => table.toMatrix()).toThrow(/column "b" has 1 missing cells/);
  expect([...table.toMatrix(undefined, { missing: 'nan' }).data]).toEqual([1, 2.5, -3, NaN, 5, 0.5, -7, 9]);
  expect(() => table.toMatrix(['class'])).toThrow(TypeError);
});

test('describe agrees with numpy', () => {
  // numpy: np.mean, np.std, np.quantile([1,-3,5,-7], [0,.25,.5,.75,1])
  expect(table.describe().columns[0]).toEqual({
    ...{ column: 'a', kind: 'number', count: 4, missing: 0, distinct: 4, mean: -1, sd: Math.sqrt(20) },
    ...{ min: -7, q1: -4, median: -1, q3: 2, max: 5, negativeShare: 0.5 },
  });
  expect(table.describe().columns[1]).toMatchObject({
    count: 3,
    missing: 1,
    mean: 4,
    median: 2.5,
    negativeShare: 0,
  });
});

test('prints', () => {
  expect(`\n${table}\n`).toMatchInlineSnapshot(`
    "
     a    b  class
    --  ---  -----
     1  2.5  no
    -3    –  yes
     5  0.5  no
    -7    9  yes
    4 rows, 3 columns
    "
  `);
  expect(`\n${table.describe()}\n`).toMatchInlineSnapshot(`
    "
    column  count  missing  distinct  mean      sd  min   q1  median    q3  max  negative
    ------  -----  -------  --------  ----  ------  ---  ---  ------  ----  ---  --------
    a           4        0         4    -1  4.4721   -7   -4      -1     2    5       0.5
    b           3        1         3     4  3.6286  0.5  1.5     2.5  5.75    9         0
    class       4        0         2     –       –    –    –       –     –    –         –
    "
  `);
});
