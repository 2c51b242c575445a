import { assertNumbers } from '../arguments/assert.js';
import { type Estimate, mean, sumDf, variance } from './estimate.js';

/** What one seed's test part said of two arms: a difference for each held-out row, and the unit that the row belongs to. */
export interface SeedDifferences {
  /** Arm minus baseline, one for each held-out row. */
  readonly differences: ArrayLike<number>;
  /** The unit of each of them, a whole number from 0: the row itself, or the duplicate group or panel that it belongs to. */
  readonly units: ArrayLike<number>;
}

/**
 * The mean difference on **new rows from the same source**, with the variance of the rows and of the seeds:
 *
 *     SE² = s²_D / G + s²_seed / R
 *
 * D_g is the mean difference while unit g was held out, s²_D its variance over the G units; s²_seed is the variance over the R seeds of a
 * seed's mean over its held-out units. Rows that repeat or share a panel are one unit: they say the same thing twice. Units weigh the
 * same, however many rows they have. Degrees of freedom by Welch and Satterthwaite. More seeds make only the second part smaller.
 *
 * The first part holds some of the seeds' variance too, so intervals cover a little more than they say when seeds are few: see
 * docs/statistics.md for the measured coverage. The idea of a variance over held-out losses is Bayle, Bayle, Janson and Mackey's (2020).
 *
 * Where a difference is bounded, as that of right and wrong answers by 1, units that all agree are no proof that none differs: the sum of
 * squares is never taken to be less than bound², that of one unit that differs fully. Without that, intervals of accuracies that hardly
 * differ shrink to a point (they covered 78 % on separable tables).
 *
 * @param runs one for each seed
 * @param bound largest size that a difference can have, where there is one
 */
export function unitsAndSeeds(runs: readonly SeedDifferences[], bound = 0): Estimate {
  const overUnits = new Map<number, Tally>();
  const seedMeans = runs.map((run, r) => {
    const ofRun = tallied(run, `runs[${r}]`);
    for (const [unit, { sum, count }] of ofRun) add(overUnits, unit, sum, count);
    return mean(Float64Array.from(ofRun.values(), ({ sum, count }) => sum / count));
  });
  // In the order of the units' numbers, so that the parts of several arms stand beside each other.
  const unitMeans = Float64Array.from(
    [...overUnits].sort(([a], [b]) => a - b),
    ([, { sum, count }]) => sum / count,
  );
  const [units, seeds] = [unitMeans.length, runs.length];
  const rowPart = Math.max(variance(unitMeans), bound ** 2 / (units - 1)) / units;
  const seedPart = variance(seedMeans) / seeds;
  return {
    mean: mean(unitMeans),
    standardError: Math.sqrt(rowPart + seedPart),
    df: sumDf(rowPart, units - 1, seedPart, seeds - 1),
    seedPart,
    rowPart,
    seeds,
    units,
    parts: [
      { values: unitMeans, weight: 1 / units },
      { values: Float64Array.from(seedMeans), weight: 1 / seeds },
    ],
  };
}

interface Tally {
  sum: number;
  count: number;
}

function add(tallies: Map<number, Tally>, unit: number, sum: number, count: number): void {
  const tally = tallies.get(unit);
  if (tally === undefined) {
    tallies.set(unit, { sum, count });
    return;
  }
  tally.sum += sum;
  tally.count += count;
}

/** Sum and number of a run's differences in each unit. */
function tallied({ differences, units }: SeedDifferences, name: string): Map<number, Tally> {
  assertNumbers(`${name}.differences`, differences, 1);
  if (units.length !== differences.length)
    throw new RangeError(
      `${name}.units must be one for each of ${differences.length} differences, got ${units.length}`,
    );
  const tallies = new Map<number, Tally>();
  for (let i = 0; i < differences.length; i++) add(tallies, units[i], differences[i], 1);
  return tallies;
}
