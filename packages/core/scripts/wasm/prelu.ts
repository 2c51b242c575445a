// PReLU with a slope for each channel of [outer, channels, inner]: forward, backward, and the gradient for the slopes.
import { PIECE } from '../../src/_prelu.js';
import { Lanes, type V } from './_lanes.js';
import { countDown, get, highHalf, int, loop, plus, set, times } from './_text.js';
import { unlessNaN } from './rectifiers.js';

type Type = 'f32x4' | 'f64x2';

/**
 * Forward or backward, row by row. A row is `channels` elements with a slope each where inner = 1, else one channel's `inner`
 * elements. What is left of it beyond whole vectors is the row's last vector, which overlaps the one before: read before anything
 * of the row is written, so that y may be x.
 */
function elementwise(name: string, type: Type, backward: boolean): string {
  const k = new Lanes(type);
  const width = k.single ? 4 : 8;
  const lanes = 16 / width;
  const streams = backward ? ['$x', '$dy', '$y'] : ['$x', '$y'];
  const vector = (pointer: string, offset = 0): V => `(v128.load offset=${offset} align=1 ${pointer})`;
  const lane = (pointer: string): V => `(v128.load${8 * width}_splat align=1 ${pointer})`;

  // A slope of 0 gives +0, even of −∞.
  const result = (x: V, dy: V, s: V): V =>
    backward
      ? k.mul(dy, unlessNaN(k, x, k.select(k.gt(x, k.c(0)), k.c(1), s)))
      : k.select(k.lt(x, k.c(0)), k.andnot(k.mul(x, s), k.eq(s, k.c(0))), x);

  /** Statements that the expressions of `make` need, and then its own. */
  const block = (make: () => string): string => {
    const from = k.statements.length;
    const last = make();
    return [...k.statements.splice(from), last].join('\n');
  };
  const advance = (pointers: readonly string[], bytes: string): string =>
    pointers.map((p) => set(p, plus(get(p), bytes))).join('\n');

  const row = (slope: string | undefined): string => {
    const moving = slope ? streams : [...streams, '$s'];
    const slopes = (read: (pointer: string) => V): V => k.let(slope ?? read(get('$s')));
    const whole = (vectors: number): string =>
      countDown(
        '$n',
        vectors * lanes,
        block(() => {
          const stores = Array.from({ length: vectors }, (_, i) => {
            const read = (p: string) => k.let(vector(get(p), 16 * i));
            const value = result(
              read('$x'),
              backward ? read('$dy') : '',
              slopes((p) => vector(p, 16 * i)),
            );
            return `(v128.store offset=${16 * i} align=1 ${get('$y')} ${k.let(value)})`;
          });
          return `${stores.join('\n')}\n${advance(moving, int(16 * vectors))}`;
        }),
      );
    const single = countDown(
      '$n',
      1,
      block(() => {
        const read = (p: string) => k.let(lane(get(p)));
        const value = result(read('$x'), backward ? read('$dy') : '', slopes(lane));
        return `(v128.store${8 * width}_lane align=1 0 ${get('$y')} ${k.let(value)})\n${advance(moving, int(width))}`;
      }),
    );
    // From the pointers, where n elements are left, to the last vector of the row.
    const toLast = set('$b', `(i32.sub ${times(get('$n'), int(width))} ${int(16)})`);
    const last = block(() => {
      const at = (p: string) => plus(get(p), get('$b'));
      const value = result(
        get('$tx'),
        get('$tdy'),
        slopes(() => vector(at('$s'))),
      );
      return `(v128.store align=1 ${at('$y')} ${k.let(value)})\n${advance(moving, plus(get('$b'), int(16)))}`;
    });
    return `(if (i32.lt_u ${get('$n')} ${int(lanes)}) (then ${single}) (else
      ${toLast}
      ${set('$tx', vector(plus(get('$x'), get('$b'))))}
      ${backward ? set('$tdy', vector(plus(get('$dy'), get('$b')))) : ''}
      ${whole(2)}
      ${whole(1)}
      (if ${get('$n')} (then ${toLast} ${last}))))`;
  };

  const perElement = row(undefined);
  const perRun = row(get('$slope'));
  return `(func (export "${name}") (param $x i32) ${backward ? '(param $dy i32)' : ''} (param $slopes i32) (param $y i32)
    (param $outer i32) (param $channels i32) (param $inner i32)
    (local $s i32) (local $n i32) (local $b i32) (local $c i32) (local $tx v128) (local $tdy v128) (local $slope v128)
    ${k.declarations()}
    ${k.constantsSet()}
    (if (i32.eq ${get('$inner')} ${int(1)})
      (then ${countDown('$outer', 1, `${set('$s', get('$slopes'))} ${set('$n', get('$channels'))} ${perElement}`)})
      (else ${countDown(
        '$outer',
        1,
        `${set('$s', get('$slopes'))} ${set('$c', get('$channels'))} ${countDown(
          '$c',
          1,
          `${set('$slope', lane(get('$s')))} ${set('$s', plus(get('$s'), int(width)))}
           ${set('$n', get('$inner'))} ${perRun}`,
        )}`,
      )})))`;
}

/**
 * Σ dy·x over x < 0 for each channel, in float64, in the order that src/_prelu.ts states. Sums are added to the float64 at $ds;
 * the float32 kernel, given a `$width` of 4 for them, writes float32 there.
 */
function slopeGradient(name: string, type: Type): string {
  const k = new Lanes('f64x2');
  const single = type === 'f32x4';
  const width = single ? 4 : 8;
  const lanes = 16 / width;
  const sums = ['$a0', '$a1', '$a2', '$a3', '$a4', '$a5', '$a6', '$a7'];

  /** Adds the terms of one vector of the type; `one` has a value in its first lane and zeros behind it. */
  const addTerms = (x: V, dy: V, into: readonly string[], one: boolean): string => {
    const from = k.statements.length;
    const halves = (v: V): V[] =>
      !single
        ? [v]
        : one
          ? [k.let(`(f64x2.promote_low_f32x4 ${v})`)]
          : [k.let(`(f64x2.promote_low_f32x4 ${v})`), k.let(`(f64x2.promote_low_f32x4 ${highHalf(v)})`)];
    const xs = halves(k.let(x));
    const dys = halves(k.let(dy));
    const adds = xs.map((v, i) =>
      set(into[i], k.add(get(into[i]), k.andnot(k.mul(v, dys[i]), k.ge(v, k.c(0))))),
    );
    return [...k.statements.splice(from), ...adds].join('\n');
  };
  const vector = (p: string, i: number): V => `(v128.load offset=${16 * i} align=1 ${get(p)})`;
  const first = (p: string): V => `(v128.load${8 * width}_zero align=1 ${get(p)})`;
  const halvesPerVector = lanes / 2;
  const vectors = (count: number): string =>
    Array.from({ length: count }, (_, i) =>
      addTerms(vector('$p', i), vector('$q', i), sums.slice(i * halvesPerVector), false),
    ).join('\n');
  const one = addTerms(first('$p'), first('$q'), sums, true);
  const step = (bytes: string): string =>
    `${set('$p', plus(get('$p'), bytes))} ${set('$q', plus(get('$q'), bytes))}`;
  const toStart = `${set('$p', get('$x'))} ${set('$q', get('$dy'))}`;

  const onWidth = (four: string[], eight: string[]): string =>
    single
      ? `(if (i32.eq ${get('$width')} ${int(4)}) (then ${four.join('\n')}) (else ${eight.join('\n')}))`
      : eight.join('\n');

  /** Channels side by side, a sum in each lane of `used` accumulators, down all rows. */
  const columns = (group: number, used: readonly string[], terms: string): string => {
    const narrow = used.map(
      (a, i) =>
        `(v128.store${group === 1 ? 32 : 64}_lane offset=${8 * i} align=1 0 ${get('$ds')} (f32x4.demote_f64x2_zero ${get(a)}))`,
    );
    const full = used.map((a, i) =>
      group === 1
        ? `(v128.store64_lane align=1 0 ${get('$ds')} ${get(a)})`
        : `(v128.store offset=${16 * i} align=1 ${get('$ds')} ${get(a)})`,
    );
    const before = onWidth(
      used.map((a) => set(a, k.c(0))),
      used.map((a, i) => set(a, group === 1 ? `(v128.load64_zero align=1 ${get('$ds')})` : vector('$ds', i))),
    );
    return countDown(
      '$channels',
      group,
      `${before}
       ${toStart} ${set('$o', get('$outer'))}
       ${countDown('$o', 1, `${terms} ${step(get('$stride'))}`)}
       ${onWidth(narrow, full)}
       ${set('$x', plus(get('$x'), int(group * width)))}
       ${set('$dy', plus(get('$dy'), int(group * width)))}
       ${set('$ds', plus(get('$ds'), times(get('$width'), int(group))))}`,
    );
  };

  const sumOfEight = k.let(k.add(k.add(get('$a0'), get('$a1')), k.add(get('$a2'), get('$a3'))));
  const setSumOfEight = k.statements.splice(0).join('');
  const pieceSum = `(f64.add (f64x2.extract_lane 0 ${sumOfEight}) (f64x2.extract_lane 1 ${sumOfEight}))`;
  const runs = countDown(
    '$channels',
    1,
    `${onWidth([set('$sum', '(f64.const 0)')], [set('$sum', `(f64.load align=1 ${get('$ds')})`)])}
     ${toStart} ${set('$o', get('$outer'))}
     ${countDown(
       '$o',
       1,
       `${set('$rest', get('$inner'))}
        ${loop(
          get('$rest'),
          `${set('$n', `(select ${get('$rest')} ${int(PIECE)} (i32.lt_u ${get('$rest')} ${int(PIECE)}))`)}
           ${set('$rest', `(i32.sub ${get('$rest')} ${get('$n')})`)}
           ${sums
             .slice(0, 4)
             .map((a) => set(a, k.c(0)))
             .join('\n')}
           ${countDown('$n', 8, `${vectors(8 / lanes)} ${step(int(8 * width))}`)}
           ${countDown('$n', 1, `${one} ${step(int(width))}`)}
           ${setSumOfEight}
           ${set('$sum', `(f64.add ${get('$sum')} ${pieceSum})`)}`,
        )}
        ${step(get('$stride'))}`,
     )}
     ${onWidth([`(f32.store align=1 ${get('$ds')} (f32.demote_f64 ${get('$sum')}))`], [`(f64.store align=1 ${get('$ds')} ${get('$sum')})`])}
     ${set('$x', plus(get('$x'), times(get('$inner'), int(width))))}
     ${set('$dy', plus(get('$dy'), times(get('$inner'), int(width))))}
     ${set('$ds', plus(get('$ds'), get('$width')))}`,
  );
  const sideBySide = `${columns(16, sums, vectors(16 / lanes))}
    ${columns(lanes, sums.slice(0, halvesPerVector), vectors(1))}
    ${columns(1, sums.slice(0, 1), one)}`;
  return `(func (export "${name}") (param $x i32) (param $dy i32) (param $ds i32)
    (param $outer i32) (param $channels i32) (param $inner i32) (param $width i32)
    (local $p i32) (local $q i32) (local $o i32) (local $n i32) (local $rest i32) (local $stride i32) (local $sum f64)
    ${sums.map((a) => `(local ${a} v128)`).join(' ')} ${k.declarations()}
    ${k.constantsSet()}
    (if (i32.eq ${get('$inner')} ${int(1)})
      (then ${set('$stride', times(get('$channels'), int(width)))} ${sideBySide})
      (else
        ${set('$stride', times(times(`(i32.sub ${get('$channels')} ${int(1)})`, get('$inner')), int(width)))}
        ${runs})))`;
}

const module = (functions: string[]): string =>
  `(module (import "m" "m" (memory 0)) ${functions.join('\n')})`;

/** f4, b4, f8, b8: (x, [dy,] slopes, y, outer, channels, inner). */
export const preluText = (): string =>
  module([
    elementwise('f4', 'f32x4', false),
    elementwise('b4', 'f32x4', true),
    elementwise('f8', 'f64x2', false),
    elementwise('b8', 'f64x2', true),
  ]);

/** s4, s8: (x, dy, ds, outer, channels, inner, width of ds). */
export const preluSlopeText = (): string =>
  module([slopeGradient('s4', 'f32x4'), slopeGradient('s8', 'f64x2')]);
