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
      throw new RangeError(
        `class ${shown(name)} stands in ${holding === 1 ? '1 group' : `${holding} groups`}, too few for ${what}`,
      );
  });
}

/**
 * The fold of every group: groups of most uneven classes first, each into the fold where it leaves the class shares of all folds most
 * even (the way of scikit-learn's StratifiedGroupKFold). Where a fold then lacks a class (as scikit-learn's may, issue 28218), groups are
 * moved and exchanged until every class stands in every fold, from several beginnings.
 *
 * @throws RangeError when a class stands in fewer groups than there are folds, or no such deal is found
 */
export function dealGroups(groups: Groups, classes: Classes, order: Uint32Array, folds: number): Int32Array {
  const shares = classShares(groups, classes);
  needGroups(shares, classes, folds, `${folds} folds`);
  let lacking: Lack | undefined;
  for (let beginning = 0; beginning < 20; beginning++) {
    const start = Math.floor((beginning * order.length) / 20);
    const turned = Uint32Array.from(order, (_, i) => order[(i + start) % order.length]);
    const foldOf = dealEvenly(shares, turned, folds);
    lacking = repaired(foldOf, shares, turned, folds);
    if (lacking === undefined) return foldOf;
  }
  throw new RangeError(
    `class ${shown(classes.names[lacking?.class ?? 0])} cannot stand in all ${folds} folds, as far as was tried: its groups hold too much of other classes; take fewer folds`,
  );
}

function dealEvenly(shares: readonly Float64Array[], order: Uint32Array, folds: number): Int32Array {
  const spread = shares.map((share) => variance(share));
  const foldOf = new Int32Array(shares.length);
  const held = Array.from({ length: folds }, () => new Float64Array(shares[0].length));
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

/** A class that a fold lacks. */
interface Lack {
  readonly fold: number;
  readonly class: number;
}

/** Exchanges are quadratic in the number of groups, so they are tried only among so many. */
const mostExchanged = 1000;

/** Moves and exchanges groups, in place, as long as that leaves fewer classes lacking; what lacks in the end. */
function repaired(
  foldOf: Int32Array,
  shares: readonly Float64Array[],
  order: Uint32Array,
  folds: number,
): Lack | undefined {
  const holding = Array.from({ length: folds }, () => new Int32Array(shares[0].length));
  const put = (group: number, fold: number, sign: 1 | -1) => {
    const has = holding[fold];
    shares[group].forEach((share, c) => {
      if (share > 0) has[c] += sign;
    });
  };
  const lacks = () =>
    holding.reduce((sum, has) => has.reduce((n, count) => n + (count === 0 ? 1 : 0), sum), 0);
  foldOf.forEach((fold, group) => {
    put(group, fold, 1);
  });
  let now = lacks();
  const tryMoves = (...moves: readonly (readonly [group: number, to: number])[]): boolean => {
    const back = moves.map(([group]) => [group, foldOf[group]] as const);
    const apply = (list: readonly (readonly [number, number])[]) => {
      for (const [group, to] of list) {
        put(group, foldOf[group], -1);
        put(group, to, 1);
        foldOf[group] = to;
      }
    };
    apply(moves);
    const next = lacks();
    if (next < now) {
      now = next;
      return true;
    }
    apply(back);
    return false;
  };
  const lacking = (): Lack | undefined => {
    for (const [fold, has] of holding.entries()) if (has.includes(0)) return { fold, class: has.indexOf(0) };
    return undefined;
  };
  for (let lack = lacking(); lack !== undefined; lack = lacking()) {
    const { fold, class: c } = lack;
    const givers = [...order].filter((group) => shares[group][c] > 0);
    const takers = [...order].filter((group) => foldOf[group] === fold);
    const better =
      givers.some((group) => tryMoves([group, fold])) ||
      (order.length <= mostExchanged &&
        givers.some((group) => takers.some((other) => tryMoves([group, fold], [other, foldOf[group]]))));
    if (!better) return lack;
  }
  return undefined;
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
