import type { Steps } from '../steps/steps.js';
import { findAgreeing } from './agreement.js';
import type { Grouping, Groups } from './group-rows.js';
import { patternsOf } from './patterns.js';
import { type Signatures, signaturesOf } from './signatures.js';
import type { TableCodes } from './table-codes.js';

/** What rows with missing cells did to a grouping. */
export interface Holes {
  /** Groups of the rows without missing cells, before any were merged. */
  readonly whole: number;
  /** Rows with a missing cell that agree with one group of whole rows, and have joined it. */
  readonly joined: readonly number[];
  /** Rows with a missing cell that could be of several groups, which were merged for that. */
  readonly merging: readonly number[];
}

/**
 * Groups of rows that agree in all of the columns. A row with missing cells agrees with every row that has the same values where both have
 * one: it joins its group where that is one, else it merges those that it could be of. So rows of one true group, some of whose cells have
 * been lost, are never in two groups.
 */
export interface AgreeingGroups extends Groups {
  readonly holes: Holes;
}

export function* agreeingGroups(codes: TableCodes, names: readonly string[]): Steps<AgreeingGroups> {
  const signatures = yield* signaturesOf(codes, names);
  const patterns = yield* patternsOf(signatures);
  const whole = patterns.find(({ missing }) => missing.size === 0)?.signatures.length ?? 0;
  yield;
  const union = new Union(signatures.count);
  const agreesWith = new Float64Array(signatures.count); // how many groups of whole rows
  yield* findAgreeing(signatures, patterns, (a, b, [ofA, ofB]) => {
    for (const one of a) union.join(a[0], one);
    for (const one of b) union.join(a[0], one);
    if (ofB.missing.size === 0) for (const one of a) agreesWith[one] += b.length;
    if (ofA.missing.size === 0) for (const one of b) agreesWith[one] += a.length;
  });
  const holed = new Uint8Array(signatures.count);
  for (const { missing, signatures: list } of patterns)
    if (missing.size > 0) for (const one of list) holed[one] = 1;
  yield;
  const joined = rowsWith(signatures, (id) => holed[id] === 1 && agreesWith[id] === 1);
  yield;
  const merging = rowsWith(signatures, (id) => holed[id] === 1 && agreesWith[id] > 1);
  yield;
  return { ...(yield* union.groups(signatures.ids)), holes: { whole, joined, merging } };
}

/** Groups of the rows without missing cells, which a row with some joins where it agrees with one alone; −1 where it agrees with more. */
export function* wholeGroups(codes: TableCodes, names: readonly string[]): Steps<Grouping> {
  const signatures = yield* signaturesOf(codes, names);
  if (!signatures.columns.some(({ gaps }) => gaps)) return { ...signatures, missing: 0 };
  const patterns = yield* patternsOf(signatures);
  const groupOf = new Int32Array(signatures.count).fill(-1);
  const whole = patterns.find(({ missing }) => missing.size === 0)?.signatures ?? [];
  whole.forEach((one, group) => {
    groupOf[one] = group;
  });
  const several = -2;
  yield* findAgreeing(signatures, patterns, (a, b, [ofA, ofB]) => {
    if (ofA.missing.size > 0 && ofB.missing.size > 0) return;
    const [holed, wholes] = ofB.missing.size === 0 ? [a, b] : [b, a];
    for (const one of holed)
      groupOf[one] = wholes.length > 1 || groupOf[one] !== -1 ? several : groupOf[wholes[0]];
  });
  const sizes = new Int32Array(whole.length);
  let missing = 0;
  const ids = signatures.ids.map((one) => {
    const group = Math.max(-1, groupOf[one]);
    if (group < 0) missing++;
    else sizes[group]++;
    return group;
  });
  return { ids, count: whole.length, sizes, missing };
}

function rowsWith({ ids }: Signatures, test: (signature: number) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 0; row < ids.length; row++) if (test(ids[row])) rows.push(row);
  return rows;
}

/** Disjoint sets. */
class Union {
  readonly #parent: Int32Array;
  readonly #size: Int32Array;

  constructor(count: number) {
    this.#parent = new Int32Array(count);
    for (let i = 0; i < count; i++) this.#parent[i] = i;
    this.#size = new Int32Array(count).fill(1);
  }

  join(a: number, b: number): void {
    let [large, small] = [this.#root(a), this.#root(b)];
    if (large === small) return;
    if (this.#size[large] < this.#size[small]) [large, small] = [small, large];
    this.#parent[small] = large;
    this.#size[large] += this.#size[small];
  }

  /** The sets of the given members, numbered in order of appearance. */
  *groups(members: Int32Array): Steps<Groups> {
    const numberOf = new Int32Array(this.#parent.length).fill(-1);
    const ids = new Int32Array(members.length);
    let count = 0;
    for (let i = 0; i < members.length; i++) {
      const root = this.#root(members[i]);
      if (numberOf[root] < 0) numberOf[root] = count++;
      ids[i] = numberOf[root];
      if ((i & 0x3ffff) === 0) yield;
    }
    return { ids, count };
  }

  #root(member: number): number {
    let root = member;
    while (this.#parent[root] !== root) {
      this.#parent[root] = this.#parent[this.#parent[root]];
      root = this.#parent[root];
    }
    return root;
  }
}
