import { describe, expect, test } from 'vitest';
import { audit, type FindingId, findingIds, sampleDiabetes, split, summarize } from '../src/index.js';
import { change, type Examples, indices, noise, parts, small } from './audit-examples/_example.js';
import { ofTheCells } from './audit-examples/cells.js';
import { ofTheColumns } from './audit-examples/columns.js';
import { ofTheLabels } from './audit-examples/labels.js';
import { ofTheParts } from './audit-examples/parts.js';
import { ofTheRows } from './audit-examples/rows.js';

const examples: Record<FindingId, Examples> = {
  ...ofTheCells,
  ...ofTheColumns,
  ...ofTheRows,
  ...ofTheLabels,
  ...ofTheParts,
};

describe.each(findingIds)('%s', (id) => {
  const { fires, silent } = examples[id];
  test('fires', async () => {
    const found = audit(await fires.table(), fires.options).find(id);
    expect(found).toMatchObject({ id, ...fires.says });
    expect(found?.explanation).toMatch(/^\S.*\.$/);
    expect(found?.advice).toMatch(/^\S.*\.$/);
  });
  test.each(silent.map((example, i) => [i + 1, example] as const))(
    'is silent (%i)',
    async (_, { table, options }) => {
      expect(audit(await table(), options).find(id)).toBeUndefined();
    },
  );
});

test('a table with nothing to find has no findings', async () => {
  const found = audit(await small(noise()), { split: parts(indices(0, 30), indices(30, 40)) });
  expect(found.findings).toEqual([]);
  expect(String(found)).toMatch(
    /^No findings\.\n\nNOT CHECKED implausible-values: the schema gives no column a range/,
  );
});

test('a table without rows, or with one, has no findings and no panels', async () => {
  const table = await small(noise());
  for (const rows of [[], [3]]) {
    const few = table.takeRows(rows);
    expect(audit(few).findings.map(({ id }) => id)).toEqual([]);
    expect(summarize(few)).toMatchObject({
      rows: rows.length,
      exactDuplicates: 0,
      panels: 0,
      panelColumns: [],
    });
  }
});

test("drift's p-value is Kolmogorov's", () => {
  const table = sampleDiabetes();
  const options = { split: split(table, { method: 'random', seed: 1 }), thresholds: { driftLevel: 1.1 } };
  const found = audit(table, options)
    .find('drift')
    ?.details.find(({ column }) => column === 'BS Fast');
  // scipy.special.kolmogorov(0.058927454083698316 * sqrt(202 * 807 / 1009))
  expect(found?.distance).toBeCloseTo(0.058927454083698316, 15);
  expect(found?.pValue).toBeCloseTo(0.6288428002127846, 14);
});

test('prints, and is plain data', async () => {
  const found = audit(await small(change(3, 1, '')));
  expect(`\n${found}\n`).toMatchInlineSnapshot(`
    "
    WARNING missing-values
      1 cell is missing, in b.
      Impute them with figures of the training part (fitImputer), or drop the rows.
        column  missing  share
        ------  -------  -----
        b             1  0.025

    NOT CHECKED implausible-values: the schema gives no column a range

    NOT CHECKED panels: there are fewer than three features

    NOT CHECKED implausible-reveals-class: the schema gives no column a range

    NOT CHECKED train-test-twins, shared-groups, drift, missing-classes: no split was given
    "
  `);
  expect(JSON.parse(JSON.stringify(found))).toEqual({
    findings: found.findings,
    skipped: found.skipped,
    notes: [],
  });
});

test('what is no threshold or split is refused', async () => {
  const table = await small(noise());
  expect(() => audit(table, { thresholds: { nothing: 1 } as never })).toThrow(
    new RangeError('there is no threshold "nothing"'),
  );
  expect(() => audit(table, { thresholds: { missingShare: '0' as never } })).toThrow(
    /missingShare must be a number, got "0"/,
  );
  expect(() => audit(table, { split: parts([0], [40]) })).toThrow(
    /split.test\[0\] must be an integer from 0 to 39, got 40/,
  );
  expect(() => audit(table, { split: parts([], [1]) })).toThrow(/split.train must hold at least one row/);
});
