// The three products of a dense layer. All are c[p][q] = Σ a(p, r)·b(r, q), summed over r in order, and differ in where the numbers
// of a and b lie. Up to two p and four q are in registers at a time: with fewer, loads are more work than sums.
import type { V } from '@rectify/lanes';
import { get, int, load, loop, minus, plus, set, store, times, v128 } from '@rectify/lanes/wasm';
import { func, local, next, range, until, vectors } from './text.js';

const MOST_P = 2;
const MOST_Q = 4;

/** How a product's numbers lie: of each, the parameter that says where, and how many bytes it is from one p, q or r to the next. */
interface Shape {
  name: string;
  params: string;
  a: { at: string; p: string; r: string };
  b: { at: string; q: string; r: string };
  c: { at: string; p: string };
  /** The parameters that count p, q and r. */
  counts: { p: string; q: string; r: string };
  /** Where the vectors lie that sums start with, else with 0. */
  init?: string;
  /** Whether c has a last row of Σ b(r, q). */
  sums?: boolean;
  /** Whether the sums are factors of what stands in c. */
  scales?: boolean;
  /** Counts of units for which there is `inputsOfFew`. */
  few?: readonly number[];
}

const VECTOR = int(16);
const inputBytes = get('$inputBytes');
const unitBytes = get('$unitBytes');
/** From one row to the next, of what has inputs and of what has units. */
const xBytes = get('$xBytes');
const yBytes = get('$yBytes');

/** The vector at an address, times a factor. */
const scale = (address: string, factor: V, offset = 0): string =>
  store(address, v128(`(f32x4.mul ${load(address, offset)} ${factor})`), offset);

/** Sums for `ps` × `qs` numbers of c, and of its last row where `isLast`. */
function block({ a, b, c, init, scales = false }: Shape, ps: number, qs: number, isLast: boolean): string {
  // Numbers that lie side by side need one pointer only. Pointers are moved before they are used: engines need an instruction more for
  // an address that is a loop's variable as it stands.
  const aPointers = range(a.p === VECTOR ? Math.min(ps, 1) : ps);
  const bPointers = range(b.q === VECTOR ? 1 : qs);
  const at = (pointers: readonly number[], letter: string, i: number): V =>
    i < pointers.length ? load(get(`$${letter}${i}`)) : load(get(`$${letter}0`), 16 * i);
  const sum = (p: number, q: number): string => `$s${p}${q}`;
  const rows = range(isLast ? ps + 1 : ps);
  const pairs = rows.flatMap((p) => range(qs).map((q) => [p, q] as const));
  const begin = pairs.map(([p, q]) =>
    set(sum(p, q), init ? `${load(get('$init'), 16 * q)}` : '(v128.const i32x4 0 0 0 0)'),
  );
  const pointers = [
    ...aPointers.map((p) => set(`$a${p}`, p === 0 ? minus(get('$aAt'), a.r) : plus(get(`$a${p - 1}`), a.p))),
    ...bPointers.map((q) => set(`$b${q}`, q === 0 ? minus(get('$bAt'), b.r) : plus(get(`$b${q - 1}`), b.q))),
    set('$bEnd', plus(get('$b0'), get('$bBytes'))),
  ];
  const moves = [
    ...aPointers.map((p) => set(`$a${p}`, plus(get(`$a${p}`), a.r))),
    ...bPointers.map((q) => set(`$b${q}`, plus(get(`$b${q}`), b.r))),
  ];
  const loads = [
    ...range(ps).map((p) => set(`$x${p}`, at(aPointers, 'a', p))),
    ...range(qs).map((q) => set(`$y${q}`, at(bPointers, 'b', q))),
  ];
  const sums = pairs.map(([p, q]) => {
    const term = p < ps ? `(f32x4.mul ${get(`$x${p}`)} ${get(`$y${q}`)})` : get(`$y${q}`);
    return set(sum(p, q), `(f32x4.add ${get(sum(p, q))} ${term})`);
  });
  const stores = pairs.map(([p, q]) => {
    const row = p === 0 ? get('$cAt') : plus(get('$cAt'), times(c.p, int(p)));
    return scales ? scale(row, local(sum(p, q)), 16 * q) : store(row, local(sum(p, q)), 16 * q);
  });
  return [
    ...begin,
    ...pointers,
    until('$b0', '$bEnd', [...moves, ...loads, ...sums].join('\n')),
    ...stores,
  ].join('\n');
}

/** All p for `qs` columns of c. */
function columns(shape: Shape, qs: number): string {
  const { a, b, c, counts, init, sums } = shape;
  const some = (ps: number): string => `${block(shape, ps, qs, false)}
    ${set('$aAt', plus(get('$aAt'), times(a.p, int(ps))))}
    ${set('$cAt', plus(get('$cAt'), times(c.p, int(ps))))}
    ${set('$p', minus(get('$p'), int(ps)))}`;
  const rest = sums
    ? `(if ${get('$p')} (then ${block(shape, 1, qs, true)}) (else ${block(shape, 0, qs, true)}))`
    : `(if ${get('$p')} (then ${block(shape, 1, qs, false)}))`;
  return `${set('$p', get(counts.p))} ${set('$aAt', get(a.at))} ${set('$cAt', get(c.at))}
    ${loop(`(i32.ge_u ${get('$p')} ${int(MOST_P)})`, some(MOST_P))}
    ${rest}
    ${next(c.at, 16 * qs)} ${set('$bAt', plus(get('$bAt'), times(b.q, int(qs))))}
    ${init ? next('$init', 16 * qs) : ''}
    ${set('$q', minus(get('$q'), int(qs)))}`;
}

const numbered = (letter: string, count: number): string =>
  range(count)
    .map((i) => letter + i)
    .join(' ');

/**
 * dx of two rows at a time for few units, whose dy stay in registers: the loop over units would be over before it pays. A last row is
 * left to others.
 */
function inputsOfFew(units: number): string {
  const [rows, all] = [range(2), range(units)];
  const dy = (row: number, unit: number): string => `$d${row * units + unit}`;
  const sums = rows.map((row) =>
    all.reduce(
      (sum, unit) => `(f32x4.add ${sum} (f32x4.mul ${get(dy(row, unit))} ${get(`$y${unit}`)}))`,
      '(v128.const i32x4 0 0 0 0)',
    ),
  );
  const pair = `
    ${all.map((unit) => set(dy(0, unit), load(get('$dy'), 16 * unit))).join('\n')}
    ${set('$dy', plus(get('$dy'), yBytes))}
    ${all.map((unit) => set(dy(1, unit), load(get('$dy'), 16 * unit))).join('\n')}
    ${set('$b0', get('$w'))} ${set('$cAt', plus(get('$dx'), xBytes))} ${set('$aAt', plus(get('$cAt'), xBytes))}
    ${until(
      '$dx',
      '$rowEnd',
      `${all.map((unit) => set(`$y${unit}`, load(get('$b0'), 16 * unit))).join('\n')}
      ${scale(get('$dx'), v128(sums[0]))} ${scale(get('$cAt'), v128(sums[1]))}
      ${next('$b0', 16 * units)} ${next('$dx')} ${next('$cAt')}`,
    )}
    ${set('$dx', get('$aAt'))} ${set('$dy', plus(get('$dy'), yBytes))} ${set('$rows', minus(get('$rows'), int(2)))}`;
  return `(if (i32.eq ${get('$units')} ${int(units)})
    (then ${loop(`(i32.ge_u ${get('$rows')} ${int(2)})`, `${set('$rowEnd', plus(get('$dx'), inputBytes))} ${pair}`)}
    (if (i32.eqz ${get('$rows')}) (then (return)))))`;
}

function product(shape: Shape): string {
  const { name, params, b, counts, init, few = [] } = shape;
  const rest = range(MOST_Q - 1).map((i) => {
    const qs = MOST_Q - 1 - i;
    return `(if (i32.eq ${get('$q')} ${int(qs)}) (then ${columns(shape, qs)}))`;
  });
  return func(
    name,
    `${params} rows inputs units xStride yStride`,
    {
      i32: `inputBytes unitBytes xBytes yBytes rowEnd p q aAt bAt cAt bBytes bEnd init ${numbered('a', MOST_P)} ${numbered('b', MOST_Q)}`,
      v128: `${range(MOST_P)
        .map((p) => numbered(`s${p}`, MOST_Q))
        .join(' ')} ${numbered('x', MOST_P)} ${numbered('y', MOST_Q)} ${numbered('d', 6)}`,
    },
    `${set('$inputBytes', vectors(get('$inputs')))} ${set('$unitBytes', vectors(get('$units')))}
    ${set('$xBytes', vectors(get('$xStride')))} ${set('$yBytes', vectors(get('$yStride')))}
    ${few.map(inputsOfFew).join('\n')}
    ${set('$bBytes', times(get(counts.r), b.r))}
    ${set('$bAt', get(b.at))} ${set('$q', get(counts.q))} ${init ? set('$init', init) : ''}
    ${loop(`(i32.ge_u ${get('$q')} ${int(MOST_Q)})`, columns(shape, MOST_Q))}
    ${rest.join('\n')}`,
  );
}

export const products: readonly string[] = [
  product({
    name: 'forward',
    params: 'x w y',
    a: { at: '$x', p: xBytes, r: VECTOR },
    b: { at: '$w', q: VECTOR, r: unitBytes },
    c: { at: '$y', p: yBytes },
    counts: { p: '$rows', q: '$units', r: '$inputs' },
    init: plus(get('$w'), times(get('$inputs'), unitBytes)),
  }),
  product({
    name: 'backwardWeights',
    params: 'x dy dw',
    a: { at: '$x', p: VECTOR, r: xBytes },
    b: { at: '$dy', q: VECTOR, r: yBytes },
    c: { at: '$dw', p: unitBytes },
    counts: { p: '$inputs', q: '$units', r: '$rows' },
    sums: true,
  }),
  product({
    name: 'backwardInputs',
    params: 'dy w dx',
    a: { at: '$dy', p: yBytes, r: VECTOR },
    b: { at: '$w', q: unitBytes, r: VECTOR },
    c: { at: '$dx', p: xBytes },
    counts: { p: '$rows', q: '$inputs', r: '$units' },
    scales: true,
    few: [2, 3],
  }),
];
