import { groupBy, groupSizes } from '../groups/group-rows.js';
import { rowGroups } from '../groups/signatures.js';
import type { CategoryColumn } from '../table/column.js';
import { type AuditInput, list, percent, rowsWhere } from './columns.js';
import type { Finding } from './finding.js';

/** Findings on rows that repeat. */
export function auditRows(input: AuditInput): Finding[] {
  return [...exactDuplicates(input), ...panelGroups(input), ...conflictingLabels(input)];
}

function exactDuplicates({ table, thresholds }: AuditInput): Finding[] {
  const { ids, count } = rowGroups(table, table.columnNames);
  const duplicates = table.rowCount - count;
  if (!(duplicates / table.rowCount > thresholds.duplicateShare)) return [];
  const seen = new Set<number>();
  const rows = rowsWhere(table, (row) => {
    const id = ids[row];
    return seen.has(id) || !seen.add(id);
  });
  return [
    {
      id: 'exact-duplicates',
      severity: 'error',
      columns: table.columnNames,
      count: duplicates,
      rows,
      figure: duplicates / table.rowCount,
      explanation: `${duplicates} of ${table.rowCount} rows repeat an earlier row in every column, so a random split puts twins on both sides.`,
      advice: 'Find out whether they are copies; split by groups, or keep one of each (dedupe).',
      details: [],
    },
  ];
}

function panelGroups({ table, panels }: AuditInput): Finding[] {
  const { columns, count, possible } = panels;
  if (columns.length === 0) return [];
  const sizes = groupSizes(panels);
  const label = table.schema.columns.find(({ role }) => role === 'label');
  const labels = label && rowGroups(table, [label.name]);
  const mixed =
    labels === undefined ? undefined : rowGroups(table, [...columns, label?.name as string]).count - count;
  const classes =
    mixed === undefined
      ? ''
      : mixed === 0
        ? ', each with one class'
        : `, with ${mixed} more when the class is added`;
  return [
    {
      id: 'panels',
      severity: 'error',
      columns,
      count,
      rows: [],
      figure: table.rowCount / count,
      explanation: `The ${table.rowCount} rows hold only ${count} combinations of ${list(columns)} of ${possible} that could be${classes}.`,
      advice:
        "Keep each combination on one side of a split (method 'grouped'), or the test asks what training has told.",
      details: Array.from(sizes, (rows, panel) => {
        const first = panels.ids.indexOf(panel);
        const row = table.row(first);
        return { rows, ...Object.fromEntries(columns.map((name) => [name, row[name] ?? 'missing'])) };
      }).sort((a, b) => b.rows - a.rows),
    },
  ];
}

function conflictingLabels({ table, thresholds }: AuditInput): Finding[] {
  const label = table.schema.columns.find(({ role }) => role === 'label');
  if (label === undefined || table.featureNames.length === 0) return [];
  const { codes } = table.column(label.name) as CategoryColumn;
  const { ids, count } = rowGroups(table, table.featureNames);
  const codesOf = Array.from({ length: count }, () => new Set<number>());
  ids.forEach((id, row) => {
    codesOf[id]?.add(codes[row]);
  });
  const rows = rowsWhere(table, (row) => (codesOf[ids[row]]?.size ?? 0) > 1);
  const figure = rows.length / table.rowCount;
  if (!(figure > thresholds.conflictShare)) return [];
  const groups = groupBy(rows.map((row) => ids[row])).count;
  return [
    {
      id: 'conflicting-labels',
      severity: 'warning',
      columns: [label.name],
      count: rows.length,
      rows,
      figure,
      explanation: `${rows.length} rows (${percent(figure)}) in ${groups} groups have the same features as a row of another class, so no model can get them all right.`,
      advice: 'Check the labels, or look for the column that tells these rows apart.',
      details: [],
    },
  ];
}
