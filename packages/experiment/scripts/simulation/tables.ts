import { type Draws, draws } from '../../src/random/draws.js';

/** Rows drawn from a known source. */
export interface DrawnRows {
  /** Two features a row. */
  readonly features: number[];
  readonly labels: number[];
  /** What each row belongs to. */
  readonly units: number[];
}

/** A kind of table: how many units one has, and how a unit's rows are drawn. */
export interface TableKind {
  readonly name: string;
  readonly units: number;
  /** Adds one unit's rows. */
  readonly drawUnit: (unit: number, random: Draws, rows: DrawnRows) => void;
}

function add(rows: DrawnRows, unit: number, x: number, y: number, label: boolean): void {
  rows.features.push(x, y);
  rows.labels.push(label ? 1 : 0);
  rows.units.push(unit);
}

/** One row for each unit, its class decided by x + y and turned over with some probability. */
const cloud =
  (cut: number, margin: number, noise: number): TableKind['drawUnit'] =>
  (unit, { normal, uniform }, rows) => {
    const [x, y] = [normal(), normal()];
    const above = x + y > cut;
    const away = above ? margin : -margin;
    add(rows, unit, x + away, y + away, uniform() < noise ? !above : above);
  };

export const tableKinds: readonly TableKind[] = [
  { name: 'separable', units: 60, drawUnit: cloud(0, 0.4, 0) },
  { name: 'noisy', units: 60, drawUnit: cloud(0, 0, 0.2) },
  {
    name: 'duplicated rows',
    units: 40,
    drawUnit(unit, random, rows) {
      const once: DrawnRows = { features: [], labels: [], units: [] };
      cloud(0, 0, 0.15)(unit, random, once);
      for (let copies = 1 + random.below(3); copies > 0; copies--)
        add(rows, unit, once.features[0], once.features[1], once.labels[0] === 1);
    },
  },
  {
    name: 'few groups',
    units: 12,
    drawUnit(unit, { normal, uniform }, rows) {
      const [x, y] = [normal(), normal()];
      for (let i = 0; i < 5; i++) {
        const above = x + y + 0.3 * normal() > 0;
        add(rows, unit, x + 0.5 * normal(), y + 0.5 * normal(), uniform() < 0.1 ? !above : above);
      }
    },
  },
  { name: 'rare class', units: 80, drawUnit: cloud(1.6, 0, 0.02) },
];

/** A fresh table of a kind, the same for a seed. */
export function drawTable(kind: TableKind, seed: number, units = kind.units): DrawnRows {
  const random = draws(seed);
  const rows: DrawnRows = { features: [], labels: [], units: [] };
  for (let unit = 0; unit < units; unit++) kind.drawUnit(unit, random, rows);
  return rows;
}
