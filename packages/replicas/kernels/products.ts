// The three products of a dense layer. All are c[p][q] = Σ a(p, r)·b(r, q), summed over r in order, and differ in where the numbers
// of a and b lie. Up to two p and four q are in registers at a time: with fewer, loads are more work than sums.
import { get, int, load, loop, minus, plus, set, store, times } from '@rectify/lanes/wasm';
import { func, local, next, range, until, vectors } from './text.js';

const MOST_P = 2;
const MOST_Q = 4;

/** How a product's numbers lie. */
interface Shape {
  name: string;
  /** Whether b's numbers of one r lie side by side over q; else those of one q lie side by side over r. */
  alongQ: boolean;
  /** Whether sums start with the vectors at $init, else with 0. */
  starts: boolean;
}

/** Sums for `ps` × `qs` numbers of c. */
function block({ alongQ, starts }: Shape, ps: number, qs: number): string {
  const sum = (p: number, q: number): string => `$s${p}${q}`;
  const pairs = range(ps).flatMap((p) => range(qs).map((q) => [p, q] as const));
  const begin = pairs.map(([p, q]) =>
    set(sum(p, q), starts ? `${load(get('$init'), 16 * q)}` : '(v128.const i32x4 0 0 0 0)'),
  );
  const pointers = [
    ...range(ps).map((p) => set(`$a${p}`, p === 0 ? get('$aAt') : plus(get(`$a${p - 1}`), get('$aP')))),
    ...range(alongQ ? 1 : qs).map((q) =>
      set(`$b${q}`, q === 0 ? get('$bAt') : plus(get(`$b${q - 1}`), get('$bQ'))),
    ),
    set('$bEnd', plus(get('$b0'), times(get('$R'), get('$bR')))),
  ];
  const loads = [
    ...range(ps).map((p) => set(`$x${p}`, load(get(`$a${p}`)))),
    ...range(qs).map((q) => set(`$y${q}`, alongQ ? load(get('$b0'), 16 * q) : load(get(`$b${q}`)))),
  ];
  const sums = pairs.map(([p, q]) =>
    set(sum(p, q), `(f32x4.add ${get(sum(p, q))} (f32x4.mul ${get(`$x${p}`)} ${get(`$y${q}`)}))`),
  );
  const moves = [
    ...range(ps).map((p) => set(`$a${p}`, plus(get(`$a${p}`), get('$aR')))),
    ...range(alongQ ? 1 : qs).map((q) => set(`$b${q}`, plus(get(`$b${q}`), get('$bR')))),
  ];
  const stores = pairs.map(([p, q]) =>
    store(p === 0 ? get('$cAt') : plus(get('$cAt'), get('$cP')), local(sum(p, q)), 16 * q),
  );
  return [
    ...begin,
    ...pointers,
    until('$b0', '$bEnd', [...loads, ...sums, ...moves].join('\n')),
    ...stores,
  ].join('\n');
}

/** All p for `qs` columns of c. */
function columns(shape: Shape, qs: number): string {
  const rows = (ps: number): string => `${block(shape, ps, qs)}
    ${set('$aAt', plus(get('$aAt'), times(get('$aP'), int(ps))))}
    ${set('$cAt', plus(get('$cAt'), times(get('$cP'), int(ps))))}
    ${set('$p', minus(get('$p'), int(ps)))}`;
  return `${set('$p', get('$P'))} ${set('$aAt', get('$a'))} ${set('$cAt', get('$c'))}
    ${loop(`(i32.ge_u ${get('$p')} ${int(MOST_P)})`, rows(MOST_P))}
    ${loop(get('$p'), rows(1))}
    ${next('$c', 16 * qs)} ${set('$bAt', plus(get('$bAt'), times(get('$bQ'), int(qs))))}
    ${shape.starts ? next('$init', 16 * qs) : ''}
    ${set('$Q', minus(get('$Q'), int(qs)))}`;
}

function product(shape: Shape): string {
  const most = range(MOST_P).flatMap((p) => range(MOST_Q).map((q) => `s${p}${q}`));
  const rest = range(MOST_Q - 1).map((i) => {
    const qs = MOST_Q - 1 - i;
    return `(if (i32.eq ${get('$Q')} ${int(qs)}) (then ${columns(shape, qs)}))`;
  });
  return func(
    shape.name,
    'a aP aR b bR bQ c cP P Q R init',
    {
      i32: `p aAt bAt cAt bEnd ${range(MOST_P)
        .map((p) => `a${p}`)
        .join(' ')} ${range(MOST_Q)
        .map((q) => `b${q}`)
        .join(' ')}`,
      v128: `${most.join(' ')} ${range(MOST_P)
        .map((p) => `x${p}`)
        .join(' ')} ${range(MOST_Q)
        .map((q) => `y${q}`)
        .join(' ')}`,
    },
    `${set('$bAt', get('$b'))}
    ${loop(`(i32.ge_u ${get('$Q')} ${int(MOST_Q)})`, columns(shape, MOST_Q))}
    ${rest.join('\n')}`,
    { exported: false },
  );
}

const call = (name: string, ...args: string[]): string => `(call $${name} ${args.join(' ')})`;

/** dw's last row: Σ dy[row][unit]. */
const biases = `${set('$end', plus(get('$dy'), vectors(times(get('$rows'), get('$units')))))}
  ${loop(
    get('$u'),
    `${set('$at', get('$dy'))} ${set('$sum', '(v128.const i32x4 0 0 0 0)')}
    ${until(
      '$at',
      '$end',
      `${set('$sum', `(f32x4.add ${get('$sum')} ${load(get('$at'))})`)}
      ${set('$at', plus(get('$at'), vectors(get('$units'))))}`,
    )}
    ${store(get('$db'), local('$sum'))}
    ${next('$dy')} ${next('$db')} ${next('$end')} ${set('$u', minus(get('$u'), int(1)))}`,
  )}`;

const inputBytes = vectors(get('$inputs'));
const unitBytes = vectors(get('$units'));

export const products: readonly string[] = [
  product({ name: 'startedAlong', alongQ: true, starts: true }),
  product({ name: 'along', alongQ: true, starts: false }),
  product({ name: 'across', alongQ: false, starts: false }),
  func(
    'forward',
    'x w y rows inputs units',
    {},
    call(
      'startedAlong',
      ...[get('$x'), inputBytes, int(16), get('$w'), unitBytes, int(16), get('$y'), unitBytes],
      ...[get('$rows'), get('$units'), get('$inputs')],
      plus(get('$w'), vectors(times(get('$inputs'), get('$units')))),
    ),
  ),
  func(
    'backwardWeights',
    'x dy dw rows inputs units',
    { i32: 'end at u db', v128: 'sum' },
    `${call(
      'along',
      ...[get('$x'), int(16), inputBytes, get('$dy'), unitBytes, int(16), get('$dw'), unitBytes],
      ...[get('$inputs'), get('$units'), get('$rows'), int(0)],
    )}
    ${set('$u', get('$units'))}
    ${set('$db', plus(get('$dw'), vectors(times(get('$inputs'), get('$units')))))}
    ${biases}`,
  ),
  func(
    'backwardInputs',
    'dy w dx rows inputs units',
    {},
    call(
      'across',
      ...[get('$dy'), unitBytes, int(16), get('$w'), int(16), unitBytes, get('$dx'), inputBytes],
      ...[get('$rows'), get('$inputs'), get('$units'), int(0)],
    ),
  ),
];
