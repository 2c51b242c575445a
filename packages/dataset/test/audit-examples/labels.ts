import { expect } from 'vitest';
import { smallSchema } from '../_tables.js';
import { change, type Examples, noise, plain, small, withRange } from './_example.js';

export const ofTheLabels = {
  'single-class': {
    fires: {
      table: () => small(noise().map(([a, b]) => [a, b, 'yes'])),
      says: { columns: ['class'], explanation: expect.stringContaining('Every label is yes') },
    },
    silent: [plain, { table: () => small(noise().map(([a, b], i) => [a, b, i === 0 ? 'no' : 'yes'])) }],
  },
  'label-leak': {
    fires: {
      table: () =>
        small(
          noise().map(([a, b, c]) => [a, b, c, c === 'yes' ? 7 : 8]),
          [...smallSchema.columns, { name: 'code', kind: 'number', role: 'other' }],
        ),
      says: { columns: ['code'], count: 1, figure: 1 },
    },
    silent: [
      plain,
      // Cells that are missing at random, in a column that says nothing.
      { table: () => small(noise().map(([a, b, c], i) => [a, i % 3 === 0 ? '' : b, c])) },
      // The same for all but one row, and a column with a value for every row.
      {
        table: () =>
          small(
            noise().map(([a, b, c], i) => [a, b, c, (c === 'yes') === (i !== 4) ? 7 : 8]),
            [...smallSchema.columns, { name: 'code', kind: 'number', role: 'other' }],
          ),
      },
    ],
  },
  'threshold-solves-task': {
    fires: {
      table: () => small(noise().map(([a, b]) => [a, b, a > 5 ? 'yes' : 'no'])),
      says: {
        columns: ['a'],
        figure: 1,
        details: [
          {
            rule: 'a > 5',
            says: 'yes',
            class: 'yes',
            accuracy: 1,
            right: 14,
            rows: 14,
            restRight: 26,
            rest: 26,
            column: 'a',
            threshold: 5,
          },
        ],
      },
    },
    silent: [
      plain,
      { table: () => small(noise().map(([a, b], i) => [a, b, a > 5 !== (i === 9) ? 'yes' : 'no'])) },
    ],
  },
  'lookup-solves-task': {
    fires: {
      table: () => small(noise().map(([a, b]) => [Math.abs(a) % 4, b, Math.abs(a) % 4 === 2 ? 'yes' : 'no'])),
      says: { columns: ['a'], count: 4, figure: 1 },
    },
    // Values that occur once each cannot be looked up, however well they tell the label in hindsight.
    silent: [
      plain,
      { table: () => small(noise().map(([a, b]) => [a, b, Math.abs(a) % 4 === 2 ? 'yes' : 'no'])) },
    ],
  },
  'implausible-reveals-class': {
    fires: {
      table: () =>
        small(
          noise().map(([a, b, c]) => [c === 'yes' ? 200 + a : a, b, c]),
          withRange,
        ),
      says: { columns: ['a'], count: 20, figure: 1 },
    },
    silent: [
      {
        table: () =>
          small(
            noise().map(([a, b, c]) => [200 + a, b, c]),
            withRange,
          ),
      },
      // All of one class, but so few that chance may do it.
      { table: () => small(change(2, 0, 101), withRange) },
    ],
  },
  'class-imbalance': {
    fires: {
      table: () => small(noise().map(([a, b], i) => [a, b, i < 10 ? 'yes' : 'no'])),
      says: { figure: 3, count: 2 },
    },
    silent: [plain, { table: () => small(noise().map(([a, b], i) => [a, b, i < 11 ? 'yes' : 'no'])) }],
  },
} satisfies Record<string, Examples>;
