import { expect, test } from 'vitest';
import { simulateKind, simulateLooks } from '../scripts/simulation/simulate.js';
import { tableKinds } from '../scripts/simulation/tables.js';

// The full numbers come from `pnpm simulate` and stand in docs/coverage.md; this is the same on a few tables, so that it stays alive and a
// gross fault shows: with 30 tables, a method that covers 95 % covers fewer than 24 with a probability below 1 in 1,000.
const few = { tables: 30, seeds: 8, truthTables: 40, bootstrapTables: 2 };

test('the simulation, on a few tables of a kind', () => {
  const kind = tableKinds.find(({ name }) => name === 'few groups') as (typeof tableKinds)[number];
  const cases = simulateKind(kind, few);
  const of = (planted: string) => cases.find((one) => one.planted === planted);
  for (const planted of ['0, exchangeable arms', '0, opposite effects', '+4 SE', '−4 SE'])
    expect(of(planted)?.coverage).toBeGreaterThanOrEqual(80);
  expect(of('0, exchangeable arms')?.called).toBeLessThanOrEqual(20);
  expect(of('+4 SE')?.called).toBeGreaterThan(50);
  expect(of('+4 SE')?.wrongSign).toBe(0);
  expect(of('−4 SE')?.wrongSign).toBe(0);
  expect(cases.every(({ tables }) => tables > 0)).toBe(true);
}, 120_000);

test('a confidence sequence holds where t at every look does not', () => {
  const { byT, bySequence } = simulateLooks('normal', 400);
  expect(byT).toBeGreaterThan(15);
  expect(bySequence).toBeLessThan(7);
});
