import type { Steps } from '../steps/steps.js';
import { type AuditInput, largest, list } from './check.js';
import type { Finding } from './finding.js';

/** `constant-columns` and `near-constant-columns`: all columns but ids and what is to be predicted. */
export function* constantColumns({ table, thresholds, codes, identity }: AuditInput): Steps<Finding[]> {
  const aim = [...table.namesOf('label'), ...table.namesOf('target')];
  const constant: { column: string; value: number | string }[] = [];
  const near: { column: string; share: number }[] = [];
  if (table.rowCount < 2) return [];
  for (const column of identity) {
    yield;
    const known = codes.of(column);
    if (known === undefined || aim.includes(column)) continue;
    const present = table.rowCount - known.missing;
    const share = largest(known.sizes) / present;
    if (known.count > 1 && share >= thresholds.nearConstantShare) near.push({ column, share });
    if (known.count === 0) constant.push({ column, value: 'no value in any row' });
    if (known.count === 1) {
      const row = known.ids.indexOf(0);
      constant.push({ column, value: table.row(row)[column] ?? 'missing' });
    }
  }
  return [...constantFinding(constant), ...nearConstantFinding(near)];
}

function constantFinding(details: { column: string; value: number | string }[]): Finding[] {
  if (details.length === 0) return [];
  const columns = details.map(({ column }) => column);
  return [
    {
      id: 'constant-columns',
      severity: 'warning',
      columns,
      count: columns.length,
      rows: [],
      figure: 1,
      explanation: `${list(columns)} ${columns.length > 1 ? 'have' : 'has'} no two values that differ, so nothing can be learned from it.`,
      advice: 'Drop such columns.',
      details,
    },
  ];
}

function nearConstantFinding(details: { column: string; share: number }[]): Finding[] {
  if (details.length === 0) return [];
  const columns = details.map(({ column }) => column);
  return [
    {
      id: 'near-constant-columns',
      severity: 'info',
      columns,
      count: columns.length,
      rows: [],
      figure: largest(details.map(({ share }) => share)),
      explanation: `One value fills nearly every row of ${list(columns)}.`,
      advice: 'Check that the rare values are real, and whether the column is worth its input.',
      details,
    },
  ];
}
