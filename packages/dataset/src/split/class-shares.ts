import { shown } from '../arguments/assert.js';
import type { Classes } from '../groups/classes.js';
import type { Groups } from '../groups/group-rows.js';
import type { Steps } from '../steps/steps.js';

/** Rows, groups or tries between two pauses, each of some dozen operations: some milliseconds. */
export const atOnce = 2 ** 15;

/** The rows of a class in a group ÷ all rows of the class. */
export interface ClassShares {
  readonly groups: number;
  readonly classes: number;
  /** Of class c in group g at g · classes + c: an array for each group would take ten times as long where every row is one. */
  readonly of: Float64Array;
}

/** @throws RangeError when a class stands in fewer than `least` groups */
export function* classShares(
  groups: Groups,
  classes: Classes,
  least: number,
  what: string,
): Steps<ClassShares> {
  const width = classes.count;
  const of = new Float64Array(groups.count * width);
  const total = new Float64Array(width);
  for (let row = 0; row < groups.ids.length; row++) {
    const c = classes.ids[row];
    of[groups.ids[row] * width + c]++;
    total[c]++;
    if ((row & (atOnce - 1)) === 0) yield;
  }
  const holding = new Int32Array(width);
  for (let at = 0, c = 0; at < of.length; at++) {
    if (of[at] > 0) holding[c]++;
    of[at] /= total[c];
    c = c + 1 === width ? 0 : c + 1;
    if ((at & (atOnce - 1)) === 0) yield;
  }
  holding.forEach((held, c) => {
    if (held < least)
      throw new RangeError(
        `class ${shown(classes.names[c])} stands in ${held === 1 ? '1 group' : `${held} groups`}, too few for ${what}`,
      );
  });
  return { groups: groups.count, classes: width, of };
}
