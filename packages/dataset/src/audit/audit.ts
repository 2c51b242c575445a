import { shown } from '../arguments/assert.js';
import { assertOptions, nearest } from '../arguments/options.js';
import { agreeingGroups } from '../groups/holes.js';
import { idColumnSteps, identityColumns, identityFeatures } from '../groups/id-columns.js';
import { type Panels, panelColumns } from '../groups/panels.js';
import { TableCodes } from '../groups/table-codes.js';
import type { Split } from '../split/split.js';
import { finish, type RunOptions, run, type StepProgress, type Steps } from '../steps/steps.js';
import type { Table } from '../table/table.js';
import { type AuditInput, type Check, type Labels, labelsOf, profileOf } from './check.js';
import { constantColumns } from './constant.js';
import { correlatedFeatures } from './correlation.js';
import type { Finding, FindingId, SkippedChecks } from './finding.js';
import { idColumn } from './ids.js';
import { implausibleValues } from './implausible.js';
import { imbalance, implausibleReveals, labelLeak } from './label.js';
import { lookupSolves } from './lookup.js';
import { missingValues } from './missing.js';
import { noNegativeInputs } from './negative.js';
import { outliers } from './outliers.js';
import { representation } from './representation.js';
import { Audit } from './result.js';
import { conflictingLabels, exactDuplicates, panelGroups, singleClass } from './rows.js';
import { sentinels } from './sentinels.js';
import { auditSplit, checkSplit } from './split-findings.js';
import { targetLeak } from './target.js';
import { thresholdSolves } from './threshold.js';
import { type AuditThresholds, auditThresholds } from './thresholds.js';

/** What `audit` is told besides the table. */
export interface AuditOptions {
  /** Row indices of a training and a test part: adds the findings on the split. */
  readonly split?: Split;
  /** Group of every row for the findings on the split; default the columns with the role group, else the panels, where there are some. */
  readonly groups?: ArrayLike<number>;
  /** Columns that only name the rows; default those with the role id, and those that look like it (see `idColumns`). */
  readonly ids?: readonly string[];
  /** Replaces single thresholds of `auditThresholds`. */
  readonly thresholds?: Partial<AuditThresholds>;
}

/** Every check, in the order of running. To add one, see "Add a finding to the audit" in CONTRIBUTING.md. */
const checks: Readonly<Record<string, Check>> = {
  'missing cells': missingValues,
  ids: idColumn,
  constants: constantColumns,
  sentinels,
  outliers,
  'plausible ranges': implausibleValues,
  'dates and float32': representation,
  correlations: correlatedFeatures,
  'negative inputs': noNegativeInputs,
  duplicates: exactDuplicates,
  panels: panelGroups,
  classes: singleClass,
  'conflicting labels': conflictingLabels,
  leaks: labelLeak,
  'leaks of the target': targetLeak,
  thresholds: thresholdSolves,
  'look-ups': lookupSolves,
  'revealing values': implausibleReveals,
  imbalance,
  'the split': auditSplit,
};

/**
 * What is wrong with a table, and with a split of it. At most one finding of each id; every threshold stands in `auditThresholds`, and every
 * check that could not run in the result's `skipped`. Rows without a label are left out of the checks of labels.
 *
 * @throws RangeError on an unknown option or threshold, a threshold that is not a number, or a split that is none of this table
 */
export const audit = (table: Table, options: AuditOptions = {}): Audit => finish(auditSteps(table, options));

/** As `audit`, with pauses in which an abort is heard and a page draws. Rejects with the signal's reason. */
export async function auditAsync(table: Table, options: AuditOptions & RunOptions = {}): Promise<Audit> {
  const { signal, onProgress, ...rest } = options;
  return run(auditSteps(table, rest), { ...(signal && { signal }), ...(onProgress && { onProgress }) });
}

function* auditSteps(table: Table, options: AuditOptions): Steps<Audit> {
  assertOptions('audit options', options, ['split', 'groups', 'ids', 'thresholds']);
  const thresholds = checkThresholds(options.thresholds);
  checkSplit(table, options.split, options.groups);
  const codes = new TableCodes(table);
  yield progress('columns', 0);
  yield* codes.prepare(table.columnNames);
  const ids = options.ids
    ? options.ids.map((column) => ({
        column: known(table, column),
        told: true,
        because: 'the option ids names it',
      }))
    : yield* idColumnSteps(codes);
  const features = table.rowCount === 0 ? [] : yield* identityFeatures(codes, ids);
  yield progress('panels', 0);
  const panels = yield* foundPanels(codes, features, thresholds);
  const skipped: SkippedChecks[] = [];
  const notes: string[] = [];
  const skip = (of: readonly FindingId[], reason: string) => void skipped.push({ ids: of, reason });
  const note = (text: string) => void notes.push(text);
  const input: AuditInput = {
    ...{ table, thresholds, codes, panels, ids, features, skip, note },
    identity: yield* identityColumns(codes, ids),
    numbers: features.filter((name) => table.column(name).kind === 'number'),
    labels: labelsToCheck(codes, skip, note),
    split: options.split,
    groups: options.groups,
    profile: remembered((name) => profileOf(codes, name)),
  };
  const findings: Finding[] = [];
  const all = Object.entries(checks);
  for (const [i, [stage, check]] of all.entries()) {
    yield progress(stage, i / all.length);
    findings.push(...(yield* check(input)));
  }
  yield progress('done', 1);
  return new Audit(findings, skipped, notes);
}

/** The panels, with no groups where there are none: the checks ask for them only then. */
function* foundPanels(
  codes: TableCodes,
  features: readonly string[],
  thresholds: AuditThresholds,
): Steps<Panels> {
  const { searched: _, ...found } = yield* panelColumns(codes, {
    columns: features,
    minColumns: thresholds.panelMinColumns,
    maxRatio: thresholds.panelRatio,
    minRows: thresholds.panelMinRows,
  });
  const groups =
    found.columns.length > 0
      ? yield* agreeingGroups(codes, found.columns)
      : { ids: new Int32Array(0), count: 0, holes: { whole: 0, joined: [], merging: [] } };
  return { ...found, ...groups };
}

const progress = (stage: string, done: number): StepProgress => ({ stage, done });

function checkThresholds(given: Partial<AuditThresholds> = {}): AuditThresholds {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(auditThresholds, name))
      throw new RangeError(`there is no threshold ${shown(name)}${near(name, Object.keys(auditThresholds))}`);
    if (typeof value !== 'number' || Number.isNaN(value))
      throw new RangeError(`threshold ${name} must be a number, got ${shown(value)}`);
  }
  return { ...auditThresholds, ...given };
}

/** The answer of each question, kept. */
function remembered<T>(answer: (question: string) => Steps<T>): (question: string) => Steps<T> {
  const known = new Map<string, T>();
  return function* (question) {
    const value = known.get(question) ?? (yield* answer(question));
    known.set(question, value);
    return value;
  };
}

const near = (given: string, known: readonly string[]): string => {
  const name = nearest(given, known);
  return name === undefined ? '' : `; did you mean ${shown(name)}?`;
};

function known(table: Table, name: string): string {
  table.column(name);
  return name;
}

const ofLabels: readonly FindingId[] = [
  'label-leak',
  'threshold-solves-task',
  'lookup-solves-task',
  'implausible-reveals-class',
  'conflicting-labels',
  'class-imbalance',
];

/** The labels, when there are two classes or more among the rows that have one; else the checks of labels are skipped, with the reason. */
function labelsToCheck(
  codes: TableCodes,
  skip: AuditInput['skip'],
  note: AuditInput['note'],
): Labels | undefined {
  const { table } = codes;
  const [name] = table.namesOf('label');
  const [target] = table.namesOf('target');
  if (name === undefined) {
    if (target === undefined) skip([...ofLabels, 'single-class'], 'no column has the role label');
    else
      skip(
        [...ofLabels.filter((id) => id !== 'label-leak'), 'single-class'],
        `the table has a number to predict, ${target}, and no classes`,
      );
    return undefined;
  }
  const labels = labelsOf(codes, name);
  if (labels.rows === 0) skip([...ofLabels, 'single-class'], `no row has a label in ${name}`);
  else if (labels.names.length === 1) skip(ofLabels, `every label in ${name} is ${labels.names[0]}`);
  if (labels.names.length < 2) return undefined;
  const without = table.rowCount - labels.rows;
  if (without > 0)
    note(
      `${without} of ${table.rowCount} rows have no label in ${name}: the checks of labels leave them out`,
    );
  return labels;
}
