// Tables of noise, in which no finding is true but those that a shape names, and the same with one fault planted. Used by
// scripts/false-alarms.mjs (1000 tables) and test/false-alarms.test.ts (a few).

/** Numbers from 0 to 1, the same for a seed everywhere (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const normal = (next) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
/** Events where three are to be expected. */
function count(next) {
  const wait = () => -Math.log(1 - next());
  let events = 0;
  for (let time = wait(); time < 3; time += wait()) events++;
  return events;
}
const feature = (name) => ({ name, kind: 'number', role: 'feature' });
const category = (name, role) => ({ name, kind: 'category', role });

/** A table as plain lists: features of `draw`, and labels of `classes` that follow from none of them. */
function noise({ rows, width, draw, classes = 2, label, kind = 'number' }, next) {
  const names = Array.from({ length: width }, (_, j) => `f${j}`);
  const columns = names.map(() => Array.from({ length: rows }, () => draw(next)));
  const labels = Array.from({ length: rows }, (_, i) => label?.(i) ?? `c${Math.floor(next() * classes)}`);
  return {
    schema: {
      columns: [
        ...names.map((name) => (kind === 'number' ? feature(name) : category(name, 'feature'))),
        category('label', 'label'),
      ],
    },
    columns: [...columns, labels],
  };
}

/** Shapes of noise, with the findings that are true of them. */
export const shapes = {
  'normal, 200 × 6': { rows: 200, width: 6, draw: normal, facts: [] },
  'uniform, 100 × 10, 3 classes': {
    rows: 100,
    width: 10,
    classes: 3,
    draw: (next) => next(),
    facts: ['no-negative-inputs'],
  },
  'skewed (log-normal), 300 × 5': {
    rows: 300,
    width: 5,
    draw: (next) => Math.exp(normal(next)),
    facts: ['no-negative-inputs'],
  },
  'whole numbers to 1000, 150 × 6': {
    rows: 150,
    width: 6,
    draw: (next) => Math.floor(next() * 1000),
    facts: ['no-negative-inputs'],
  },
  'answers from 1 to 5, 150 × 5': {
    rows: 150,
    width: 5,
    draw: (next) => 1 + Math.floor(next() * 5),
    facts: ['no-negative-inputs'],
  },
  'categories of 4, 120 × 4': {
    rows: 120,
    width: 4,
    kind: 'category',
    draw: (next) => 'abcd'[Math.floor(next() * 4)],
    facts: [],
  },
  'normal with holes, 200 × 6': {
    rows: 200,
    width: 6,
    draw: (next) => (next() < 0.1 ? NaN : normal(next)),
    facts: ['missing-values'],
  },
  'answers with holes, 150 × 5': {
    rows: 150,
    width: 5,
    draw: (next) => (next() < 0.1 ? NaN : 1 + Math.floor(next() * 5)),
    facts: ['missing-values', 'no-negative-inputs'],
  },
  'many holes among answers, 200 × 8': {
    rows: 200,
    width: 8,
    draw: (next) => (next() < 0.3 ? NaN : 1 + Math.floor(next() * 6)),
    facts: ['missing-values', 'no-negative-inputs'],
  },
  'wide, 60 × 60': { rows: 60, width: 60, draw: normal, facts: [] },
  'counts (Poisson), 200 × 40': { rows: 200, width: 40, draw: count, facts: ['no-negative-inputs'] },
  'amounts, half of them 0, 60 × 40': {
    rows: 60,
    width: 40,
    draw: (next) => (next() < 0.5 ? 0 : Math.round(-20 * Math.log(1 - next()))),
    facts: ['no-negative-inputs'],
  },
  'rare marks, 300 × 60': {
    rows: 300,
    width: 60,
    draw: (next) => (next() < 0.1 ? 1 : 0),
    facts: ['near-constant-columns', 'no-negative-inputs'],
  },
  'half holes, 60 × 40': {
    rows: 60,
    width: 40,
    draw: (next) => (next() < 0.5 ? NaN : normal(next)),
    facts: ['missing-values'],
  },
  'a class of one, 300 × 10': {
    rows: 300,
    width: 10,
    draw: normal,
    label: (i) => (i === 0 ? 'rare' : 'common'),
    facts: ['class-imbalance', 'missing-classes'],
  },
};

export const noiseOf = (shape, seed) => noise(shapes[shape], random(seed));

const base = (next, change = {}) => noise({ rows: 200, width: 6, draw: normal, classes: 2, ...change }, next);
const withColumn = (table, column, values) => ({
  schema: { columns: [column, ...table.schema.columns] },
  columns: [values, ...table.columns],
});
const mapFeature = (table, change) => ({
  ...table,
  columns: table.columns.map((values, j) => (j === 0 ? values.map((x, i) => change(x, i, values)) : values)),
});
const labelsOf = (table) => table.columns.at(-1);
const relabelled = (table, label) => ({
  ...table,
  columns: [...table.columns.slice(0, -1), labelsOf(table).map((old, i) => label(i, old))],
});
const rowsAgain = (table, some) => ({
  ...table,
  columns: table.columns.map((values) => [...values, ...some.map((i) => values[i])]),
});

/** For each finding that can be planted, a table of noise with that fault, and what to audit it with. */
export const planted = {
  'label-leak': (next) => {
    const table = base(next);
    return withColumn(
      table,
      feature('code'),
      labelsOf(table).map((label) => (label === 'c0' ? 3 : 8)),
    );
  },
  'threshold-solves-task': (next) => {
    const table = base(next);
    return relabelled(table, (i) => (table.columns[2][i] > 0.3 ? 'high' : 'low'));
  },
  'lookup-solves-task': (next) => {
    const table = base(next);
    const shops = labelsOf(table).map(() => Math.floor(next() * 12));
    const open = Array.from({ length: 12 }, (_, shop) => (shop % 2 === 0 ? 'c0' : 'c1'));
    return withColumn(
      relabelled(table, (i) => open[shops[i]]),
      feature('shop'),
      shops,
    );
  },
  panels: (next) => {
    const table = base(next);
    const panels = Array.from({ length: 15 }, () => [normal(next), normal(next), normal(next)]);
    const which = labelsOf(table).map(() => Math.floor(next() * 15));
    return {
      ...table,
      columns: table.columns.map((values, j) => (j < 3 ? which.map((panel) => panels[panel][j]) : values)),
    };
  },
  'exact-duplicates': (next) =>
    rowsAgain(
      base(next),
      Array.from({ length: 10 }, () => Math.floor(next() * 200)),
    ),
  'conflicting-labels': (next) => {
    const table = rowsAgain(base(next), [3, 50, 120]);
    return relabelled(table, (i, old) => (i < 200 ? old : old === 'c0' ? 'c1' : 'c0'));
  },
  sentinel: (next) =>
    mapFeature(base(next, { draw: () => 80 + 10 * normal(next) }), (x) => (next() < 0.05 ? 0 : x)),
  'id-column': (next) => {
    const table = base(next);
    return withColumn(
      table,
      feature('patient'),
      labelsOf(table).map((_, i) => 1001 + i),
    );
  },
  'correlated-features': (next) => {
    const table = base(next);
    return mapFeature(table, (_, i) => table.columns[1][i] + 0.1 * normal(next));
  },
  outliers: (next) => mapFeature(base(next), (x, i) => (i === 17 ? 40 : x)),
  'class-imbalance': (next) => relabelled(base(next), () => (next() < 0.1 ? 'few' : 'many')),
  'constant-columns': (next) => mapFeature(base(next), () => 7),
  'float32-merges': (next) => mapFeature(base(next), (_, i) => 1_700_000_000 + i),
  'train-test-twins': (next) =>
    rowsAgain(
      base(next),
      Array.from({ length: 40 }, (_, i) => i),
    ),
};
/** The plain lists as a `Table`. */
export function tableOf(Table, { schema, columns }) {
  const kept = schema.columns.map(({ kind }, j) => {
    if (kind === 'number') return { kind, values: Float64Array.from(columns[j]) };
    const levels = [...new Set(columns[j])].sort();
    return { kind, levels, codes: Int32Array.from(columns[j], (text) => levels.indexOf(text)) };
  });
  return new Table(schema, kept, columns[0].length);
}
