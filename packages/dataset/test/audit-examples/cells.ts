import { expect } from 'vitest';
import { change, type Examples, noise, plain, small, withRange } from './_example.js';

export const ofTheCells = {
  'missing-values': {
    fires: {
      table: () => small(change(3, 1, '')),
      says: { columns: ['b'], count: 1, rows: [3], figure: 1 / 40 },
    },
    silent: [
      plain,
      { table: () => small(change(3, 1, '')), options: { thresholds: { missingShare: 1 / 40 } } },
    ],
  },
  'implausible-values': {
    fires: {
      table: () => small(change(2, 0, 101), withRange),
      says: {
        columns: ['a'],
        count: 1,
        rows: [2],
        figure: 1 / 40,
        details: [{ column: 'a', count: 1, values: 'above 100', from: 101, to: 101 }],
      },
    },
    silent: [
      plain,
      { table: () => small(change(2, 0, 100), withRange) },
      { table: () => small(change(2, 0, 101)) },
    ],
  },
  sentinel: {
    fires: {
      table: () => small(noise().map(([a, b, c], i) => [a, i % 9 === 0 ? 999 : b, c])),
      says: {
        columns: ['b'],
        count: 5,
        rows: [0, 9, 18, 27, 36],
        advice: expect.stringContaining("b: missingTexts: ['999']"),
      },
    },
    silent: [
      plain,
      // 0 is far from nothing here, and −1 is one of several below 0.
      { table: () => small(noise().map(([a, b, c], i) => [a, i % 9 === 0 ? -1 : b, c])) },
      // Amounts begin where they like: so few do not show that 0 is none of them.
      {
        table: () =>
          small(
            noise().map(([a, , c], i) => [a, i % 2 === 0 ? 0 : i < 20 ? 12 + i : i < 34 ? 3 * i : 5 * i, c]),
          ),
      },
      // Not apart from the others, not a code, and within the range that the schema calls plausible.
      { table: () => small(noise().map(([a, b, c], i) => [a, i % 9 === 0 ? 20 : b, c])) },
      { table: () => small(noise().map(([a, b, c], i) => [a, i % 9 === 0 ? 612 : b, c])) },
      {
        table: () =>
          small(
            noise().map(([a, b, c], i) => [i % 9 === 0 ? 99 : a, b, c]),
            withRange,
          ),
      },
    ],
  },
  outliers: {
    fires: { table: () => small(change(4, 1, 400)), says: { columns: ['b'], count: 1, rows: [4] } },
    // Tukey's fence alone is at 41 here; of evenly spread values it is the longer tail that 42 is no proof of. Zeros are no part of a tail.
    silent: [
      plain,
      { table: () => small(change(4, 1, 42)) },
      { table: () => small(noise().map(([a, b, c], i) => [a, i % 8 === 0 ? b + 30 : 0, c])) },
    ],
  },
  'float32-merges': {
    fires: {
      table: () => small(noise().map(([a, b, c]) => [1_700_000_000 + a, b, c])),
      says: { columns: ['a'], details: [{ column: 'a', distinct: 40, inFloat32: 1 }] },
    },
    silent: [plain, { table: () => small(noise().map(([a, b, c]) => [a + 0.1, b / 3, c])) }],
  },
  'dates-as-numbers': {
    fires: {
      table: () => small(noise().map(([a, b, c]) => [1_700_000_000 + 86_400 * a, b, c])),
      says: {
        columns: ['a'],
        explanation: expect.stringContaining('seconds since 1970, 2023-10-25 to 2023-12-03'),
      },
    },
    silent: [plain, { table: () => small(noise().map(([a, b, c]) => [1_700_000_000.5 + a, b, c])) }],
  },
} satisfies Record<string, Examples>;
