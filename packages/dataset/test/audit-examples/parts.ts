import { type Examples, indices, noise, parts, plain, small } from './_example.js';

export const ofTheParts = {
  'train-test-twins': {
    fires: {
      table: () => small([...noise(), ...noise().slice(0, 2)]),
      options: { split: parts(indices(0, 30), indices(30, 42)) },
      says: { count: 2, rows: [40, 41], figure: 2 / 12 },
    },
    silent: [
      { table: () => small(noise()), options: { split: parts(indices(0, 30), indices(30, 40)) } },
      {
        table: () => small([...noise(), ...noise().slice(30, 32)]),
        options: { split: parts(indices(0, 30), indices(30, 42)) },
      },
    ],
  },
  'shared-groups': {
    fires: {
      ...plain,
      options: {
        split: parts(indices(0, 30), indices(30, 40)),
        groups: indices(0, 40).map((i) => (i > 28 ? 1 : 0)),
      },
      says: { count: 1, rows: indices(30, 40), figure: 1 },
    },
    silent: [
      {
        ...plain,
        options: {
          split: parts(indices(0, 30), indices(30, 40)),
          groups: indices(0, 40).map((i) => (i >= 30 ? 1 : 0)),
        },
      },
      { ...plain, options: { split: parts(indices(0, 30), indices(30, 40)) } },
    ],
  },
  drift: {
    fires: {
      table: () => small(noise().map(([a, b, c], i) => [i < 20 ? a : a + 35, b, c])),
      options: { split: parts(indices(0, 20), indices(20, 40)) },
      says: { columns: ['a'], count: 1 },
    },
    silent: [{ ...plain, options: { split: parts(indices(0, 20), indices(20, 40)) } }],
  },
  'missing-classes': {
    fires: {
      table: () => small(noise().map(([a, b], i) => [a, b, i < 10 ? 'yes' : 'no'])),
      options: { split: parts(indices(0, 30), indices(30, 40)) },
      says: { count: 1, details: [{ part: 'test', class: 'yes' }] },
    },
    silent: [{ ...plain, options: { split: parts(indices(0, 30), indices(30, 40)) } }],
  },
} satisfies Record<string, Examples>;
