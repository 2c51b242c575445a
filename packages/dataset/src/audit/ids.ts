import type { Steps } from '../steps/steps.js';
import { type AuditInput, list } from './check.js';
import type { Finding } from './finding.js';

/** `id-column`. */
export function* idColumn({ table, ids }: AuditInput): Steps<Finding[]> {
  if (ids.length === 0) return [];
  const columns = ids.map(({ column }) => column);
  const untold = ids.filter(({ told }) => !told);
  const features = table.featureNames.filter((name) => columns.includes(name));
  return [
    {
      id: 'id-column',
      severity: features.length > 0 ? 'warning' : 'info',
      columns,
      count: ids.length,
      rows: [],
      figure: ids.length,
      explanation: `${list(columns)} ${ids.length > 1 ? 'name' : 'names'} the rows, so rows are compared without ${ids.length > 1 ? 'them' : 'it'}.`,
      advice:
        untold.length === 0
          ? 'Nothing to do: the schema says so.'
          : `Give ${list(untold.map(({ column }) => column))} the role id in the schema; where it is a measure, name the other ids in the option ids.`,
      details: ids.map(({ column, because }) => ({ column, because })),
    },
  ];
}
