import { shown } from '../arguments/assert.js';
import type { Classes } from '../groups/classes.js';
import type { Groups } from '../groups/group-rows.js';
import type { Steps } from '../steps/steps.js';
import { atOnce, classShares } from './class-shares.js';

/**
 * 1 for every group of the test part: each group in seeded order goes there if that brings the class shares of the part nearer to
 * `testShare`; then groups are moved and exchanged until every class stands on both sides.
 */
export function* holdOutGroups(
  groups: Groups,
  classes: Classes,
  order: Uint32Array,
  testShare: number,
): Steps<Uint8Array> {
  const { of, classes: width } = yield* classShares(groups, classes, 2, 'two parts');
  const isTest = new Uint8Array(groups.count);
  /** The share of each class in the test part, and what it would be after a move. */
  let [held, next] = [new Float64Array(width), new Float64Array(width)];
  // Shares are sums of fractions, so an empty part is told by less than half the smallest row.
  const nothing = 0.5 / groups.ids.length;
  const lacks = (share: number) => share < nothing || share > 1 - nothing;
  const cost = (shares: Float64Array) => {
    let sum = 0;
    for (let c = 0; c < width; c++) sum = sum + (shares[c] - testShare) ** 2 + (lacks(shares[c]) ? 1 : 0);
    return sum;
  };
  const change = (group: number) => {
    const from = group * width;
    const sign = isTest[group] === 1 ? -1 : 1;
    for (let c = 0; c < width; c++) next[c] += sign * of[from + c];
  };
  let now = cost(held);
  /** Moves the group, and the other, if one is given, to the other part, where that is better. */
  const helps = (group: number, other?: number): boolean => {
    next.set(held);
    change(group);
    if (other !== undefined) change(other);
    const then = cost(next);
    if (then >= now - 1e-12) return false;
    isTest[group] = 1 - isTest[group];
    if (other !== undefined) isTest[other] = 1 - isTest[other];
    [held, next] = [next, held];
    now = then;
    return true;
  };
  for (let i = 0; i < order.length; i++) {
    helps(order[i]);
    if ((i & (atOnce - 1)) === 0) yield;
  }
  // One pass keeps the parts of different seeds different; more would lead them all to the same few best parts. Only a lacking class is
  // worth further search, and exchanges only where groups are few, for they are quadratic in number.
  function* someMoveHelps(): Steps<boolean> {
    for (let i = 0; i < order.length; i++) {
      if (helps(order[i])) return true;
      if ((i & (atOnce - 1)) === 0) yield;
    }
    return false;
  }
  function* someExchangeHelps(): Steps<boolean> {
    for (const a of order) {
      if (isTest[a] === 0) continue;
      for (const b of order) if (isTest[b] === 0 && helps(a, b)) return true;
      yield;
    }
    return false;
  }
  for (let better = true; better && now >= 1; ) {
    better = (yield* someMoveHelps()) || (order.length <= 1000 && (yield* someExchangeHelps()));
  }
  const lacking = held.findIndex(lacks);
  if (lacking >= 0) {
    throw new RangeError(
      `class ${shown(classes.names[lacking])} cannot stand in both parts: its groups hold too much of other classes`,
    );
  }
  return isTest;
}
