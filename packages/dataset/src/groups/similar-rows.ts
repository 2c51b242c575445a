import type { Steps } from '../steps/steps.js';
import { findAgreeing, type Pattern, patternsOf } from './agreement.js';
import { moreThanChance } from './chance-pairs.js';
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

interface Links {
  readonly of: readonly [Pattern, Pattern];
  readonly pairs: [number, number][];
}

/**
 * Compares rows by the one rule for missing cells. Kinds of rows (those that lack the same columns) are held against chance each on their
 * own, so that a row with few values left, or with none, is not called the same as every other.
 */
export function* similarRows(codes: TableCodes, names: readonly string[]): Steps<SimilarRows> {
  const signatures = yield* signaturesOf(codes, names);
  const patterns = patternsOf(signatures);
  yield;
  const repeated = new Uint8Array(signatures.count);
  const ofAll = signatures.columns.map(({ agreement }) => agreement);
  // Every kind of rows is compared with itself and with every other.
  const tests = (patterns.length * (patterns.length + 1)) / 2;
  let byChance = 0;
  for (const pattern of patterns) {
    const rows = rowsIn(signatures, pattern);
    let alike = 0;
    for (const one of pattern.signatures) alike += (signatures.sizes[one] * (signatures.sizes[one] - 1)) / 2;
    if (moreThanChance(alike, (rows * (rows - 1) * product(ofAll, pattern.missing)) / 2, tests))
      for (const one of pattern.signatures) repeated[one] = 1;
    else byChance += rows - pattern.signatures.length;
    yield;
  }
  // Copies agree in every column, so where there are some, chance is what the rows without them show.
  const shares = repeated.includes(1) ? agreementOfFirst(signatures) : ofAll;
  const found = new Map<Pattern, Map<Pattern, Links>>();
  let kept = 0;
  const complete = yield* findAgreeing(
    signatures,
    patterns,
    (a, b, of) => {
      const ofA = found.get(of[0]) ?? new Map<Pattern, Links>();
      found.set(of[0], ofA);
      const links: Links = ofA.get(of[1]) ?? { of, pairs: [] };
      ofA.set(of[1], links);
      for (const one of a) for (const other of b) if (kept++ < mostLinks) links.pairs.push([one, other]);
    },
    mostCells,
  );
  const linked = new Map<number, number[]>();
  for (const { of, pairs } of [...found.values()].flatMap((links) => [...links.values()])) {
    const alike = pairs.reduce((sum, [a, b]) => sum + signatures.sizes[a] * signatures.sizes[b], 0);
    const chance = product(shares, new Set([...of[0].missing, ...of[1].missing]));
    if (!moreThanChance(alike, rowsIn(signatures, of[0]) * rowsIn(signatures, of[1]) * chance, tests))
      continue;
    for (const [a, b] of pairs) {
      link(linked, a, b);
      link(linked, b, a);
    }
  }
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

/** Share of the pairs of rows that agree in all columns but these, when every column is dealt on its own. */
const product = (shares: readonly number[], missing: ReadonlySet<number>): number =>
  shares.reduce((all, share, j) => (missing.has(j) ? all : all * share), 1);

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
