import { Table } from '../dist/index.js';

/** Numbers from 0 to 1, the same each time (mulberry32). */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A cell of column j, of each kind of column that costs its own: of any number, whole, with two decimals, with holes. */
const draws = {
  continuous: () => (next) => next() - 0.5,
  whole: (j) => (next) => Math.floor(next() * 10 ** (1 + (j % 5))),
  decimals: () => (next) => Math.round(next() * 10_000) / 100,
  'with holes': () => (next) => (next() < 0.1 ? Number.NaN : Math.floor(next() * 50)),
};

/** Shapes that are timed. */
export const shapes = {
  ...Object.fromEntries(
    Object.keys(draws).map((kind) => [`1,000,000 × 8, ${kind}`, { rows: 1e6, width: 8, kind }]),
  ),
  '1,079 × 857, continuous': { rows: 1079, width: 857, kind: 'continuous' },
  '100 × 5,000, continuous': { rows: 100, width: 5000, kind: 'continuous' },
};

/** Features of one kind, and a label of three classes that follows from none. */
export function tableOf({ rows, width, kind }) {
  const next = random(1);
  const columns = Array.from({ length: width }, (_, j) => {
    const draw = draws[kind](j);
    return { kind: 'number', values: Float64Array.from({ length: rows }, () => draw(next)) };
  });
  const codes = Int32Array.from({ length: rows }, () => Math.floor(next() * 3));
  const schema = {
    columns: [
      ...columns.map((_, j) => ({ name: `f${j}`, kind: 'number', role: 'feature' })),
      { name: 'class', kind: 'category', role: 'label' },
    ],
  };
  return new Table(schema, [...columns, { kind: 'category', codes, levels: ['a', 'b', 'c'] }], rows);
}
