import { assertBetween, assertInteger, assertOptions, shown } from '../arguments/assert.js';
import { meant } from '../arguments/nearest.js';
import type { Task } from '../measures/answers.js';
import { measures } from '../measures/measure.js';
import { resampler } from '../statistics/bootstrap.js';
import { mean, variance } from '../statistics/estimate.js';
import { list } from '../words/numbers.js';
import { verdictText } from '../words/verdict-text.js';
import { collectRuns } from './collect.js';
import { type ComparedMeasure, compareRuns, type Scores, scoresOf } from './compare-runs.js';
import type { Difference } from './difference.js';
import type { Outcome } from './outcome.js';
import type { Run } from './run.js';

/** Number and spread of one measure over an arm's runs. */
export interface MeasureSummary {
  /** Over the runs in which the measure has a value; null where it has in none, as R² of held-out values that are all alike. */
  readonly mean: number | null;
  readonly standardDeviation: number | null;
}

/** One arm over all its runs. */
export interface AnalysedArm {
  readonly name: string;
  /** Seeds that were run, the diverged ones among them. */
  readonly runs: number;
  readonly diverged: number;
  /** Over the runs that finished; none where no run did. */
  readonly measures: Readonly<Record<string, MeasureSummary>>;
}

/** What the outcomes of all arms say together. */
export interface Analysis {
  readonly arms: readonly AnalysedArm[];
  readonly differences: readonly Difference[];
  readonly verdict: { readonly text: string; readonly primary: string };
  /** What a reader must know beside the verdict, one sentence each. */
  readonly warnings: readonly string[];
}

/** What the arms are compared with, and how sure the answer shall be. */
export interface AnalyseOptions {
  /** The arm that each other one is compared with; default the first outcome's. */
  readonly baseline?: string;
  /** Confidence level of the intervals, over all arms of a measure at once; default 0.95. */
  readonly level?: number;
  /**
   * Half-width of what does not matter in practice, for each measure; to be set before the runs. Default 0.01 for the shares and R², 0.02
   * nats for log loss, 1 % of the target's standard deviation for RMSE and MAE, and 0 for measures of your own.
   */
  readonly regions?: Readonly<Record<string, number>>;
  /** The measure that the verdict rests on; default accuracy or RMSE where there are answers, else the first measure named. */
  readonly primary?: string;
  /** Directions of losses and scores that are not measures of ours; a loss is taken to be better when lower. */
  readonly higherIsBetter?: Readonly<Record<string, boolean>>;
  /** One looks again and again while seeds are added: about how many there will be at the end. Intervals then hold at every look. */
  readonly planned?: number;
  /** What a held-out unit is called in the verdict; default `row`. */
  readonly unit?: string;
  /** Whole groups were held out, one after the other: the exact sign-flip test over them is told too. */
  readonly heldOutGroups?: boolean;
}

const optionNames = [
  ...['baseline', 'level', 'regions', 'primary', 'higherIsBetter', 'planned', 'unit', 'heldOutGroups'],
];

/**
 * The statistics and the verdict on runs that were trained anywhere: a tfjs model, a Python script.
 *
 *     const { verdict } = analyse([
 *       { arm: 'relu', seed: 1, units: testRows, truth, probabilities },
 *       { arm: 'leaky_relu:0.05', seed: 1, units: testRows, truth, probabilities: others },
 *       …ten seeds and more
 *     ]);
 *
 * Runs are paired by seed. Each arm is compared with the baseline in each measure, for this table and for new rows from the same source;
 * intervals are corrected over the arms. A run with numbers that are NaN or infinite counts as diverged and is in no difference; it is
 * counted and said.
 *
 * @throws TypeError or RangeError naming the outcome or option that is wrong
 */
export function analyse(outcomes: readonly Outcome[], options: AnalyseOptions = {}): Analysis {
  assertOptions('options', options, optionNames);
  const runs = collectRuns(outcomes);
  const sameRows = outcomes.every(({ units }) => units === undefined) && runs.every(({ scores }) => !scores);
  const analysis = analyseRuns(runs, options);
  if (!sameRows || new Set(runs.map(({ seed }) => seed)).size < 2) return analysis;
  const warning =
    'All seeds were tested on the same rows: the intervals do not know how much another training part would change.';
  return { ...analysis, warnings: [...analysis.warnings, warning] };
}

/** As `analyse`, of runs that are checked. */
export function analyseRuns(runs: readonly Run[], options: AnalyseOptions = {}): Analysis {
  const names = [...new Set(runs.map(({ arm }) => arm))];
  const { level = 0.95, baseline = names[0], unit = 'row', planned, heldOutGroups = false } = options;
  assertBetween('level', level, 0.5, 1);
  if (planned !== undefined) assertInteger('planned', planned, 2, 2 ** 31);
  assertArm('baseline', baseline, names);
  const compared = comparedMeasures(runs, options);
  const primary = options.primary ?? compared[0].name;
  if (!compared.some(({ name }) => name === primary))
    throw new RangeError(
      `primary must be one of ${compared.map(({ name }) => name).join(', ')}, got ${shown(primary)}`,
    );
  const resampling = resampler(unitsOf(runs));
  const scores = new Map(compared.map((measure) => [measure, scoresOf(runs, measure)]));
  const differences = [...scores].flatMap(([measure, of]) =>
    compareRuns(runs, measure, { baseline, level, planned, heldOutGroups }, resampling, of),
  );
  const onSource = (name: string) =>
    differences.filter(({ measure, estimand }) => measure === name && estimand === 'source');
  const title = (name: string) => compared.find((one) => one.name === name)?.title as string;
  return {
    arms: names.map((name) => summary(name, runs, scores)),
    differences,
    verdict: {
      text: verdictText({
        primary: onSource(primary),
        others: compared
          .filter(({ name }) => name !== primary)
          .map((measure) => [measure.title, onSource(measure.name)] as const),
        title: title(primary),
        unit,
      }),
      primary,
    },
    warnings: [...warningsOf(runs, names, baseline, onSource(primary)), ...undefinedMeasures(scores)],
  };
}

/** How many units there are: they are numbered from 0. */
const unitsOf = (runs: readonly Run[]) =>
  1 + runs.reduce((most, { units }) => units.reduce((a, b) => Math.max(a, b), most), -1);

function assertArm(option: string, arm: string, names: readonly string[]): void {
  if (names.includes(arm)) return;
  throw new RangeError(
    `${option} must be one of the arms ${names.join(', ')}, got ${shown(arm)}${meant(String(arm), names)}`,
  );
}

const defaultRegions: Readonly<Record<string, number>> = { logLoss: 0.02 };

/** The measures that all runs have, the task's own first. */
function comparedMeasures(runs: readonly Run[], options: AnalyseOptions): ComparedMeasure[] {
  const { regions = {}, higherIsBetter = {} } = options;
  const [{ answers }] = runs;
  const task = answers?.kind;
  const kinds = new Set(runs.map((run) => run.answers?.kind ?? (run.losses ? 'losses' : 'scores')));
  if (kinds.size > 1) throw new RangeError(`outcomes must be of one kind, got ${list([...kinds])}`);
  const ours = task === undefined ? [] : measures[task];
  const theirs = task === undefined ? [...namesIn(runs)] : [];
  const known = [...ours.map(({ name }) => name as string), ...theirs];
  for (const [option, given] of Object.entries({ regions, higherIsBetter }))
    assertOptions(option, given, known);
  for (const [name, region] of Object.entries(regions))
    if (!(Number.isFinite(region) && region >= 0))
      throw new RangeError(`regions.${name} must be a number from 0, got ${shown(region)}`);
  const scale = task === 'regression' ? 0.01 * deviationOfTruth(runs) : 0.01;
  return [
    ...ours.map((measure) => ({
      ...{ name: measure.name, title: measure.title, higherIsBetter: measure.higherIsBetter, measure },
      bound: measure.bound,
      region: regions[measure.name] ?? defaultRegions[measure.name] ?? (measure.name === 'r2' ? 0.01 : scale),
    })),
    ...theirs.map((name) => {
      const alike = measureOfAnyTask(name);
      return {
        ...{ name, title: alike?.title ?? name },
        higherIsBetter: higherIsBetter[name] ?? alike?.higherIsBetter ?? false,
        bound: alike?.bound,
        region: regions[name] ?? defaultRegions[name] ?? (alike?.task === 'classification' ? 0.01 : 0),
      };
    }),
  ];
}

const measureOfAnyTask = (name: string) =>
  (['classification', 'regression'] as Task[])
    .flatMap((task) => measures[task])
    .find((measure) => measure.name === name);

/** The names of losses or scores, the same in every run. */
function namesIn(runs: readonly Run[]): Set<string> {
  const of = ({ losses, scores }: Run) => new Set((losses ?? scores)?.keys());
  const first = of(runs[0]);
  for (const run of runs) {
    const lacking = [...first].filter((name) => !of(run).has(name));
    const added = [...of(run)].filter((name) => !first.has(name));
    if (lacking.length + added.length > 0)
      throw new RangeError(
        `every run must have the same losses or scores; seed ${run.seed} of ${run.arm} differs in ${list([...lacking, ...added])}`,
      );
  }
  return first;
}

/** Standard deviation of the target over all held-out units. */
function deviationOfTruth(runs: readonly Run[]): number {
  const truthOf = new Map<number, number>();
  for (const { units, answers } of runs)
    units.forEach((unit, row) => {
      truthOf.set(unit, answers?.truth[row] as number);
    });
  const deviation = Math.sqrt(variance([...truthOf.values()]) || 0);
  if (!Number.isFinite(deviation))
    throw new RangeError(
      'outcomes must have truth whose variance is a number; multiply truth and predictions by a power of ten',
    );
  return deviation;
}

type ScoresByMeasure = ReadonlyMap<ComparedMeasure, Scores>;

function summary(name: string, runs: readonly Run[], scoresBy: ScoresByMeasure): AnalysedArm {
  const own = runs.filter(({ arm }) => arm === name);
  const finished = own.filter(({ diverged }) => !diverged);
  const of = (all: Scores): MeasureSummary => {
    const scores = finished.map((run) => all.get(run) as number).filter(Number.isFinite);
    const deviation = Math.sqrt(variance(scores));
    return {
      mean: scores.length === 0 ? null : mean(scores),
      standardDeviation: Number.isFinite(deviation) ? deviation : null,
    };
  };
  return {
    name,
    runs: own.length,
    diverged: own.length - finished.length,
    measures:
      finished.length === 0
        ? {}
        : Object.fromEntries([...scoresBy].map(([measure, all]) => [measure.name, of(all)])),
  };
}

function warningsOf(
  runs: readonly Run[],
  names: readonly string[],
  baseline: string,
  differences: readonly Difference[],
): string[] {
  const seedsOf = (arm: string) => runs.filter((run) => run.arm === arm);
  const diverged = names.flatMap((arm) => {
    const own = seedsOf(arm);
    const lost = own.filter((run) => run.diverged).length;
    if (lost === 0) return [];
    const all = lost === own.length ? 'Every run' : `${lost} of ${own.length} runs`;
    return [`${all} of ${arm} diverged (NaN or infinite numbers): in no difference, which flatters ${arm}.`];
  });
  const ofBaseline = new Set(seedsOf(baseline).map(({ seed }) => seed));
  const unpaired = names.flatMap((arm) => {
    const alone = seedsOf(arm).filter(({ seed }) => !ofBaseline.has(seed)).length;
    return alone > 0 ? [`${alone} runs of ${arm} have a seed that ${baseline} has not: left out.`] : [];
  });
  const few = differences
    .filter(({ low }) => low === null)
    .map(
      ({ arm, seeds, units }) =>
        `${arm} has no interval: ${seeds} paired seeds and ${units} held-out units; both must be at least 2.`,
    );
  const fewUnits = differences.find(({ units }) => units > 0 && units < 10);
  const small =
    fewUnits && few.length === 0
      ? [`Only ${fewUnits.units} units were held out: the intervals rest on few, and are wide for it.`]
      : [];
  return [...diverged, ...unpaired, ...few, ...small];
}

/** Measures that some seeds cannot give. */
function undefinedMeasures(scoresBy: ScoresByMeasure): string[] {
  const seedsOf = (some: Iterable<Run>) => new Set(Array.from(some, ({ seed }) => seed)).size;
  return [...scoresBy].flatMap(([{ title }, scores]) => {
    const all = seedsOf(scores.keys());
    const without = seedsOf([...scores.keys()].filter((run) => !Number.isFinite(scores.get(run))));
    if (without === 0) return [];
    const said = `${title[0].toUpperCase()}${title.slice(1)} has no value in`;
    const why = 'as where all held-out values are alike';
    return without === all
      ? [`${said} any seed, ${why}.`]
      : [`${said} ${without} of ${all} seeds, ${why}: they are left out of it.`];
  });
}
