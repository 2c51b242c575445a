import type { Table } from '@rectify/dataset';
import { assertBetween, assertInteger, assertOneOf, assertOptions, shown } from '../arguments/assert.js';
import { type Arm, defaultArms, initializerNames } from '../arms/arm.js';
import { parseArm, parseArms } from '../arms/parse-arm.js';
import { measures } from '../measures/measure.js';
import { variance } from '../statistics/estimate.js';
import { type Design, type DesignOptions, prepareNames, splitNames } from './design.js';
import { mayPassFloat32 } from './float32.js';
import { prepared } from './prepare.js';
import { type Problem, problemOf } from './problem.js';
import { defaultSplit, splitsOf, validationPart } from './split.js';
import { scaledTruth } from './target.js';

const optionNames = [
  ...['label', 'features', 'arms', 'baseline', 'seeds', 'seed', 'split', 'group', 'testShare', 'hidden'],
  ...['epochs', 'batch', 'prepare', 'learningRate', 'initializer', 'trainRows', 'testRows', 'level'],
  ...['regions', 'planned'],
];

/**
 * The design that a table and the options give, and the problem that it is about; everything is checked before any work.
 *
 * @throws TypeError or RangeError naming the option or the column
 */
export function resolveDesign(
  table: Table,
  options: DesignOptions = {},
): { design: Design; problem: Problem } {
  assertOptions('options', options, optionNames);
  const { seeds = 32, seed = 1, testShare = 0.2, epochs = 100, batch = 10 } = options;
  const { prepare = 'standardised', learningRate = 0.001, initializer = 'glorot_uniform' } = options;
  const { trainRows = 1000, testRows = 500, level = 0.95, planned } = options;
  assertInteger('seeds', seeds, 2, 10_000);
  assertInteger('seed', seed, 0, 2 ** 32 - 1 - seeds);
  assertBetween('testShare', testShare, 0, 1);
  assertInteger('epochs', epochs, 1, 100_000);
  assertInteger('batch', batch, 1, 1_000_000);
  assertOneOf('prepare', prepare, prepareNames);
  assertBetween('learningRate', learningRate, 0);
  assertOneOf('initializer', initializer, initializerNames);
  assertInteger('trainRows', trainRows, 2, 1_000_000);
  assertInteger('testRows', testRows, 1, 1_000_000);
  assertBetween('level', level, 0.5, 1);
  if (planned !== undefined) assertInteger('planned', planned, 2, 10_000);
  if (options.split !== undefined) assertOneOf('split', options.split, splitNames);
  const hidden = hiddenUnits(options.hidden ?? [3]);
  const { arms, baseline } = comparedArms(options);
  const problem = problemOf(table, options);
  const byDefault = defaultSplit(problem);
  const asked = options.split !== undefined;
  const design: Design = {
    ...{ task: problem.task, label: problem.label, classes: problem.classes, features: problem.features },
    ...{ rows: problem.rows.length, arms, baseline, seeds, firstSeed: seed },
    split: options.split ?? byDefault.split,
    splitReason: asked ? 'As asked for.' : byDefault.reason,
    ...{ testShare, units: problem.units, hidden, epochs, batch, prepare, optimizer: 'adam' },
    ...{ learningRate, initializer, trainRows, testRows, level },
    regions: regionsOf(problem, options.regions ?? {}),
    planned: planned ?? null,
  };
  // What cannot be split or held is refused now, not in the middle of the work.
  splitsOf(problem, design, seed);
  if (mayPassFloat32(problem)) assertHeld(problem, design);
  return { design, problem };
}

/** In so many seeds each row has been held out, as good as certainly. */
const seedsLookedAt = 100;

/** @throws RangeError that names the cell, where in the parts of a seed a number passes float32 */
function assertHeld(problem: Problem, design: Design): void {
  const choosing = design.arms.some(({ choices }) => choices.length > 0);
  const seeds = design.split === 'leave-one-group-out' ? 1 : Math.min(design.seeds, seedsLookedAt);
  for (let seed = design.firstSeed; seed < design.firstSeed + seeds; seed++) {
    const parts = splitsOf(problem, design, seed);
    const inner = choosing ? parts.map(({ train }) => validationPart(problem.unitOf, train, seed)) : [];
    for (const { train, test } of [...parts, ...inner]) {
      prepared(problem, design.prepare, train, test);
      scaledTruth(problem, train, test);
    }
  }
}

/** `3`, `'16x16'` or `[16, 16]`; 0 or an empty list for no hidden layer. */
export function hiddenUnits(given: readonly number[] | number | string): number[] {
  const list =
    typeof given === 'string'
      ? given.split('x').map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN))
      : given;
  const units = typeof list === 'number' ? [list] : Array.from(list);
  if (units.length === 1 && units[0] === 0) return [];
  for (const n of units)
    if (!Number.isInteger(n) || n < 1 || n > 4096)
      throw new RangeError(
        `hidden must be units from 1 to 4096 for each layer, as 3 or 16x16, got ${typeof given === 'string' ? shown(given) : shown(n)}`,
      );
  if (units.length > 8) throw new RangeError(`hidden must be at most 8 layers, got ${units.length}`);
  return units;
}

function comparedArms({ arms: given, baseline }: DesignOptions): { arms: Arm[]; baseline: string } {
  const arms = parseArms(given ?? defaultArms);
  const named = (name: string) => arms.find((arm) => arm.name === name);
  if (baseline === undefined) return { arms, baseline: (named('relu') ?? arms[0]).name };
  const asked = parseArm(baseline);
  return { arms: named(asked.name) ? arms : [asked, ...arms], baseline: asked.name };
}

function regionsOf(
  { task, truth }: Problem,
  given: Readonly<Record<string, number>>,
): Record<string, number> {
  const names = measures[task].map(({ name }) => name as string);
  assertOptions('regions', given, names);
  const spread = task === 'regression' ? 0.01 * Math.sqrt(variance(truth)) : 0.01;
  const byDefault = (name: string) => (name === 'logLoss' ? 0.02 : name === 'r2' ? 0.01 : spread);
  return Object.fromEntries(
    names.map((name) => {
      const region = given[name] ?? byDefault(name);
      if (typeof region !== 'number')
        throw new TypeError(`regions.${name} must be a number, got ${shown(region)}`);
      if (!(Number.isFinite(region) && region >= 0))
        throw new RangeError(`regions.${name} must be a number from 0, got ${shown(region)}`);
      return [name, region];
    }),
  );
}
