import { escapeControls } from '../arguments/assert.js';
import { textTable } from '../table/text-table.js';
import { type Finding, findingIds, type SkippedChecks } from './finding.js';

/** Findings as data, the worst first, with the checks that could not run; prints as text. */
export class Audit {
  readonly findings: readonly Finding[];
  /** Checks that did not run, each with its reason. */
  readonly skipped: readonly SkippedChecks[];
  /** What was left out of a check, such as rows without a label, or a search that met its bound. */
  readonly notes: readonly string[];

  constructor(
    findings: readonly Finding[],
    skipped: readonly SkippedChecks[] = [],
    notes: readonly string[] = [],
  ) {
    this.findings = [...findings].sort((a, b) => rank(a) - rank(b)).map(onOneLine);
    this.skipped = skipped.map(({ ids, reason }) => ({ ids, reason: escapeControls(reason) }));
    this.notes = notes.map(escapeControls);
  }

  /** The finding with this id, if there is one. */
  find(id: Finding['id']): Finding | undefined {
    return this.findings.find((finding) => finding.id === id);
  }

  /** Why the check with this id did not run; undefined when it did. */
  whySkipped(id: Finding['id']): string | undefined {
    return this.skipped.find(({ ids }) => ids.includes(id))?.reason;
  }

  toString(): string {
    const findings = this.findings.length === 0 ? ['No findings.'] : this.findings.map(printed);
    const notes = this.notes.map((note) => `NOTE ${note}`);
    const skipped = this.skipped.map(({ ids, reason }) => `NOT CHECKED ${ids.join(', ')}: ${reason}`);
    return [...findings, ...notes, ...skipped].join('\n\n');
  }
}

const rank = ({ severity, id }: Finding): number =>
  ['error', 'warning', 'info'].indexOf(severity) * 100 + findingIds.indexOf(id);

/** A column's name may hold line breaks and worse; the sentence stays one line. */
const onOneLine = (finding: Finding): Finding => ({
  ...finding,
  explanation: escapeControls(finding.explanation),
  advice: escapeControls(finding.advice),
});

function printed({ severity, id, explanation, advice, details }: Finding): string {
  const keys = [...new Set(details.flatMap((detail) => Object.keys(detail)))];
  const rows = details
    .slice(0, 12)
    .map((detail) => keys.map((key) => (Object.hasOwn(detail, key) ? detail[key] : null)));
  const more = details.length > 12 ? `\n… ${details.length - 12} more` : '';
  const table = rows.length > 0 ? `\n${textTable(keys, rows)}${more}`.replaceAll('\n', '\n    ') : '';
  return `${severity.toUpperCase()} ${id}\n  ${explanation}\n  ${advice}${table}`;
}
