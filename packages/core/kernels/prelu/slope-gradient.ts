// The gradient for the slope of each channel: Σ dy·x over x < 0, in float64, in the order that src/functions/prelu-per-channel.ts states. Sums are added to
// the float64 at $ds; the float32 kernel, given a `$width` of 4 for them, writes float32 there.
import type { LaneType, V } from '@rectify/lanes';
import {
  advance,
  countDown,
  demote,
  get,
  highHalf,
  int,
  load,
  loadZero,
  loop,
  minus,
  promote,
  set,
  store,
  storeLane,
  times,
  WasmLanes,
} from '@rectify/lanes/wasm';
import { PIECE } from '../../src/functions/prelu-per-channel.js';

/** The accumulators, two float64 each. */
const SUMS = ['$a0', '$a1', '$a2', '$a3', '$a4', '$a5', '$a6', '$a7'];

interface Plan {
  k: WasmLanes;
  single: boolean;
  /** Bytes of an element, and elements of a vector. */
  width: 4 | 8;
  lanes: 4 | 2;
}

/** A vector of elements as vectors of two float64; with `one` only its first element counts, and zeros are behind it. */
function asDoubles({ k, single }: Plan, v: V, one: boolean): V[] {
  if (!single) return [v];
  const halves = one ? [v] : [v, highHalf(v)];
  return halves.map((half) => k.let(promote(half)));
}

/** Adds dy·x for x < 0 to the accumulators; a product with x ≥ 0, or with NaN in it, counts as it does in JS. */
function addTerms(plan: Plan, x: V, dy: V, into: readonly string[], one: boolean): string {
  const { k } = plan;
  return k.block(() => {
    const xs = asDoubles(plan, k.let(x), one);
    const dys = asDoubles(plan, k.let(dy), one);
    const adds = xs.map((v, i) =>
      set(into[i], k.add(k.local(into[i]), k.andnot(k.mul(v, dys[i]), k.ge(v, k.c(0))))),
    );
    return adds.join('\n');
  });
}

/** The terms of `count` vectors at $p and $q, each with accumulators of its own. */
function vectorTerms(plan: Plan, count: number): string {
  const accumulators = plan.lanes / 2;
  return Array.from({ length: count }, (_, i) =>
    addTerms(plan, load(get('$p'), 16 * i), load(get('$q'), 16 * i), SUMS.slice(i * accumulators), false),
  ).join('\n');
}

/** The term of one element at $p and $q. */
const elementTerm = (plan: Plan): string =>
  addTerms(plan, loadZero(plan.width, get('$p')), loadZero(plan.width, get('$q')), SUMS, true);

const step = (bytes: string): string => advance(['$p', '$q'], bytes);
const TO_START = `${set('$p', get('$x'))} ${set('$q', get('$dy'))}`;

/** Statements for sums of 4 bytes, or of 8: only the float32 kernel knows both. */
const onWidth = ({ single }: Plan, four: string[], eight: string[]): string =>
  single
    ? `(if (i32.eq ${get('$width')} ${int(4)}) (then ${four.join('\n')}) (else ${eight.join('\n')}))`
    : eight.join('\n');

/** What the sums of a group of channels start from: 0, or what stands at $ds. */
function startSums(plan: Plan, group: number, used: readonly string[]): string {
  const stored = (i: number): V => (group === 1 ? loadZero(8, get('$ds')) : load(get('$ds'), 16 * i));
  return onWidth(
    plan,
    used.map((a) => set(a, plan.k.c(0))),
    used.map((a, i) => set(a, stored(i))),
  );
}

function writeSums(plan: Plan, group: number, used: readonly string[]): string {
  const { k } = plan;
  const narrow = used.map((a, i) => storeLane(group === 1 ? 4 : 8, get('$ds'), demote(k.local(a)), 8 * i));
  const full = used.map((a, i) =>
    group === 1 ? storeLane(8, get('$ds'), k.local(a)) : store(get('$ds'), k.local(a), 16 * i),
  );
  return onWidth(plan, narrow, full);
}

/** `group` channels side by side, a sum in each lane of the `used` accumulators, down all rows. */
function columns(plan: Plan, group: number, used: readonly string[], terms: string): string {
  return countDown(
    '$channels',
    group,
    `${startSums(plan, group, used)}
     ${TO_START} ${set('$o', get('$outer'))}
     ${countDown('$o', 1, `${terms} ${step(get('$stride'))}`)}
     ${writeSums(plan, group, used)}
     ${advance(['$x', '$dy'], int(group * plan.width))}
     ${advance(['$ds'], times(get('$width'), int(group)))}`,
  );
}

/** inner = 1: sixteen channels at a time, then a vector of them, then one. */
function sideBySide(plan: Plan): string {
  const { lanes } = plan;
  return [
    columns(plan, 16, SUMS, vectorTerms(plan, 16 / lanes)),
    columns(plan, lanes, SUMS.slice(0, lanes / 2), vectorTerms(plan, 1)),
    columns(plan, 1, SUMS.slice(0, 1), elementTerm(plan)),
  ].join('\n');
}

/** Adds the sum of at most PIECE elements to $sum: eight partial sums, added in pairs. */
function piece(plan: Plan): string {
  const { k, lanes, width } = plan;
  const four = SUMS.slice(0, 4);
  const eightTerms = vectorTerms(plan, 8 / lanes);
  const oneTerm = elementTerm(plan);
  const added = k.block(() => {
    const [a, b, c, d] = four.map((name) => k.local(name));
    const sum = k.let(k.add(k.add(a, b), k.add(c, d)));
    const both = `(f64.add (f64x2.extract_lane 0 ${sum}) (f64x2.extract_lane 1 ${sum}))`;
    return set('$sum', `(f64.add ${get('$sum')} ${both})`);
  });
  return `${set('$n', `(select ${get('$rest')} ${int(PIECE)} (i32.lt_u ${get('$rest')} ${int(PIECE)}))`)}
    ${set('$rest', minus(get('$rest'), get('$n')))}
    ${four.map((a) => set(a, k.c(0))).join('\n')}
    ${countDown('$n', 8, `${eightTerms} ${step(int(8 * width))}`)}
    ${countDown('$n', 1, `${oneTerm} ${step(int(width))}`)}
    ${added}`;
}

/** inner > 1: channel by channel, each run of `inner` elements in pieces. */
function runs(plan: Plan): string {
  const start = onWidth(
    plan,
    [set('$sum', '(f64.const 0)')],
    [set('$sum', `(f64.load align=1 ${get('$ds')})`)],
  );
  const write = onWidth(
    plan,
    [`(f32.store align=1 ${get('$ds')} (f32.demote_f64 ${get('$sum')}))`],
    [`(f64.store align=1 ${get('$ds')} ${get('$sum')})`],
  );
  const run = `${set('$rest', get('$inner'))} ${loop(get('$rest'), piece(plan))} ${step(get('$stride'))}`;
  return countDown(
    '$channels',
    1,
    `${start}
     ${TO_START} ${set('$o', get('$outer'))}
     ${countDown('$o', 1, run)}
     ${write}
     ${advance(['$x', '$dy'], times(get('$inner'), int(plan.width)))}
     ${advance(['$ds'], get('$width'))}`,
  );
}

/** The function (x, dy, ds, outer, channels, inner, width of ds). */
export function slopeGradient(name: string, type: LaneType): string {
  const k = new WasmLanes('f64x2');
  const single = type === 'f32x4';
  const plan: Plan = { k, single, width: single ? 4 : 8, lanes: single ? 4 : 2 };
  const row = times(get('$channels'), int(plan.width));
  const gap = times(times(minus(get('$channels'), int(1)), get('$inner')), int(plan.width));
  const body = `(if (i32.eq ${get('$inner')} ${int(1)})
      (then ${set('$stride', row)} ${sideBySide(plan)})
      (else ${set('$stride', gap)} ${runs(plan)}))`;
  return `(func (export "${name}") (param $x i32) (param $dy i32) (param $ds i32)
    (param $outer i32) (param $channels i32) (param $inner i32) (param $width i32)
    (local $p i32) (local $q i32) (local $o i32) (local $n i32) (local $rest i32) (local $stride i32) (local $sum f64)
    ${SUMS.map((a) => `(local ${a} v128)`).join(' ')} ${k.declarations()}
    ${k.constantsSet()}
    ${body})`;
}
