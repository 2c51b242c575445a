import { type Measure, type MeasureName, measuredOn, rowValues } from '../measures/measure.js';
import { holm } from '../statistics/adjust.js';
import { type Resampled, type Resampler, resampledUnits, twoWayBootstrap } from '../statistics/bootstrap.js';
import { type Estimate, intervalOf, pValueOf } from '../statistics/estimate.js';
import { simultaneousCritical } from '../statistics/max-t.js';
import { nadeauBengio } from '../statistics/nadeau-bengio.js';
import { pairedT } from '../statistics/paired-t.js';
import { needed } from '../statistics/power.js';
import { sequenceCritical } from '../statistics/sequence.js';
import { signFlip } from '../statistics/sign-flip.js';
import { unitsAndSeeds } from '../statistics/units-and-seeds.js';
import { verdictOf } from '../statistics/verdict.js';
import type { Difference, Estimand, Method } from './difference.js';
import type { Run } from './run.js';

/** A measure to compare in: one of ours, or a number that somebody else computed. */
export interface ComparedMeasure {
  readonly name: string;
  readonly title: string;
  readonly higherIsBetter: boolean;
  /** Half-width of what does not matter in practice. */
  readonly region: number;
  /** Largest size that the numbers of one row can differ by, where there is one. */
  readonly bound?: number | undefined;
  /** Ours, computed from answers; else the runs carry losses or scores of that name. */
  readonly measure?: Measure;
}

export interface CompareRunsOptions {
  readonly baseline: string;
  /** Confidence level over all arms of a measure. */
  readonly level: number;
  /** The number of seeds that was planned, where one looks again and again; else undefined. */
  readonly planned?: number | undefined;
  /** Whole groups were held out, so that the sign-flip test over them is told too. */
  readonly heldOutGroups?: boolean;
}

/** The differences of every arm to the baseline in one measure, corrected over the arms. */
export function compareRuns(
  runs: readonly Run[],
  measure: ComparedMeasure,
  options: CompareRunsOptions,
  resampling: Resampler,
  scores: Scores = scoresOf(runs, measure),
): Difference[] {
  const byArm = new Map<string, Map<number, Run>>();
  for (const run of runs) {
    if (run.diverged) continue;
    const ofArm = byArm.get(run.arm) ?? new Map<number, Run>();
    byArm.set(run.arm, ofArm.set(run.seed, run));
  }
  const baseline = byArm.get(options.baseline) ?? new Map<number, Run>();
  const arms = [...new Set(runs.map(({ arm }) => arm))].filter((arm) => arm !== options.baseline);
  const bySeed = [...baseline.keys()].sort((a, b) => a - b);
  const resampled = new Map<string, Resampled>();
  const compared = arms.map((arm) => {
    const seeds = bySeed.filter((seed) => byArm.get(arm)?.has(seed));
    const pairs = seeds
      .map((seed) => [byArm.get(arm)?.get(seed), baseline.get(seed)] as [Run, Run])
      .filter((pair) => pair.every((run) => Number.isFinite(scores.get(run))));
    return { arm, pairs, ...estimates(pairs, measure, scores, resampling, resampled) };
  });
  return (['table', 'source'] as const).flatMap((estimand) => told(compared, estimand, measure, options));
}

interface Compared {
  readonly arm: string;
  readonly pairs: readonly (readonly [Run, Run])[];
  readonly table: Estimate;
  readonly source: Estimate;
  readonly method: Method;
  /** D_g, where the measure is a mean of rows. */
  readonly unitMeans?: Float64Array;
}

const nothing: Estimate = {
  ...{ mean: Number.NaN, standardError: Number.NaN, df: 0, seedPart: Number.NaN, rowPart: Number.NaN },
  ...{ seeds: 0, units: 0, parts: [] },
};

function estimates(
  pairs: readonly (readonly [Run, Run])[],
  { name, measure, bound }: ComparedMeasure,
  scores: Scores,
  resampling: Resampler,
  resampled: Map<string, Resampled>,
): Omit<Compared, 'arm' | 'pairs'> {
  if (pairs.length === 0) return { table: nothing, source: nothing, method: 'paired t' };
  const [[{ testPerTrain }]] = pairs;
  const score = (run: Run) => scores.get(run) as number;
  const table = pairedT(pairs.map(([run, base]) => score(run) - score(base)));
  if (testPerTrain !== undefined) {
    const source = nadeauBengio(
      pairs.map(([run, base]) => score(run) - score(base)),
      testPerTrain,
    );
    return { table, source, method: 'Nadeau-Bengio' };
  }
  if (measure === undefined || measure.isMeanOfRows) {
    const source = unitsAndSeeds(
      pairs.map(([run, base]) => {
        const other = perRow(base, name, measure);
        const own = perRow(run, name, measure);
        return { units: run.units, differences: Float64Array.from(own, (value, i) => value - other[i]) };
      }),
      bound,
    );
    return {
      table: { ...table, units: source.units },
      source,
      method: 'rows and seeds',
      unitMeans: source.parts[0].values,
    };
  }
  // One arm's resamples serve for every pair of the same seeds; the baseline's for nearly all.
  const resample = (side: 0 | 1) => {
    const key = JSON.stringify([pairs[0][side].arm, pairs.map(([run]) => run.seed)]);
    const known =
      resampled.get(key) ??
      resampledUnits(
        pairs.map((pair) => ({ answers: pair[side].answers as never, units: pair[side].units })),
        measure,
        resampling,
      );
    resampled.set(key, known);
    return known;
  };
  const source = twoWayBootstrap(resample(0), resample(1));
  return { table: { ...table, units: source.units }, source, method: 'two-way bootstrap' };
}

/** A measure of each run that finished; NaN where it has no value, as R² where all held-out values are alike. */
export type Scores = ReadonlyMap<Run, number>;

export const scoresOf = (runs: readonly Run[], measure: ComparedMeasure): Scores =>
  new Map(runs.filter(({ diverged }) => !diverged).map((run) => [run, scoreOf(run, measure)]));

function scoreOf(run: Run, { name, measure }: ComparedMeasure): number {
  if (measure !== undefined && run.answers !== undefined) return measuredOn(measure, run.answers);
  const losses = run.losses?.get(name);
  if (losses !== undefined) return Array.from(losses).reduce((sum, loss) => sum + loss, 0) / losses.length;
  const score = run.scores?.get(name);
  if (score !== undefined) return score;
  throw new RangeError(`seed ${run.seed} of ${run.arm} has no ${name as MeasureName}`);
}

function perRow(run: Run, name: string, measure?: Measure): ArrayLike<number> {
  if (measure !== undefined && run.answers !== undefined) return rowValues(measure, run.answers);
  return run.losses?.get(name) ?? [];
}

/** The estimates of one estimand with intervals that hold for all arms at once. */
function told(
  compared: readonly Compared[],
  estimand: Estimand,
  { name, higherIsBetter, region }: ComparedMeasure,
  { baseline, level, planned, heldOutGroups }: CompareRunsOptions,
): Difference[] {
  const estimates = compared.map((one) => one[estimand]);
  const usable = estimates.filter(({ df }) => df > 0);
  const narrow = 2 * level - 1;
  const [difference, equivalence] =
    usable.length === 0 ? [Number.NaN, Number.NaN] : simultaneousCritical(usable, [level, narrow]);
  const p = estimates.map(pValueOf);
  const adjusted = holm(p);
  return compared.map((one, i) => {
    const estimate = estimates[i];
    const critical = { difference, equivalence };
    if (planned !== undefined && estimate.seeds > 0) {
      const sequence = (of: number) =>
        sequenceCritical(estimate.seeds, { level: 1 - (1 - of) / estimates.length, planned });
      critical.difference = Math.max(difference, sequence(level));
      critical.equivalence = Math.max(equivalence, sequence(narrow));
    }
    const { low, high } = intervalOf(estimate, critical.difference);
    const verdict = verdictOf(
      { low, high },
      intervalOf(estimate, critical.equivalence),
      region,
      higherIsBetter,
    );
    const { signFlip: flipped, ...method } =
      estimand === 'table'
        ? { method: 'paired t' as const, signFlip: undefined }
        : {
            method: one.method,
            signFlip: heldOutGroups && one.unitMeans ? signFlip(one.unitMeans) : undefined,
          };
    return {
      ...{ arm: one.arm, baseline, measure: name, estimand, mean: orNull(estimate.mean) },
      ...{ low: orNull(low), high: orNull(high), level, verdict },
      ...{ units: estimate.units, seeds: estimate.seeds },
      needed: needed(estimate, verdict, region, critical),
      ...method,
      ...{ region, p: orNull(p[i]), pHolm: orNull(adjusted[i]) },
      ...(flipped && { signFlip: flipped }),
    };
  });
}

/** Twelve digits: engines disagree about the last digit of a logarithm. */
const rounded = (value: number): number => +value.toPrecision(12);

const orNull = (value: number): number | null => (Number.isFinite(value) ? rounded(value) : null);
