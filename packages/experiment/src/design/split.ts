import { split, type Table } from '@rectify/dataset';
import { streamSeed } from '../random/streams.js';
import { count } from '../words/numbers.js';
import type { Design, SplitName } from './design.js';
import type { Problem } from './problem.js';

/** Streams of random numbers that hang on a run's seed. */
export const streams = { split: 1, weights: 2, order: 3, choice: 4 } as const;

/** Rows of one training and one test part; `fold` numbers the groups of leave-one-group-out. */
export interface HeldOut {
  readonly fold: number | null;
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

const mostGroups = 200;

/** The split that a table gets by default, and why. */
export function defaultSplit({ task, units, classes, truth }: Problem): { split: SplitName; reason: string } {
  if (units.kind === 'row' && task === 'regression')
    return { split: 'random', reason: 'No row repeats: rows are held out freely.' };
  if (units.kind === 'row') {
    const rows = classes.map(() => 0);
    for (const c of truth) rows[c]++;
    return Math.min(...rows) > 1
      ? { split: 'stratified', reason: 'No row repeats: every class is held out by the same share.' }
      : {
          split: 'random',
          reason: 'A class has one row and cannot be on both sides: rows are held out freely.',
        };
  }
  const because = {
    panel: `${units.columns.join(', ')} take only ${count(units.count, 'combination')} (panels): whole panels are held out`,
    'duplicate group': `Rows repeat (${units.count} are distinct): equal rows are held out together`,
    group: `Rows of one ${units.columns.join()} belong together: whole groups are held out`,
  }[units.kind];
  return { split: 'grouped', reason: `${because}, so that no network is tested on what it was trained on.` };
}

/** The parts of one seed: one, or one for each group. @throws RangeError when a part would be empty or a class is too small */
export function splitsOf(problem: Problem, design: Design, seed: number): HeldOut[] {
  if (design.split === 'leave-one-group-out') return leaveOneGroupOut(problem, design);
  const { table, unitOf, task, label } = problem;
  const { testShare } = design;
  if (design.split === 'stratified' && task === 'regression')
    throw new RangeError(
      `split stratified holds out each class by the same share, and ${label} is a number; take random or grouped`,
    );
  const at = streamSeed(seed, streams.split);
  const held =
    design.split === 'grouped'
      ? groupedSplit(table, unitOf, problem, testShare, at)
      : split(table, { method: design.split, testShare, seed: at });
  return [capped({ fold: null, ...held }, design)];
}

/** Whole groups, with the classes' shares as near as they allow; freely dealt where a class has too few groups for that. */
function groupedSplit(
  table: Table,
  groups: Int32Array,
  { task, classes, truth }: Problem,
  testShare: number,
  seed: number,
) {
  const groupsOfClass = classes.map(() => new Set<number>());
  if (task === 'classification')
    groups.forEach((group, row) => {
      groupsOfClass[truth[row]].add(group);
    });
  const enough = task === 'classification' && groupsOfClass.every(({ size }) => size > 1);
  if (enough) {
    try {
      return split(table, { method: 'stratified-grouped', groups, testShare, seed });
    } catch {
      // The classes cannot all stand on both sides: groups that hold several classes may make that impossible.
    }
  }
  return split(table, { method: 'grouped', groups, testShare, seed });
}

function leaveOneGroupOut({ unitOf, units, table }: Problem, design: Design): HeldOut[] {
  if (units.count < 2)
    throw new RangeError('split leave-one-group-out needs at least 2 groups: all rows belong together');
  if (units.count > mostGroups)
    throw new RangeError(
      `split leave-one-group-out trains once for each group: ${units.count} groups are too many, at most ${mostGroups}; take grouped, or name a group column`,
    );
  const rows = Uint32Array.from({ length: table.rowCount }, (_, row) => row);
  return Array.from({ length: units.count }, (_, fold) =>
    capped(
      {
        fold,
        train: rows.filter((row) => unitOf[row] !== fold),
        test: rows.filter((row) => unitOf[row] === fold),
      },
      design,
    ),
  );
}

/** The first rows of larger parts: their order is drawn, so that each seed has a sample of its own. */
const capped = ({ fold, train, test }: HeldOut, { trainRows, testRows }: Design): HeldOut => ({
  fold,
  train: train.slice(0, trainRows),
  test: test.slice(0, testRows),
});

/** A validation part of whole units, about a quarter of a training part, for a choice inside of it. */
export function validationPart(unitOf: Int32Array, train: Uint32Array, seed: number): HeldOut {
  const units = [...new Set(Array.from(train, (row) => unitOf[row]))];
  const key = (unit: number) => streamSeed(streamSeed(seed, streams.choice), unit);
  units.sort((a, b) => key(a) - key(b) || a - b);
  const chosen = new Set(units.slice(0, Math.max(1, Math.round(units.length / 4))));
  if (chosen.size === units.length)
    throw new RangeError('a choice among values needs at least 2 groups in the training part');
  return {
    fold: null,
    train: train.filter((row) => !chosen.has(unitOf[row])),
    test: train.filter((row) => chosen.has(unitOf[row])),
  };
}
