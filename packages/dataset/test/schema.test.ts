import { expect, test } from 'vitest';
import { checkSchema, columnRoles, loadTable, type TableSchema } from '../src/index.js';

const column = (name: string, kind: string, role: string) => ({ name, kind, role });
const schema = (...columns: object[]) => ({ columns }) as unknown as TableSchema;

test('roles: what a table predicts, what names its rows, and what holds them together', async () => {
  const roles = schema(
    column('patient', 'category', 'group'),
    column('sample', 'number', 'id'),
    column('dose', 'number', 'feature'),
    column('colour', 'category', 'feature'),
    column('yield', 'number', 'target'),
  );
  const table = await loadTable('patient,sample,dose,colour,yield\np1,1,0.5,red,7\np1,2,0.6,blue,8\n', {
    schema: roles,
  });
  expect(table.featureNames).toEqual(['dose', 'colour']);
  expect(table.numberFeatureNames).toEqual(['dose']);
  expect(columnRoles.map((role) => table.namesOf(role))).toEqual([
    ['dose', 'colour'],
    [],
    ['yield'],
    ['patient'],
    ['sample'],
    [],
    [],
  ]);
  expect(table.targetName).toBe('yield');
  expect(table.targets()).toEqual(Float64Array.of(7, 8));
  expect(() => table.labelName).toThrow('the table has no column with the role label');
  expect(() => table.drop(['yield']).targetName).toThrow('the table has no column with the role target');
});

test('a missing target is named', async () => {
  const table = await loadTable('y,x\n1,2\n,2\n', {
    schema: schema(column('y', 'number', 'target'), column('x', 'number', 'feature')),
  });
  expect(() => table.targets()).toThrow(new RangeError('row 2, column "y": the target is missing'));
});

test.each([
  [
    [column('a', 'number', 'feat')],
    /role must be one of feature, label, target, group, id, leak, other, got "feat"/,
  ],
  [[column('a', 'number', 'label')], /a label must be a category; a number to predict has the role target/],
  [[column('a', 'category', 'target')], /a target must be a number; a class to tell has the role label/],
  [
    [column('a', 'category', 'label'), column('b', 'number', 'target')],
    /at most one label or target column, got "a" \(label\), "b" \(target\)/,
  ],
])('a schema that contradicts itself is refused (%#)', (columns, message) => {
  expect(() => checkSchema(schema(...columns))).toThrow(message);
});
