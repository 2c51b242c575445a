import { escapeControls, shown } from '../arguments/assert.js';
import { findPanels } from '../groups/panels.js';
import type { Split } from '../split/split.js';
import type { Table } from '../table/table.js';
import { textTable } from '../table/text-table.js';
import { auditColumns } from './columns.js';
import { type Finding, findingIds } from './finding.js';
import { auditLabel } from './label.js';
import { auditRows } from './rows.js';
import { auditSplit } from './split-findings.js';
import { type AuditThresholds, auditThresholds } from './thresholds.js';

export interface AuditOptions {
  /** Row indices of a training and a test part: adds the findings on the split. */
  readonly split?: Split;
  /** Group of every row for the findings on the split; default the panels, where there are some. */
  readonly groups?: ArrayLike<number>;
  /** Replaces single thresholds of `auditThresholds`. */
  readonly thresholds?: Partial<AuditThresholds>;
}

/** Findings as data, the worst first; prints as text. */
export class Audit {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    this.findings = findings;
  }

  /** The finding with this id, if there is one. */
  find(id: Finding['id']): Finding | undefined {
    return this.findings.find((finding) => finding.id === id);
  }

  toString(): string {
    if (this.findings.length === 0) return 'No findings.';
    return this.findings
      .map(({ severity, id, explanation, advice, details }) => {
        const keys = [...new Set(details.flatMap((detail) => Object.keys(detail)))];
        const rows = details
          .slice(0, 12)
          .map((detail) => keys.map((key) => (Object.hasOwn(detail, key) ? detail[key] : null)));
        const more = details.length > 12 ? `\n… ${details.length - 12} more` : '';
        const table = rows.length > 0 ? `\n${textTable(keys, rows)}${more}`.replaceAll('\n', '\n    ') : '';
        return `${severity.toUpperCase()} ${id}\n  ${explanation}\n  ${advice}${table}`;
      })
      .join('\n\n');
  }
}

/**
 * What is wrong with a table, and with a split of it. At most one finding of each id; every threshold stands in `auditThresholds`.
 *
 * @throws RangeError on an unknown threshold, or one that is not a number
 */
export function audit(table: Table, options: AuditOptions = {}): Audit {
  const thresholds = { ...auditThresholds, ...options.thresholds };
  for (const [name, value] of Object.entries(thresholds)) {
    if (!Object.hasOwn(auditThresholds, name)) throw new RangeError(`there is no threshold ${shown(name)}`);
    if (typeof value !== 'number' || Number.isNaN(value))
      throw new RangeError(`threshold ${name} must be a number, got ${shown(value)}`);
  }
  const panels = findPanels(table, {
    minColumns: thresholds.panelMinColumns,
    maxRatio: thresholds.panelRatio,
    minRows: thresholds.panelMinRows,
  });
  const given = { table, thresholds, panels };
  const findings = [
    ...auditColumns(given),
    ...auditRows(given),
    ...auditLabel(given),
    ...(options.split ? auditSplit(given, options.split, options.groups) : []),
  ];
  const rank = ({ severity, id }: Finding) =>
    ['error', 'warning', 'info'].indexOf(severity) * 100 + findingIds.indexOf(id);
  // A column's name may hold line breaks and worse; the sentence stays one line.
  const oneLine = (finding: Finding): Finding => ({
    ...finding,
    explanation: escapeControls(finding.explanation),
  });
  return new Audit(findings.sort((a, b) => rank(a) - rank(b)).map(oneLine));
}
