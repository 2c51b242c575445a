import { type Examples, noise, panelColumns, panelled, plain, small } from './_example.js';

export const ofTheRows = {
  panels: {
    fires: {
      table: () => small(panelled(240, 12), panelColumns),
      says: { columns: ['a', 'b', 'c'], count: 12, figure: 20 },
    },
    silent: [
      plain,
      { table: () => small(panelled(240, 0), panelColumns) },
      // Four rows to a combination, and five are asked for.
      { table: () => small(panelled(240, 60), panelColumns) },
      {
        table: () => small(panelled(240, 12), panelColumns),
        options: { thresholds: { panelMinColumns: 4 } },
      },
    ],
  },
  'exact-duplicates': {
    fires: {
      table: () => small([...noise(), ...noise().slice(5, 7)]),
      says: { count: 2, rows: [40, 41], figure: 2 / 42 },
    },
    silent: [plain],
  },
  'conflicting-labels': {
    fires: {
      table: () =>
        small([
          ...noise(),
          ...noise()
            .slice(0, 1)
            .map(([a, b, c]) => [a, b, c === 'no' ? 'yes' : 'no']),
        ]),
      says: { count: 2, rows: [0, 40] },
    },
    silent: [plain, { table: () => small([...noise(), ...noise().slice(0, 1)]) }],
  },
} satisfies Record<string, Examples>;
