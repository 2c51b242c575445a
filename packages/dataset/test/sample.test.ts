import { expect, test } from 'vitest';
import {
  diabetesSchema,
  findPanels,
  loadTable,
  sampleDiabetes,
  summarize,
  type Table,
} from '../src/index.js';
import { onRealTable, realTableText } from './_tables.js';

const facts = (table: Table) => {
  const panels = findPanels(table);
  const types = table.labels();
  const typesOfPanel = Array.from({ length: panels.count }, () => new Set<string>());
  for (const [i, id] of panels.ids.entries()) typesOfPanel[id]?.add(types[i]);
  const rows = table.toRows();
  const [normal, diabetic] = [
    rows.filter((r) => r.Type === 'Normal'),
    rows.filter((r) => r.Type !== 'Normal'),
  ];
  const plasmaR = (some: typeof rows) => some.map((row) => row['Plasma R'] as number);
  return {
    summary: summarize(table),
    typesPerPanel: Math.max(...typesOfPanel.map((some) => some.size)),
    zeros: rows.filter((r) => r['BS Fast'] === 0).length,
    impossible: rows
      .filter((r) => r['BS Fast'] === 0 || (r['BS Fast'] as number) > 15)
      .every((r) => r.Type === 'Normal'),
    leak: rows.every((r) => r.Class === (r.Type === 'Normal' ? 0 : 1)),
    threshold: Math.max(...plasmaR(normal)) < Math.min(...plasmaR(diabetic)),
  };
};

const expected = {
  summary: {
    rows: 1009,
    columns: 8,
    classes: { Normal: 631, Type1: 173, Type2: 205 },
    missing: 0,
    exactDuplicates: 386,
    panels: 21,
    panelColumns: ['BS pp', 'Plasma R', 'Plasma F', 'HbA1c'],
  },
  typesPerPanel: 1,
  zeros: 134,
  impossible: true,
  leak: true,
  threshold: true,
};

test.each([0, 1, 7, 4294967295])('the embedded table of seed %i has the faults of the real one', (seed) => {
  expect(facts(sampleDiabetes({ seed }))).toEqual(expected);
});

test.skipIf(realTableText === undefined)(`the real table has them${onRealTable}`, async () => {
  expect(facts(await loadTable(realTableText as string, { schema: diabetesSchema }))).toEqual(expected);
});

test('a seed gives one table, another seed another', () => {
  expect(sampleDiabetes({ seed: 5 }).toRows()).toEqual(sampleDiabetes({ seed: 5 }).toRows());
  expect(sampleDiabetes({ seed: 5 }).toRows()).not.toEqual(sampleDiabetes({ seed: 6 }).toRows());
  expect(sampleDiabetes().head(3).toString()).toMatchInlineSnapshot(`
    "Age  BS Fast  BS pp  Plasma R  Plasma F  HbA1c  Type    Class
    ---  -------  -----  --------  --------  -----  ------  -----
     42      6.9    8.1      11.1       7.5     63  Type2       1
     38       13    5.4       9.8       5.1     31  Normal      0
     22       30    5.9      10.1       4.6     51  Normal      0
    3 rows, 8 columns"
  `);
});

test('a seed that is none is refused', () => {
  expect(() => sampleDiabetes({ seed: 1.5 })).toThrow(
    new RangeError('seed must be an integer from 0 to 4294967295, got 1.5'),
  );
  expect(() => sampleDiabetes({ seed: '1' as unknown as number })).toThrow(TypeError);
});
