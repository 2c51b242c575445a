import { shown } from '../arguments/assert.js';
import type { Classes } from '../groups/classes.js';
import type { Groups } from '../groups/group-rows.js';
import { descending } from '../steps/sorted.js';
import type { Steps } from '../steps/steps.js';
import { atOnce, type ClassShares, classShares } from './class-shares.js';

/**
 * The fold of every group: groups of most uneven classes first, each into the fold where it leaves the class shares of all folds most
 * even (the way of scikit-learn's StratifiedGroupKFold). Where a fold then lacks a class (as scikit-learn's may, issue 28218), groups are
 * moved and exchanged until every class stands in every fold, from several beginnings.
 *
 * @throws RangeError when a class stands in fewer groups than there are folds, or no such deal is found
 */
export function* dealGroups(
  groups: Groups,
  classes: Classes,
  order: Uint32Array,
  folds: number,
): Steps<Int32Array> {
  const shares = yield* classShares(groups, classes, folds, `${folds} folds`);
  const spread = yield* spreads(shares);
  let lacking: Lack | undefined;
  for (let beginning = 0; beginning < 20; beginning++) {
    const start = Math.floor((beginning * order.length) / 20);
    const turned = new Uint32Array(order.length);
    turned.set(order.subarray(start));
    turned.set(order.subarray(0, start), order.length - start);
    const foldOf = yield* dealEvenly(shares, yield* descending(turned, spread), folds);
    lacking = yield* repaired(foldOf, shares, turned, folds);
    if (lacking === undefined) return foldOf;
  }
  throw new RangeError(
    `class ${shown(classes.names[lacking?.class ?? 0])} cannot stand in all ${folds} folds, as far as was tried: its groups hold too much of other classes; take fewer folds`,
  );
}

/** How uneven the classes of each group are: Σ (share − mean share)². */
function* spreads({ groups, classes, of }: ClassShares): Steps<Float64Array> {
  const spread = new Float64Array(groups);
  for (let group = 0; group < groups; group++) {
    const [from, to] = [group * classes, (group + 1) * classes];
    let sum = 0;
    for (let at = from; at < to; at++) sum += of[at];
    const mean = sum / classes;
    for (let at = from; at < to; at++) spread[group] += (of[at] - mean) ** 2;
    if ((group & (atOnce - 1)) === 0) yield;
  }
  return spread;
}

function* dealEvenly(
  { groups, classes, of }: ClassShares,
  sorted: Uint32Array,
  folds: number,
): Steps<Int32Array> {
  const foldOf = new Int32Array(groups);
  const held = new Float64Array(folds * classes);
  const filled = (fold: number) => {
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += held[fold * classes + c];
    return sum;
  };
  let looked = 0;
  for (let i = 0; i < sorted.length; i++) {
    const from = sorted[i] * classes;
    let [best, least] = [0, Infinity];
    for (let fold = 0; fold < folds; fold++) {
      // Putting the group into a fold adds Σ 2·held·share to the sum of squares, and equal terms elsewhere: the least makes it most even.
      let cost = 0;
      for (let c = 0; c < classes; c++) cost += held[fold * classes + c] * of[from + c];
      if (cost < least || (cost === least && filled(fold) < filled(best))) [best, least] = [fold, cost];
    }
    foldOf[sorted[i]] = best;
    for (let c = 0; c < classes; c++) held[best * classes + c] += of[from + c];
    looked += folds * classes;
    if (looked > 2 ** 18) {
      looked = 0;
      yield;
    }
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
function* repaired(
  foldOf: Int32Array,
  { groups, classes, of }: ClassShares,
  order: Uint32Array,
  folds: number,
): Steps<Lack | undefined> {
  /** Groups of each fold that hold each class. */
  const holding = new Int32Array(folds * classes);
  const put = (group: number, fold: number, sign: 1 | -1) => {
    for (let c = 0; c < classes; c++) if (of[group * classes + c] > 0) holding[fold * classes + c] += sign;
  };
  const move = (group: number, to: number) => {
    put(group, foldOf[group], -1);
    put(group, to, 1);
    foldOf[group] = to;
  };
  const lacks = () => {
    let count = 0;
    for (let at = 0; at < holding.length; at++) if (holding[at] === 0) count++;
    return count;
  };
  for (let group = 0; group < groups; group++) {
    put(group, foldOf[group], 1);
    if ((group & (atOnce - 1)) === 0) yield;
  }
  let now = lacks();
  /** Moves the group there, and the other, if one is given, to where the group was; back again where that does not help. */
  const helps = (group: number, to: number, other?: number): boolean => {
    const from = foldOf[group];
    move(group, to);
    if (other !== undefined) move(other, from);
    const next = lacks();
    if (next < now) {
      now = next;
      return true;
    }
    move(group, from);
    if (other !== undefined) move(other, to);
    return false;
  };
  let looked = 0;
  function* someHelps(givers: Uint32Array, to: number, others: Uint32Array): Steps<boolean> {
    for (const group of givers) {
      for (const other of others) {
        if (helps(group, to, other)) return true;
        looked += holding.length;
      }
      if (others.length === 0 && helps(group, to)) return true;
      looked += holding.length;
      if (looked > 2 ** 18) {
        looked = 0;
        yield;
      }
    }
    return false;
  }
  while (now > 0) {
    const at = holding.indexOf(0);
    const [fold, c] = [Math.floor(at / classes), at % classes];
    const givers = order.filter((group) => of[group * classes + c] > 0);
    const takers = order.filter((group) => foldOf[group] === fold);
    const better =
      (yield* someHelps(givers, fold, new Uint32Array())) ||
      (order.length <= mostExchanged && takers.length > 0 && (yield* someHelps(givers, fold, takers)));
    if (!better) return { fold, class: c };
  }
  return undefined;
}
