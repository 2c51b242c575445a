import type { Finding, TableNote, TableSummary } from '@rectify/dataset';
import type { Comparison, Problem, RunRecord } from '@rectify/experiment';
import { type ArmCurves, curvesOf } from '../comparison/curves.js';
import { type ArmRecall, recallOf } from '../comparison/recall.js';
import { commandOf, type Request } from '../comparison/request.js';
import type { TutorialResults } from '../tutorial/experiments.js';

/** What `report.json` holds, and `--json` prints: the results, and all that is needed to get them again. */
export interface Report extends Partial<TutorialResults> {
  readonly table: TableSummary;
  /** What was found of the file rather than given. */
  readonly notes: readonly TableNote[];
  /** The audit's, the worst first. */
  readonly findings: readonly Finding[];
  /** Checks of the audit that did not run, and why. */
  readonly skipped: readonly { readonly ids: readonly string[]; readonly reason: string }[];
  readonly comparison: Comparison;
  readonly curves: readonly ArmCurves[];
  /** Per class; none for a regression. */
  readonly recall: readonly ArmRecall[];
  /** What was asked for: `--config` takes it. */
  readonly request: Request;
  /** The command that repeats it. */
  readonly command: string;
  readonly hashes: { readonly table: string; readonly configuration: string };
  readonly engine: string;
  readonly versions: Record<string, string>;
  readonly times: { readonly started: string; readonly seconds: number };
}

/** What a report is made of: the command and the page make the same of the same. */
export interface ReportParts
  extends Pick<Report, 'table' | 'notes' | 'comparison' | 'request' | 'hashes' | 'engine' | 'versions'> {
  readonly tutorial: TutorialResults | undefined;
  readonly audit: Pick<Report, 'findings' | 'skipped'>;
  readonly problem: Problem;
  readonly records: readonly RunRecord[];
  readonly started: Date;
  readonly seconds: number;
}

export function reportOf(parts: ReportParts): Report {
  const { table, tutorial, notes, audit, comparison, problem, records, request, started, seconds } = parts;
  return {
    table,
    ...tutorial,
    ...{ notes, findings: audit.findings, skipped: audit.skipped, comparison },
    curves: curvesOf(comparison.design, records),
    recall: recallOf(problem, comparison.design, records),
    ...{ request, command: commandOf(request) },
    ...{ hashes: parts.hashes, engine: parts.engine, versions: parts.versions },
    times: { started: started.toISOString(), seconds },
  };
}
