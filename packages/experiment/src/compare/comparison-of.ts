import { type Analysis, analyseRuns, type MeasureSummary } from '../analyse/analyse.js';
import { fitMajority } from '../baselines/majority.js';
import { fitOneRule, ruleText } from '../baselines/one-rule.js';
import type { Design } from '../design/design.js';
import type { Problem } from '../design/problem.js';
import { splitsOf } from '../design/split.js';
import type { RunRecord, SaidOfRows } from '../runs/record.js';
import { count, list, short, valueText } from '../words/numbers.js';
import type { ComparedArm, ComparedBaseline, Comparison } from './comparison.js';
import { runsOf } from './runs-of.js';

/**
 * The comparison that records give, in whatever order and from wherever they came.
 *
 * @throws RangeError when a seed of the design has no record
 */
export function comparisonOf(problem: Problem, design: Design, given: readonly RunRecord[]): Comparison {
  const records = [...given].sort((a, b) => a.seed - b.seed || (a.fold ?? 0) - (b.fold ?? 0));
  assertComplete(design, records);
  const runs = design.arms.flatMap(({ name }, a) => runsOf(problem, records, name, ({ arms }) => arms[a]));
  const analysis = analyseRuns(runs, {
    ...{ baseline: design.baseline, level: design.level, regions: design.regions },
    ...(design.planned !== null && { planned: design.planned }),
    unit: design.units.kind,
    heldOutGroups: design.units.kind !== 'row' && design.units.count <= 22,
  });
  const arms = design.arms.map((arm, a) => ({
    ...armFacts(design, records, a),
    name: arm.name,
    activation: arm.activation,
    measures: analysis.arms[a].measures,
  }));
  const baselines = baselinesOf(problem, records);
  return {
    design,
    arms,
    baselines,
    differences: analysis.differences,
    verdict: {
      text: verdictWithBaselines(
        analysis,
        arms,
        baselines,
        arms.filter(({ diverged }) => diverged === records.length).map(({ name }) => name),
      ),
      primary: analysis.verdict.primary as 'accuracy' | 'rmse',
    },
    warnings: [
      ...problem.warnings,
      ...recordWarnings(design, records, arms),
      ...twinWarning(problem, design),
      ...analysis.warnings,
    ],
  };
}

function assertComplete(design: Design, records: readonly RunRecord[]): void {
  const found = new Set(records.map(({ seed }) => seed));
  for (let i = 0; i < design.seeds; i++)
    if (!found.has(design.firstSeed + i))
      throw new RangeError(
        `records must hold every seed of the design; seed ${design.firstSeed + i} is missing`,
      );
}

type ArmFacts = Omit<ComparedArm, 'name' | 'activation' | 'measures'>;

function armFacts(design: Design, records: readonly RunRecord[], a: number): ArmFacts {
  const own = records.map(({ arms }) => arms[a]);
  const total = (of: 'deadUnits' | 'saturatedUnits' | 'hiddenUnits') =>
    own.reduce((sum, record) => sum + record[of], 0);
  const { choices } = design.arms[a];
  return {
    runs: design.seeds,
    diverged: own.filter(({ diverged }) => diverged !== null).length,
    ...{ deadUnits: total('deadUnits'), saturatedUnits: total('saturatedUnits') },
    hiddenUnits: total('hiddenUnits'),
    epochsToBaseline: epochsToBaseline(design, records, a),
    ...(choices.length > 0 && {
      chosen: choices.map((_, c) => own.filter(({ chosen }) => chosen === c).length),
    }),
  };
}

function epochsToBaseline(design: Design, records: readonly RunRecord[], a: number) {
  const base = design.arms.findIndex(({ name }) => name === design.baseline);
  const epochs = records.flatMap(({ arms }) => {
    const level = arms[base].trainLoss.at(-1);
    if (typeof level !== 'number') return [];
    const epoch = arms[a].trainLoss.findIndex((loss) => loss !== null && loss <= level);
    return epoch < 0 ? [] : [epoch + 1];
  });
  epochs.sort((x, y) => x - y);
  const middle = epochs.length >> 1;
  const median = epochs.length % 2 === 1 ? epochs[middle] : (epochs[middle - 1] + epochs[middle]) / 2;
  return { median: epochs.length > 0 ? median : null, reached: epochs.length };
}

function baselinesOf(problem: Problem, records: readonly RunRecord[]): Comparison['baselines'] {
  const { task, truth, classes, label } = problem;
  const measured = (saidIn: (record: RunRecord) => SaidOfRows): Readonly<Record<string, MeasureSummary>> =>
    analyseRuns(runsOf(problem, records, 'baseline', saidIn)).arms[0].measures;
  const all = Uint32Array.from(problem.rows, (_, place) => place);
  const { answer } = fitMajority(truth, task, classes.length);
  const rule = ruleText(fitOneRule(problem, all), problem);
  const of = (text: string, saidIn: (record: RunRecord) => SaidOfRows): ComparedBaseline => ({
    text,
    measures: measured(saidIn),
  });
  const regression = task === 'regression';
  return {
    majority: of(
      regression ? `the mean of ${label}, ${short(answer)}` : `always ${classes[answer]}`,
      ({ baselines }) => baselines.majority,
    ),
    oneRule: of(rule, ({ baselines }) => baselines.oneRule),
    logistic: of(
      regression ? 'linear regression' : 'logistic regression',
      ({ baselines }) => baselines.logistic,
    ),
  };
}

type MeasuredArm = Pick<ComparedArm, 'name' | 'measures'>;

/** The verdict, and what stands beside it; of arms that never learned anything it would be one of the majority answer. */
function verdictWithBaselines(
  analysis: Analysis,
  arms: readonly MeasuredArm[],
  baselines: Comparison['baselines'],
  lost: readonly string[],
): string {
  if (lost.length === arms.length)
    return 'Nothing was learned: every network of every arm diverged, and each counts with the majority answer. A lower learning rate may help.';
  const text = `${analysis.verdict.text} ${besideText(analysis, arms, baselines)}`;
  if (lost.length === 0) return text;
  return `${text} Every network of ${list(lost)} diverged: what is said of ${lost.length > 1 ? 'them' : 'it'} is true of the majority answer.`;
}

/** What stands beside the networks, and whether they beat it. */
function besideText(
  { verdict: { primary } }: Analysis,
  arms: readonly MeasuredArm[],
  { majority, oneRule, logistic }: Comparison['baselines'],
): string {
  const value = ({ measures }: Pick<ComparedBaseline, 'measures'>) => measures[primary].mean ?? Number.NaN;
  const said = (one: ComparedBaseline) => `${one.text} (${valueText(primary, value(one))})`;
  const sign = primary === 'accuracy' ? 1 : -1;
  const best = arms.reduce((a, b) => (sign * value(b) > sign * value(a) ? b : a));
  const network = value(best);
  const beside = `Beside the networks, of which ${best.name} has the best mean of ${valueText(primary, network)}: ${said(majority)}; one rule, ${said(oneRule)}; ${said(logistic)}.`;
  const unbeaten = [
    ...(sign * value(oneRule) >= sign * network ? ['one rule'] : []),
    ...(sign * value(logistic) >= sign * network ? [logistic.text] : []),
  ];
  return unbeaten.length === 0
    ? beside
    : `${beside} No network does better than ${unbeaten.join(' or ')} there.`;
}

function recordWarnings(
  { trainRows, testRows, rows, testShare, split }: Design,
  records: readonly RunRecord[],
  arms: readonly (ArmFacts & { name: string })[],
): string[] {
  const warnings = arms.flatMap(({ name, diverged }) => {
    if (diverged === 0) return [];
    const all = diverged === records.length ? 'Every network' : `${diverged} of ${records.length} networks`;
    return [`${all} of ${name} diverged (numbers that are none); each counts with the majority answer.`];
  });
  const unseen = records.reduce((sum, { unseenRows }) => sum + unseenRows, 0);
  const held = records.reduce((sum, record) => sum + record.rows.length, 0);
  if (unseen > 0)
    warnings.push(
      `${((100 * unseen) / held).toFixed(1)} % of the held-out rows are of a class that their training part lacks: no network can be right there.`,
    );
  const sampled = records.some((record) => record.trainRows === trainRows || record.rows.length === testRows);
  if (sampled && rows * (1 - testShare) > trainRows && split !== 'leave-one-group-out')
    warnings.push(
      `Each seed trains on a sample of ${count(trainRows, 'row')} and is tested on at most ${count(testRows, 'row')} of ${rows.toLocaleString('en-US')}; trainRows and testRows set that.`,
    );
  return warnings;
}

/** Where rows are held out freely although they repeat. */
function twinWarning(problem: Problem, design: Design): string[] {
  if (design.units.kind === 'row' || design.split === 'grouped' || design.split === 'leave-one-group-out')
    return [];
  const [{ train, test }] = splitsOf(problem, design, design.firstSeed);
  const seen = new Set(Array.from(train, (row) => problem.unitOf[row]));
  const twins = test.filter((row) => seen.has(problem.unitOf[row])).length;
  if (twins === 0) return [];
  return [
    `Split ${design.split}: ${((100 * twins) / test.length).toFixed(0)} % of the held-out rows share a ${design.units.kind} with a training row, so that remembering passes for learning; take grouped.`,
  ];
}
