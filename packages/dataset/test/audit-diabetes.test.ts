import { describe, expect, test } from 'vitest';
import { audit, diabetesSchema, loadTable, sampleDiabetes, split, type Table } from '../src/index.js';
import { onRealTable, realTableText } from './_tables.js';

const idsOf = (table: Table) => [
  ...audit(table, { split: split(table, { method: 'random', seed: 1 }) }).findings.map(({ id }) => id),
  ...audit(table, { split: split(table, { method: 'stratified-grouped', seed: 1 }) }).findings.map(
    ({ id }) => id,
  ),
];
const expectedIds = [
  'label-leak',
  'threshold-solves-task',
  'lookup-solves-task',
  'implausible-reveals-class',
  'panels',
  'exact-duplicates',
  'implausible-values',
  'train-test-twins',
  'shared-groups',
  'class-imbalance',
  'no-negative-inputs',
];

test.each([0, 1, 2, 3, 4, 5])('the embedded table of seed %i has the findings of the real one', (seed) => {
  const table = sampleDiabetes({ seed });
  const found = audit(table, { split: split(table, { method: 'random', seed: 1 }) });
  expect(found.findings.map(({ id }) => id)).toEqual(expectedIds);
  expect(found.find('label-leak')?.columns).toEqual(['Class']);
});

describe.skipIf(realTableText === undefined)(`the real table${onRealTable}`, async () => {
  if (realTableText === undefined) return;
  const table = await loadTable(realTableText, { schema: diabetesSchema });
  const parts = split(table, { method: 'random', seed: 1 });
  const found = audit(table, { split: parts });

  test('has the findings of the embedded one', () => {
    expect(found.findings.map(({ id }) => id)).toEqual(expectedIds);
    expect(idsOf(table)).toEqual(idsOf(sampleDiabetes()));
  });

  test('duplicates, panels and the leak', () => {
    expect(found.find('exact-duplicates')).toMatchObject({ count: 386 });
    expect(found.find('exact-duplicates')?.rows).toHaveLength(386);
    expect(found.find('panels')).toMatchObject({
      count: 21,
      columns: ['BS pp', 'Plasma R', 'Plasma F', 'HbA1c'],
    });
    expect(found.find('panels')?.explanation).toContain('each with one class');
    expect(found.find('label-leak')?.columns).toEqual(['Class']);
  });

  test('the threshold on Plasma R', () => {
    expect(found.find('threshold-solves-task')).toMatchObject({
      figure: 1,
      columns: expect.arrayContaining(['Plasma R']),
    });
    expect(found.find('threshold-solves-task')?.details[0]).toEqual({
      rule: 'Plasma R > 11',
      says: 'not Normal',
      class: 'Normal',
      accuracy: 1,
      column: 'Plasma R',
      threshold: 11,
      right: 631,
      rows: 631,
      restRight: 378,
      rest: 378,
    });
  });

  test('implausible fasting values, all Normal', () => {
    expect(found.find('implausible-values')?.details).toEqual([
      { column: 'BS Fast', count: 134, values: 'below 2', from: 0, to: 0 },
      { column: 'BS Fast', count: 306, values: 'above 15', from: 16, to: 54 },
    ]);
    expect(found.find('implausible-reveals-class')).toMatchObject({ count: 440, figure: 1 });
    expect(found.find('implausible-reveals-class')?.details.map((detail) => detail.class)).toEqual([
      'Normal',
      'Normal',
    ]);
  });

  test('a random split has twins of 45 to 65 % of test rows in training, and every panel', () => {
    for (let seed = 0; seed < 20; seed++) {
      const some = audit(table, { split: split(table, { method: 'random', seed }) });
      expect(some.find('train-test-twins')?.figure).toBeGreaterThan(0.45);
      expect(some.find('train-test-twins')?.figure).toBeLessThan(0.65);
      expect(some.find('shared-groups')?.figure).toBeGreaterThan(0.97);
    }
  });

  test('a split by panels has neither', () => {
    const grouped = audit(table, { split: split(table, { method: 'stratified-grouped', seed: 3 }) });
    expect(grouped.find('train-test-twins')).toBeUndefined();
    expect(grouped.find('shared-groups')).toBeUndefined();
    expect(grouped.find('missing-classes')).toBeUndefined();
  });
});
