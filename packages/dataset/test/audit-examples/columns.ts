import { expect } from 'vitest';
import { type Examples, noise, plain, small } from './_example.js';

export const ofTheColumns = {
  'id-column': {
    fires: {
      table: () => small(noise().map(([a, b, c]) => [a + 120, b, c])),
      says: {
        columns: ['a'],
        severity: 'warning',
        explanation: expect.stringContaining('rows are compared without it'),
      },
    },
    // Below 0, with decimals, or with repetitions nothing names a row; nor when told.
    silent: [
      plain,
      { table: () => small(noise().map(([a, b, c]) => [a + 120.5, b, c])) },
      { table: () => small(noise().map(([a, b, c]) => [(a + 120) % 25, b, c])) },
      { table: () => small(noise().map(([a, b, c]) => [a + 120, b, c])), options: { ids: [] } },
      // 24 different ones of 25, as chance draws them from 48 numbers in one column of a hundred.
      {
        table: () =>
          small(
            noise()
              .slice(0, 25)
              .map(([, b, c], i) => [i === 24 ? 0 : 2 * i + (i % 2), b, c]),
          ),
      },
    ],
  },
  'constant-columns': {
    fires: { table: () => small(noise().map(([a, , c]) => [a, 3, c])), says: { columns: ['b'], count: 1 } },
    silent: [plain, { table: () => small(noise().map(([a, , c], i) => [a, i === 0 ? 4 : 3, c])) }],
  },
  'near-constant-columns': {
    fires: {
      table: () => small(noise().map(([a, , c], i) => [a, i < 2 ? 4 : 3, c])),
      says: { columns: ['b'], figure: 0.95 },
    },
    silent: [
      plain,
      { table: () => small(noise().map(([a, , c], i) => [a, i < 3 ? 4 : 3, c])) },
      { table: () => small(noise().map(([a, , c]) => [a, 3, c])) },
    ],
  },
  'correlated-features': {
    fires: {
      table: () => small(noise().map(([a, b, c]) => [a, b / 10 - 2 * a, c])),
      says: { columns: ['a', 'b'], count: 1 },
    },
    // A far value that has no partner is no reason to be silent, and one that has is no reason to speak; nor are two rare marks that met.
    silent: [
      plain,
      { table: () => small(noise().map(([a, b, c]) => [a, b - a, c])) },
      { table: () => small(noise().map(([a, b, c], i) => (i === 7 ? [900, 800, c] : [a, b, c]))) },
      { table: () => small(noise().map(([, , c], i) => [i === 7 ? 1 : 0, i === 7 ? -5 : 0, c])) },
    ],
  },
  'no-negative-inputs': {
    fires: {
      table: () => small(noise().map(([a, b, c]) => [a + 20, b + 20, c])),
      says: { figure: 0, columns: ['a', 'b'] },
    },
    silent: [plain],
  },
} satisfies Record<string, Examples>;
