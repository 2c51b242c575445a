import type { Steps } from '../steps/steps.js';
import { findAgreeing } from './agreement.js';
import { type EqualPairs, moreThanChance } from './chance-pairs.js';
import { type Pattern, patternsOf } from './patterns.js';
import { type Signatures, signaturesOf } from './signatures.js';
import type { TableCodes } from './table-codes.js';

/** Cells that a search for rows with missing cells that agree may look at: some seconds. */
const mostCells = 4e8;
/** Pairs of signatures that are kept. */
const mostLinks = 2e6;

/** Which rows are the same in some columns, where both have a value, and more often than chance allows. */
export interface SimilarRows {
  readonly signatures: Signatures;
  /** 1 for signatures whose own rows repeat more than chance allows. */
  readonly repeated: Uint8Array;
  /** Signatures that agree with the signature in all columns where both have a value, with other columns missing. */
  readonly linked: ReadonlyMap<number, readonly number[]>;
  /** Rows that repeat an earlier one, but no more than the few different values make likely. */
  readonly byChance: number;
  /** Whether rows with missing cells were compared; they are not where there are too many kinds of them. */
  readonly complete: boolean;
}

/**
 * Compares rows by the one rule for missing cells. Kinds of rows (those that lack the same columns) are held against chance each on their
 * own, so that a row with few values left, or with none, is not called the same as every other.
 */
export function* similarRows(codes: TableCodes, names: readonly string[]): Steps<SimilarRows> {
  const signatures = yield* signaturesOf(codes, names);
  const patterns = yield* patternsOf(signatures);
  yield;
  const repeated = new Uint8Array(signatures.count);
  const ofAll = signatures.columns.map(({ agreement }) => agreement);
  const rows = patterns.map((pattern) => rowsIn(signatures, pattern));
  const within = patterns.map((pattern, i): Comparison => {
    let alike = 0;
    for (const one of pattern.signatures) alike += (signatures.sizes[one] * (signatures.sizes[one] - 1)) / 2;
    const expected = (rows[i] * (rows[i] - 1) * product(ofAll, pattern, pattern)) / 2;
    const extra = rows[i] - pattern.signatures.length;
    return { pairs: alike, expected, extra, rows: rows[i], columns: ofAll.length - pattern.missing.size };
  });
  let byChance = 0;
  beyondChance(within, within.length).forEach((is, i) => {
    if (is) for (const one of patterns[i].signatures) repeated[one] = 1;
    else byChance += rows[i] - patterns[i].signatures.length;
  });
  yield;
  // Copies agree in every column, so where there are some, chance is what the rows without them show.
  const shares = repeated.includes(1) ? agreementOfFirst(signatures) : ofAll;
  const found = new Map<Pattern, Map<Pattern, [number, number][]>>();
  let kept = 0;
  const complete = yield* findAgreeing(
    signatures,
    patterns,
    (a, b, [ofA, ofB]) => {
      const links = found.get(ofA) ?? new Map<Pattern, [number, number][]>();
      found.set(ofA, links);
      const pairs = links.get(ofB) ?? [];
      links.set(ofB, pairs);
      for (const one of a) for (const other of b) if (kept++ < mostLinks) pairs.push([one, other]);
    },
    mostCells,
  );
  const between: (Comparison & { links: readonly [number, number][] })[] = [];
  for (const [i, a] of patterns.entries()) {
    const ofTwo = found.get(a);
    for (let j = i + 1; j < patterns.length; j++) {
      const alike = ofTwo?.get(patterns[j]) ?? [];
      if (alike.length === 0 && patterns.length > mostPooled) continue;
      const columns = shares.filter((_, k) => !a.missing.has(k) && !patterns[j].missing.has(k)).length;
      const expected = rows[i] * rows[j] * product(shares, a, patterns[j]);
      between.push({ links: alike, expected, columns, ...pairsOf(signatures, alike, [rows[i], rows[j]]) });
    }
    yield;
  }
  const linked = new Map<number, number[]>();
  beyondChance(between, (patterns.length * (patterns.length - 1)) / 2).forEach((is, i) => {
    for (const [a, b] of is ? between[i].links : []) {
      link(linked, a, b);
      link(linked, b, a);
    }
  });
  return { signatures, repeated, linked, byChance, complete: complete && kept <= mostLinks };
}

function link(linked: Map<number, number[]>, from: number, to: number): void {
  const known = linked.get(from);
  if (known) known.push(to);
  else linked.set(from, [to]);
}

/** Rows of the pattern. */
function rowsIn({ sizes }: Signatures, { signatures }: Pattern): number {
  let rows = 0;
  for (const one of signatures) rows += sizes[one];
  return rows;
}

/** Share of the pairs of rows of two kinds that agree in all columns that both have, when every column is dealt on its own. */
const product = (shares: readonly number[], a: Pattern, b: Pattern): number =>
  shares.reduce((all, share, j) => (a.missing.has(j) || b.missing.has(j) ? all : all * share), 1);

/** Rows of two kinds that are alike. */
interface Comparison extends EqualPairs {
  /** Columns that both kinds have. */
  readonly columns: number;
}

/** Of rows of two kinds the kind counts in which fewer have a partner. */
function pairsOf({ sizes }: Signatures, links: readonly [number, number][], rows: [number, number]) {
  let pairs = 0;
  for (const [one, other] of links) pairs += sizes[one] * sizes[other];
  const partnered = [0, 1].map((side) => {
    let count = 0;
    for (const one of new Set(links.map((link) => link[side]))) count += sizes[one];
    return count;
  });
  return { pairs, extra: Math.min(...partnered), rows: Math.min(...rows) };
}

/** Kinds of rows that are all compared with each other, found or not, so that they can be taken together. */
const mostPooled = 300;

/**
 * Which of so many comparisons show more than chance: each on its own, or together with all that compare as many columns, since one copy
 * may have lost this cell and another that.
 */
function beyondChance(comparisons: readonly Comparison[], all: number): boolean[] {
  const pools = new Map<number, EqualPairs>();
  for (const one of comparisons) {
    const pool = pools.get(one.columns);
    pools.set(one.columns, pool === undefined ? one : added(pool, one));
  }
  const whole = comparisons.length === all;
  const ways = all > 1 ? 2 : 1; // a single one is its own pool
  return comparisons.map((one) => {
    const pool = pools.get(one.columns) as EqualPairs;
    return (
      moreThanChance(one, ways * all) || (whole && one.pairs > 0 && moreThanChance(pool, ways * pools.size))
    );
  });
}

const added = (a: EqualPairs, b: EqualPairs): EqualPairs => ({
  pairs: a.pairs + b.pairs,
  expected: a.expected + b.expected,
  extra: a.extra + b.extra,
  rows: a.rows + b.rows,
});

/** For each column the share of the pairs of signatures that agree in it. */
function agreementOfFirst({ columns, first }: Signatures): number[] {
  return columns.map(({ of, agreement }) => {
    if (agreement === 0) return 0;
    const sizes = new Map<number, number>();
    let present = 0;
    for (const row of first) {
      if (of[row] < 0) continue;
      sizes.set(of[row], (sizes.get(of[row]) ?? 0) + 1);
      present++;
    }
    let pairs = 0;
    for (const size of sizes.values()) pairs += size * (size - 1);
    return present > 1 ? pairs / present / (present - 1) : 0;
  });
}

/** Rows that are the same as an earlier one. */
export function repeatedRows({ signatures, repeated, linked }: SimilarRows): number[] {
  const { ids, first } = signatures;
  const rows: number[] = [];
  for (let row = 0; row < ids.length; row++) {
    const one = ids[row];
    const earlier =
      (repeated[one] === 1 && first[one] < row) || linked.get(one)?.some((other) => first[other] < row);
    if (earlier) rows.push(row);
  }
  return rows;
}

/** The rows that are the same as one of the others. */
export function rowsLike(
  { signatures, repeated, linked }: SimilarRows,
  rows: Uint32Array,
  others: Uint32Array,
): number[] {
  const { ids, count } = signatures;
  const known = new Uint8Array(count);
  for (let i = 0; i < others.length; i++) known[ids[others[i]]] = 1;
  const like = (one: number) =>
    (known[one] === 1 && repeated[one] === 1) || linked.get(one)?.some((other) => known[other] === 1);
  return ascending(rows, ids.length, (row) => like(ids[row]) === true);
}

/** Those of the rows that pass the test, in the order of the table; sorting some 100,000 of them takes ten times as long. */
export function ascending(rows: Uint32Array, rowCount: number, test: (row: number) => boolean): number[] {
  const wanted = new Uint8Array(rowCount);
  for (let i = 0; i < rows.length; i++) wanted[rows[i]] = 1;
  const found: number[] = [];
  for (let row = 0; row < rowCount; row++) if (wanted[row] === 1 && test(row)) found.push(row);
  return found;
}

/** The rows with which a row of another class is the same; class −1 is none. */
export function conflictingRows(
  { signatures, repeated, linked }: SimilarRows,
  classes: Int32Array,
): number[] {
  const { ids, count } = signatures;
  const [none, several] = [-1, -2];
  const classOf = new Int32Array(count).fill(none);
  for (let row = 0; row < ids.length; row++) {
    if (classes[row] < 0) continue;
    const known = classOf[ids[row]];
    classOf[ids[row]] = known === none || known === classes[row] ? classes[row] : several;
  }
  const rows: number[] = [];
  for (let row = 0; row < ids.length; row++) {
    const [one, own] = [ids[row], classes[row]];
    if (own < 0) continue;
    const differs = (other: number) =>
      classOf[other] === several || (classOf[other] !== none && classOf[other] !== own);
    if ((repeated[one] === 1 && differs(one)) || linked.get(one)?.some(differs)) rows.push(row);
  }
  return rows;
}
