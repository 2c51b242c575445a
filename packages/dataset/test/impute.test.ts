import { expect, test } from 'vitest';
import { fitImputer, imputerFromJson, loadTable } from '../src/index.js';
import { smallSchema } from './_tables.js';

const train = await loadTable('a,b,class\n1,2,no\n,4,yes\n4,,no\n10,6,no\n', { schema: smallSchema });
const held = await loadTable('a,b,class\n,,no\n7,8,yes\n', { schema: smallSchema });

test.each([
  ['mean', [5, 4, 7, 8]],
  ['median', [4, 4, 7, 8]],
  ['constant', [-1, -1, 7, 8]],
] as const)('%s is learned from the training part and put into the other', (strategy, expected) => {
  const imputer = fitImputer(train, { strategy, value: -1 });
  expect([...imputer.apply(held).toMatrix().data]).toEqual(expected);
  expect([
    ...imputerFromJson(JSON.parse(JSON.stringify(imputer)))
      .apply(held)
      .toMatrix().data,
  ]).toEqual(expected);
  expect(held.describe().columns[0]?.missing).toBe(1);
});

test('drop-rows leaves out the rows with missing cells of the columns', () => {
  expect(fitImputer(train, { strategy: 'drop-rows' }).apply(train).labels()).toEqual(['no', 'no']);
  expect(fitImputer(train, { strategy: 'drop-rows', columns: ['a'] }).apply(train).rowCount).toBe(3);
});

test('what cannot be learned is an error', async () => {
  const empty = await loadTable('a,b,class\n,1,no\n', { schema: smallSchema });
  expect(() => fitImputer(empty, { strategy: 'mean' })).toThrow(
    'column "a" has no value to take the mean of',
  );
  expect(() => fitImputer(train, { strategy: 'constant' })).toThrow(/value must be the finite number/);
  expect(() => fitImputer(train, { strategy: 'mode' as never })).toThrow(RangeError);
  expect(() => fitImputer(train, { strategy: 'mean', columns: ['class'] })).toThrow(TypeError);
});
