import type { Steps } from '../steps/steps.js';
import type { Run } from '../table/distribution.js';
import { type AuditInput, list, type Profile, rowsWhere, union } from './check.js';
import type { Finding } from './finding.js';

/** Chance that amounts begin so far from 0 in any column; the value must be a code, and stand apart, too. */
const level = 0.005;

interface Sentinel {
  readonly column: string;
  readonly value: number;
  readonly count: number;
  /** The nearest other value. */
  readonly next: number;
  /** ln of the chance that so wide a gap opens beside the value. */
  readonly logChance: number;
}

/**
 * `sentinel`: numbers that people write for a missing cell, of a feature or the target, which stand apart from all others. Once such a
 * number is beyond chance in one column, it counts in the others too where it stands apart.
 */
export function* sentinels(input: AuditInput): Steps<Finding[]> {
  const { table } = input;
  const targets = table.namesOf('target');
  const numbers = [...input.numbers, ...targets];
  const apart: Sentinel[] = [];
  for (const column of numbers) {
    const cells = yield* input.profile(column);
    const range = table.schema.columns.find(({ name }) => name === column)?.range;
    // Many a target is 0, or an amount.
    const plausible = (x: number) =>
      (range !== undefined && x >= range.low && x <= range.high) || (x === 0 && targets.includes(column));
    for (const side of ['low', 'high'] as const) {
      const sentinel = sentinelAt(cells, side);
      if (sentinel !== undefined && !plausible(sentinel.value)) apart.push({ column, ...sentinel });
    }
    yield;
  }
  const least = Math.log(level / (2 * numbers.length));
  const codes = new Set(apart.filter(({ logChance }) => logChance < least).map(({ value }) => value));
  const found = apart.filter(({ value }) => codes.has(value));
  if (found.length === 0) return [];
  const columns = [...new Set(found.map(({ column }) => column))];
  const rowsOf = ({ column, value }: Sentinel) => {
    const values = table.numbers(column);
    return rowsWhere(table, (row) => values[row] === value);
  };
  const cases = found.map(({ column, value, count }) => `${column} (${value} in ${count} rows)`);
  const pass = found.map(({ column, value }) => `${column}: missingTexts: ['${value}']`);
  return [
    {
      id: 'sentinel',
      severity: 'warning',
      columns,
      count: found.reduce((sum, { count }) => sum + count, 0),
      rows: union(found.map(rowsOf), table.rowCount),
      figure: Math.max(...found.map(({ count }) => count / table.rowCount)),
      explanation: `A number stands apart from all others and may mean missing, in ${list(cases)}.`,
      advice: `If it does, say so in the schema and load again: ${list(pass)}.`,
      details: found.map(({ logChance: _, ...sentinel }) => ({
        ...sentinel,
        pass: `missingTexts: ['${sentinel.value}']`,
      })),
    },
  ];
}

/**
 * The outermost value when it is a code for missing (0, −1, −200, nines, or the end of a computer's numbers), stands off five times as
 * far as ten neighbours from each other, and is heaped (three times as many cells as any neighbour), far from the quartile (an
 * interquartile range) or alone below 0.
 */
function sentinelAt(cells: Profile, side: 'low' | 'high'): Omit<Sentinel, 'column'> | undefined {
  const [end, ...others] = side === 'low' ? cells.lowest : cells.highest;
  if (end === undefined || others.length < 4) return undefined;
  const next = others[0].value;
  const { value, size } = end;
  const isZero = value === 0;
  // An amount may be 0 in most rows and be nothing but 0.
  if (!isCode(value) || size < (Math.abs(value) < 999 ? 3 : 1) || (isZero && size > 0.6 * cells.count))
    return undefined;
  if (isZero && side === 'high') return undefined;
  if (value < 0 && (side === 'high' || next < value / 10)) return undefined;
  const steps = others.slice(1).map((run, i) => Math.abs(run.value - others[i].value));
  const usual = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)];
  const heaped = size >= 3 * mostCells(others);
  const { q1, q3 } = cells;
  const far = (side === 'low' ? q1 - value : value - q3) > q3 - q1 && q3 > q1;
  const negative = value < 0 && next >= 0;
  if (Math.abs(value - next) < 5 * usual || !(heaped || far || negative)) return undefined;
  return { value, count: size, next, logChance: logChanceOfGap(Math.abs(value - next), others) };
}

/** Cells that lie as thick beside the gap as in the next runs leave it empty with a chance of (1 + gap ÷ span)^−cells. */
function logChanceOfGap(gap: number, others: readonly Run[]): number {
  const span = Math.abs((others.at(-1) as Run).value - others[0].value);
  const cells = others.slice(1).reduce((sum, { size }) => sum + size, 0);
  return -cells * Math.log1p(gap / span);
}

const mostCells = (runs: readonly Run[]): number => Math.max(...runs.map(({ size }) => size));

const isCode = (value: number): boolean =>
  [0, -1, -200].includes(value) || /^-?(9{2,}(\.9+)?|9|[78]{2,})$/.test(String(value)) || isLimit(value);

/** What integers of 16 and 32 bits, float32 or float64 end with, in as many digits as files have of it. */
const isLimit = (value: number): boolean =>
  [-(2 ** 15), 2 ** 15 - 1, 2 ** 16 - 1, -(2 ** 31), 2 ** 31 - 1, 2 ** 32 - 1].includes(value) ||
  [3.4028234663852886e38, Number.MAX_VALUE].some((most) => Math.abs(Math.abs(value) / most - 1) < 0.01);
