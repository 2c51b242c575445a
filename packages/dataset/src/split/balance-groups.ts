import { shown } from '../arguments/assert.js';
import type { Classes } from '../groups/classes.js';
import type { Groups } from '../groups/group-rows.js';

/** Rows of each class in each group, each as a share of the class. */
function classShares(groups: Groups, classes: Classes): Float64Array[] {
  const shares = Array.from({ length: groups.count }, () => new Float64Array(classes.count));
  const total = new Float64Array(classes.count);
  groups.ids.forEach((group, row) => {
    const c = classes.ids[row];
    (shares[group] as Float64Array)[c] = (shares[group] as Float64Array)[c] + 1;
    total[c] = total[c] + 1;
  });
  return shares.map((share) => share.map((count, c) => count / total[c]));
}

function needGroups(shares: readonly Float64Array[], classes: Classes, least: number, what: string): void {
  classes.names.forEach((name, c) => {
    const holding = shares.filter((share) => share[c] > 0).length;
    if (holding < least)
      throw new RangeError(`class ${shown(name)} stands in ${holding} groups, too few for ${what}`);
  });
}

/**
 * The fold of every group: groups of most uneven classes first, each into the fold where it leaves the class shares of all folds most
 * even (the way of scikit-learn's StratifiedGroupKFold).
 */
export function dealGroups(groups: Groups, classes: Classes, order: Uint32Array, folds: number): Int32Array {
  const shares = classShares(groups, classes);
  needGroups(shares, classes, folds, `${folds} folds`);
  const spread = shares.map((share) => variance(share));
  const foldOf = new Int32Array(groups.count);
  const held = Array.from({ length: folds }, () => new Float64Array(classes.count));
  for (const group of [...order].sort((a, b) => spread[b] - spread[a])) {
    const share = shares[group];
    // Putting the group into fold f adds Σ 2·held·share to the sum of squares, and equal terms elsewhere: the least makes it most even.
    const costs = held.map((has) => has.reduce((sum, h, c) => sum + h * share[c], 0));
    const filled = held.map((has) => has.reduce((sum, h) => sum + h, 0));
    let best = 0;
    for (let f = 1; f < folds; f++) {
      const [cost, least] = [costs[f], costs[best]];
      if (cost < least || (cost === least && filled[f] < filled[best])) best = f;
    }
    foldOf[group] = best;
    held[best] = (held[best] as Float64Array).map((h, c) => h + share[c]);
  }
  return foldOf;
}

const variance = (values: Float64Array): number => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
};

/**
 * 1 for every group of the test part: each group in seeded order goes there if that brings the class shares of the part nearer to
 * `testShare`; then groups are moved and exchanged until every class stands on both sides.
 */
export function holdOutGroups(
  groups: Groups,
  classes: Classes,
  order: Uint32Array,
  testShare: number,
): Uint8Array {
  const shares = classShares(groups, classes);
  needGroups(shares, classes, 2, 'two parts');
  const isTest = new Uint8Array(groups.count);
  let held = new Float64Array(classes.count);
  // Shares are sums of fractions, so an empty part is told by less than half the smallest row.
  const nothing = 0.5 / groups.ids.length;
  const cost = (has: Float64Array) =>
    has.reduce((sum, h) => sum + (h - testShare) ** 2 + (h < nothing || h > 1 - nothing ? 1 : 0), 0);
  const after = (has: Float64Array, group: number) => {
    const sign = isTest[group] === 1 ? -1 : 1;
    return has.map((h, c) => h + sign * shares[group][c]);
  };
  let now = cost(held);
  const tryMove = (...moved: number[]): boolean => {
    const next = moved.reduce(after, held);
    if (cost(next) >= now - 1e-12) return false;
    for (const group of moved) isTest[group] = 1 - isTest[group];
    held = next;
    now = cost(held);
    return true;
  };
  for (const group of order) tryMove(group);
  // One pass keeps the parts of different seeds different; more would lead them all to the same few best parts. Only a lacking class is
  // worth further search, and exchanges only where groups are few, for they are quadratic in number.
  for (let better = true; better && now >= 1; ) {
    better = order.some((a) => tryMove(a));
    if (!better && order.length <= 1000) {
      better = order.some((a) => isTest[a] === 1 && order.some((b) => isTest[b] === 0 && tryMove(a, b)));
    }
  }
  const lacking = held.findIndex((h) => h < nothing || h > 1 - nothing);
  if (lacking >= 0) {
    throw new RangeError(
      `class ${shown(classes.names[lacking])} cannot stand in both parts: its groups hold too much of other classes`,
    );
  }
  return isTest;
}
