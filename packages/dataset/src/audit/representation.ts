import { dateForm, dateText } from '../groups/dates.js';
import type { Steps } from '../steps/steps.js';
import { type AuditInput, list } from './check.js';
import type { Finding } from './finding.js';

/** `dates-as-numbers` and `float32-merges`: numbers that are not what they seem, or cannot be kept. */
export function* representation(input: AuditInput): Steps<Finding[]> {
  const dates: { column: string; form: string; from: string; to: string }[] = [];
  const merged: { column: string; distinct: number; inFloat32: number }[] = [];
  for (const column of input.numbers) {
    const form = dateForm(input.table.numbers(column));
    const cells =
      form || !fineInFloat32(input.table.numbers(column)) ? input.distribution(column) : undefined;
    if (form && cells) {
      dates.push({ column, form, from: dateText(cells.min, form), to: dateText(cells.max, form) });
    }
    const inFloat32 = cells?.distinctAfter(Math.fround);
    if (cells && inFloat32 !== undefined && inFloat32 < 0.9 * cells.distinct)
      merged.push({ column, distinct: cells.distinct, inFloat32 });
    yield;
  }
  return [...datesFinding(dates), ...mergesFinding(merged)];
}

/** Whether float32 has a million steps or more between the ends of these numbers, or holds each as it is. */
export function fineInFloat32(numbers: Float64Array): boolean {
  let [low, high, exact] = [Infinity, -Infinity, true];
  for (const x of numbers) {
    if (x < low) low = x;
    if (x > high) high = x;
    if (!Number.isNaN(x) && Math.fround(x) !== x) exact = false;
  }
  return exact || high - low >= Math.max(Math.abs(low), Math.abs(high)) * 2 ** -3;
}

function datesFinding(details: { column: string; form: string; from: string; to: string }[]): Finding[] {
  if (details.length === 0) return [];
  const cases = details.map(({ column, form, from, to }) => `${column} (${form}, ${from} to ${to})`);
  return [
    {
      id: 'dates-as-numbers',
      severity: 'info',
      columns: details.map(({ column }) => column),
      count: details.length,
      rows: [],
      figure: details.length,
      explanation: `The numbers are dates in ${list(cases)}.`,
      advice:
        'Take the time since a first day, or parts of the date; hold later rows out where the model shall foretell.',
      details,
    },
  ];
}

function mergesFinding(details: { column: string; distinct: number; inFloat32: number }[]): Finding[] {
  if (details.length === 0) return [];
  const cases = details.map(
    ({ column, distinct, inFloat32 }) => `${column} (${distinct} become ${inFloat32})`,
  );
  return [
    {
      id: 'float32-merges',
      severity: 'error',
      columns: details.map(({ column }) => column),
      count: details.length,
      rows: [],
      figure: Math.min(...details.map(({ distinct, inFloat32 }) => inFloat32 / distinct)),
      explanation: `Different numbers become equal in float32, in ${list(cases)}.`,
      advice:
        "Take them as float64 (toMatrix(names, { type: 'float64' })), scale, and cast last (toFloat32).",
      details,
    },
  ];
}
