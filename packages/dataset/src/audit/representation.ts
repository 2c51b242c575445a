import { dateForm, dateText } from '../groups/dates.js';
import type { Steps } from '../steps/steps.js';
import { mergedInFloat32 } from '../table/float32.js';
import { type AuditInput, list } from './check.js';
import type { Finding } from './finding.js';

/** `dates-as-numbers` and `float32-merges`: numbers that are not what they seem, or cannot be kept. */
export function* representation(input: AuditInput): Steps<Finding[]> {
  const dates: { column: string; form: string; from: string; to: string }[] = [];
  const merged: { column: string; distinct: number; inFloat32: number }[] = [];
  for (const column of input.numbers) {
    const form = dateForm(input.table.numbers(column));
    if (form) {
      const { min, max } = yield* input.profile(column);
      dates.push({ column, form, from: dateText(min, form), to: dateText(max, form) });
    }
    yield;
    const merges = mergedInFloat32(input.table.numbers(column));
    if (merges) merged.push({ column, ...merges });
    yield;
  }
  return [...datesFinding(dates), ...mergesFinding(merged)];
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
