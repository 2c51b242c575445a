import type { Answers } from '../measures/answers.js';
import { type Measure, measuredOn } from '../measures/measure.js';
import { draws } from '../random/draws.js';
import { type Estimate, mean, sumDf, variance } from './estimate.js';

/** What one seed's network said of its held-out rows, and the unit of each row, numbered from 0. */
export interface SeedAnswers {
  readonly answers: Answers;
  readonly units: ArrayLike<number>;
}

/** The measure of each seed's run: of its rows as they are, and of each resample of the units. */
export interface Resampled {
  /** One for each seed. */
  readonly observed: Float64Array;
  /** For each seed, one for each resample. */
  readonly resamples: readonly Float64Array[];
  /** How many held-out units there are over all seeds. */
  readonly units: number;
}

/** Resamples: the standard error is then within about 3.5 % of that of endlessly many. */
const rounds = 400;

/** More units than this are dealt into so many blocks, which are resampled whole: the standard error stays as it is on average. */
const mostBlocks = 400;

/** Resamples of held-out units, the same for every arm and measure, so that differences are paired. */
export interface Resampler {
  readonly blockOf: Int32Array;
  /** How often each block is drawn in each round: [blocks, rounds], so that the rounds of a block lie together. */
  readonly weights: Float32Array;
}

/** @param units how many there are; they are numbered from 0 */
export function resampler(units: number, seed = 1): Resampler {
  const blocks = Math.min(units, mostBlocks);
  const { below } = draws(seed);
  const weights = new Float32Array(blocks * rounds);
  for (let round = 0; round < rounds; round++)
    for (let i = 0; i < blocks; i++) weights[below(blocks) * rounds + round] += 1;
  return { blockOf: dealtBlocks(units, seed), weights };
}

/** The measure of every seed's run, as it is and under the resamples of the held-out units. */
export function resampledUnits(
  runs: readonly SeedAnswers[],
  measure: Measure,
  resampling: Resampler,
): Resampled {
  return {
    observed: Float64Array.from(runs, ({ answers }) => measuredOn(measure, answers)),
    resamples: runs.map((run) => resampledRun(run, measure, resampling)),
    units: new Set(runs.flatMap((run) => Array.from(run.units))).size,
  };
}

/** The measure of one run in every round. */
function resampledRun(
  { answers, units }: SeedAnswers,
  measure: Measure,
  { blockOf, weights }: Resampler,
): Float64Array {
  const width = measure.width(answers);
  const byBlock = new Map<number, Float64Array>();
  for (let row = 0; row < units.length; row++) {
    const block = blockOf[units[row]];
    const sums = byBlock.get(block) ?? new Float64Array(width);
    measure.add(sums, 0, answers, row);
    byBlock.set(block, sums);
  }
  // Sum k of all rounds lies together: one number of a block then goes to all rounds in one loop, and most numbers are 0.
  const sums = new Float64Array(width * rounds);
  for (const [block, values] of byBlock)
    for (let k = 0; k < width; k++)
      if (values[k] !== 0) addScaled(sums, k * rounds, weights, block * rounds, values[k]);
  const ofRound = new Float64Array(width);
  return Float64Array.from({ length: rounds }, (_, round) => {
    for (let k = 0; k < width; k++) ofRound[k] = sums[k * rounds + round];
    return measure.value(ofRound, 0, answers);
  });
}

function addScaled(sums: Float64Array, at: number, weights: Float32Array, from: number, value: number): void {
  for (let i = 0; i < rounds; i++) sums[at + i] += weights[from + i] * value;
}

/**
 * The difference of two arms in a measure that is no mean of rows (macro F1, balanced accuracy, calibration error, RMSE, R²), on **new
 * rows from the same source**, by the two-way bootstrap: SE² is the variance, over resamples of units *and* seeds, of the mean difference
 * (Owen 2007, "The pigeonhole bootstrap"). The interval is mean ± t · SE: percentiles of the resamples covered 88–92 % in place of 95 %.
 *
 * A resample in which a measure is not defined for a seed leaves that seed out.
 */
export function twoWayBootstrap(arm: Resampled, baseline: Resampled, seed = 1): Estimate {
  const seeds = arm.observed.length;
  const observed = arm.observed.map((value, r) => value - baseline.observed[r]).filter(Number.isFinite);
  const { below } = draws(seed + 1);
  const byUnits: number[] = [];
  const byBoth: number[] = [];
  const difference = new Float64Array(seeds);
  for (let round = 0; round < rounds; round++) {
    for (let r = 0; r < seeds; r++) difference[r] = arm.resamples[r][round] - baseline.resamples[r][round];
    const some = Float64Array.from({ length: seeds }, () => difference[below(seeds)]);
    byUnits.push(mean(difference.filter(Number.isFinite)));
    byBoth.push(mean(some.filter(Number.isFinite)));
  }
  const rowPart = variance(byUnits.filter(Number.isFinite));
  const seedPart = variance(observed) / observed.length;
  const replicates = Float64Array.from(byBoth.map((value) => (Number.isFinite(value) ? value : 0)));
  return {
    mean: mean(observed),
    standardError: arm.units > 1 ? Math.sqrt(variance(byBoth.filter(Number.isFinite))) : Number.NaN,
    df: sumDf(rowPart, arm.units - 1, seedPart, observed.length - 1),
    seedPart,
    rowPart,
    seeds: observed.length,
    units: arm.units,
    parts: [{ values: replicates, weight: 1 }],
  };
}

/** A block for each unit: its own where there are few units, else blocks of like size, dealt at random. */
function dealtBlocks(units: number, seed: number): Int32Array {
  const blockOf = Int32Array.from({ length: units }, (_, unit) => unit % Math.min(units, mostBlocks));
  if (units <= mostBlocks) return blockOf;
  const { below } = draws(seed + 2);
  for (let i = units - 1; i > 0; i--) {
    const j = below(i + 1);
    [blockOf[i], blockOf[j]] = [blockOf[j], blockOf[i]];
  }
  return blockOf;
}
