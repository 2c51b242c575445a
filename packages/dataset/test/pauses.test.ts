import { describe, expect, test } from 'vitest';
import { dealGroups } from '../src/split/deal-groups.js';
import { holdOutGroups } from '../src/split/hold-out-groups.js';
import { descending } from '../src/steps/sorted.js';
import { finish, type Steps } from '../src/steps/steps.js';

// Pauses are counted, not timed: work between two of them must not grow with the table.

function pausesOf(steps: Steps<unknown>): number {
  let pauses = 0;
  try {
    while (steps.next().done !== true) pauses++;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return pauses;
}

/** Every row a group of its own; class 1 has so many rows, the last ones. */
function problem(rows: number, ofClassOne = rows / 2) {
  const ids = Int32Array.from({ length: rows }, (_, row) => row);
  const classes = ids.map((row) => (row < rows - ofClassOne ? 0 : 1));
  return {
    groups: { ids, count: rows },
    classes: { ids: classes, count: 2, names: ['a', 'b'] },
    order: Uint32Array.from(ids),
  };
}

describe('a split of groups pauses while it works', () => {
  const [few, many] = [2 ** 16, 2 ** 18];

  test.each<[string, (p: ReturnType<typeof problem>) => Steps<unknown>]>([
    ['two parts', ({ groups, classes, order }) => holdOutGroups(groups, classes, order, 0.2)],
    ['folds', ({ groups, classes, order }) => dealGroups(groups, classes, order, 3)],
  ])('%s', (_, steps) => {
    const [before, after] = [few, many].map((rows) => pausesOf(steps(problem(rows))));
    expect(before).toBeGreaterThanOrEqual((3 * few) / 2 ** 15);
    expect(after / before).toBeGreaterThan(3);
  });

  test('in the search for exchanges too, which is in vain here', () => {
    // Class a stands in groups 0 and 1, b in 1 and 2, c in 2 and 0: no two parts can hold all three.
    const others = 297;
    const ids = Int32Array.from([0, 0, 1, 1, 2, 2, ...Array.from({ length: others }, (_, i) => i + 3)]);
    const classes = Int32Array.from(ids, (_, row) => [0, 2, 0, 1, 1, 2][row] ?? 3);
    const [groups, named] = [
      { ids, count: others + 3 },
      { ids: classes, count: 4, names: ['a', 'b', 'c', 'd'] },
    ];
    const order = Uint32Array.from({ length: groups.count }, (_, i) => i);
    expect(() => finish(holdOutGroups(groups, named, order, 0.2))).toThrow('cannot stand in both parts');
    expect(pausesOf(holdOutGroups(groups, named, order, 0.2))).toBeGreaterThan(0.2 * others);
  });

  test('items are sorted as one sort does it', () => {
    const items = Uint32Array.from({ length: 100_000 }, (_, i) => (i * 48_271) % 100_000);
    const keys = Float64Array.from(items, (_, i) => (i * 7919) % 50);
    const sorted = finish(descending(items, keys));
    expect(
      Buffer.from(sorted.buffer).equals(Buffer.from(items.slice().sort((a, b) => keys[b] - keys[a]).buffer)),
    ).toBe(true);
  });
});
