import { assertOptions } from '../arguments/options.js';
import { type DrawInteger, randomIntegers, shuffleInPlace } from '../split/random.js';
import { Table } from '../table/table.js';
import { diabetesSchema } from './schema.js';

type Panel = readonly [bsPp: number, plasmaR: number, plasmaF: number, hbA1c: number, bsFast: number];

// Invented numbers: 21 combinations of lab values, each with one Type, whose values overlap in
// every column but Plasma R. A Type1 and a Type2
// panel share their last three values, and the first tells them apart; two Type2 panels sit among Type1's, as hard cases when held out.
const normal: readonly Panel[] = [
  [6.5, 10.4, 4.4, 34, 5.1],
  [7.1, 8.3, 5.3, 39, 5.1],
  [5.4, 9.8, 5.1, 31, 5.1],
  [7.6, 10.6, 5.9, 37, 4.7],
  [6.1, 7.5, 4.1, 42, 5.1],
  [5.9, 10.1, 4.6, 29, 5.6],
  [7.6, 10.6, 7.2, 37, 4.7],
  [5.9, 10.1, 4.6, 51, 5.6],
];
const type1: readonly Panel[] = [
  [8.6, 11.1, 7.5, 63, 6.9],
  [7.9, 12.9, 8.9, 59, 6.6],
  [6.1, 12.4, 8.3, 51, 5.7],
  [7.3, 12, 7.7, 56, 5.6],
  [7, 11.3, 8.6, 54, 5.6],
  [8.9, 11.7, 7.2, 68, 6.6],
  [8.6, 11.1, 7.5, 57, 6.9],
];
const type2: readonly Panel[] = [
  [8.1, 11.1, 7.5, 63, 6.9],
  [4.9, 12.9, 8.9, 59, 6.6],
  [5.4, 12.4, 8.3, 51, 5.7],
  [4.4, 12, 7.7, 56, 6.4],
  [4.1, 11.3, 8.6, 54, 5.9],
  [8.3, 11.7, 7.2, 68, 6.7],
];

interface Stratum {
  readonly type: 'Normal' | 'Type1' | 'Type2';
  readonly panels: readonly Panel[];
  /** Panels of the list's end that are rare: one row in 50 instead of an even share. */
  readonly rare: number;
  readonly rows: number;
  /** Rows without their repetitions; over all strata 1009 − 386. */
  readonly distinct: number;
  readonly bsFast: (panel: Panel, draw: DrawInteger) => number;
}

const strata: readonly Stratum[] = [
  { type: 'Normal', panels: normal, rare: 2, rows: 134, distinct: 86, bsFast: () => 0 },
  {
    type: 'Normal',
    panels: normal,
    rare: 2,
    rows: 310,
    distinct: 236,
    bsFast: (_, draw) => 16 + draw(0, 18) + draw(0, 18),
  },
  {
    type: 'Normal',
    panels: normal,
    rare: 2,
    rows: 187,
    distinct: 108,
    bsFast: (p, draw) => (draw(0, 4) > 0 ? p[4] : draw(8, 15)),
  },
  { type: 'Type1', panels: type1, rare: 1, rows: 173, distinct: 100, bsFast: (p) => p[4] },
  { type: 'Type2', panels: type2, rare: 0, rows: 205, distinct: 93, bsFast: (p) => p[4] },
];

/**
 * The embedded table: the columns, class counts and faults of `Diabetestype.csv` with invented numbers. 1009 rows (Normal 631, Type1 173,
 * Type2 205) in 21 panels, 386 exact duplicates, BS Fast 0 in 134 rows and above 15 in 310, all Normal, Class = (Type ≠ Normal).
 *
 * @param options.seed integer from 0 to 2³² − 1, default 0; the same rows for a seed on every platform
 */
export function sampleDiabetes(options: { seed?: number } = {}): Table {
  assertOptions('sampleDiabetes options', options, ['seed']);
  const { seed = 0 } = options;
  const draw = randomIntegers(seed);
  const rows = shuffleInPlace(
    strata.flatMap((stratum) => drawStratum(stratum, draw)),
    draw,
  );
  const levels = diabetesSchema.columns.find(({ role }) => role === 'label')?.levels ?? [];
  const codes = Int32Array.from(rows, ({ type }) => levels.indexOf(type));
  const columns = diabetesSchema.columns.map(({ kind }, j) =>
    kind === 'category'
      ? { kind, codes, levels }
      : {
          kind,
          values: Float64Array.from(rows, ({ type, numbers }) => numbers[j] ?? (type === 'Normal' ? 0 : 1)),
        },
  );
  return new Table(diabetesSchema, columns, rows.length);
}

interface Row {
  readonly type: Stratum['type'];
  /** Age, BS Fast, BS pp, Plasma R, Plasma F, HbA1c. */
  readonly numbers: readonly number[];
}

function drawStratum({ type, panels, rare, rows, distinct, bsFast }: Stratum, draw: DrawInteger): Row[] {
  const common = panels.length - rare;
  const found = new Map<string, Row>();
  for (let i = 0; found.size < distinct; i++) {
    // Every panel once, then the rare ones rarely.
    const at = i < panels.length ? i : draw(0, 49) < rare ? common + draw(0, rare - 1) : draw(0, common - 1);
    const panel = panels[at];
    // The product of two even draws: ages from 21 to 81, most of them young.
    const age = 21 + Math.floor((draw(0, 60) * draw(0, 60)) / 60);
    const numbers = [age, bsFast(panel, draw), ...panel.slice(0, 4)];
    found.set(numbers.join(), { type, numbers });
  }
  const once = [...found.values()];
  const again = Array.from({ length: rows - distinct }, () => once[draw(0, distinct - 1)]);
  return [...once, ...again];
}
