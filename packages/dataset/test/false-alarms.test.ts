import { describe, expect, test } from 'vitest';
import { noiseOf, planted, random, shapes, tableOf } from '../scripts/_noise.mjs';
import { audit, type FindingId, split, Table } from '../src/index.js';

// A few tables of each shape; `pnpm false-alarms` tries 1000, and docs/false-alarms.md has what it found.
const seeds = [1, 2, 3, 4, 5, 6];

describe('on noise nothing is found but what is true of it', () => {
  test.each(Object.entries(shapes))('%s', (shape, { facts }) => {
    const ids = seeds.flatMap((seed) => {
      const table = tableOf(Table, noiseOf(shape, seed)) as Table;
      return audit(table, { split: split(table, { method: 'random', seed }) }).findings.map(({ id }) => id);
    });
    expect(ids.filter((id) => !(facts as readonly string[]).includes(id))).toEqual([]);
  });
});

describe('what was planted is found', () => {
  test.each(Object.entries(planted))('%s', (id, plant) => {
    for (const seed of seeds) {
      const table = tableOf(Table, plant(random(seed))) as Table;
      expect(
        audit(table, { split: split(table, { method: 'random', seed }) }).find(id as FindingId),
      ).toBeDefined();
    }
  });
});
