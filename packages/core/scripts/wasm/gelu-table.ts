// GELU and its derivative in float32 by the tables of src/_gelu-table.ts: a lookup and a cubic take half of the time that the
// arithmetic of smooth.ts takes (`pnpm bench:unroll gelu`, the last column).
import { DERIVATIVE_AT, HIGHEST, PER_UNIT, ROW_BYTES } from '../../src/_gelu-table.js';
import { Lanes, type V } from './_lanes.js';
import { isNegative } from './_parts.js';
import { countDown, get, int, plus, set } from './_text.js';

/** Added to a number it rounds it to a multiple of 1/PER_UNIT, the row's number in its lowest bits. */
const MAGIC = (1.5 * 2 ** 23) / PER_UNIT;

/** The cubic of the table at that address, at a. */
function lookUp(k: Lanes, a: V, table: number): V {
  const own = k.let(k.pmin(a, k.c(HIGHEST)));
  const magic = k.c(MAGIC);
  const biased = k.let(k.add(own, magic));
  const t = k.let(k.sub(own, k.sub(biased, magic)));

  // Two row addresses at a time leave the vector unit: measured 10 % faster than one. NaN has bits of any kind; 16 of them stay
  // within the memory.
  const bytes = k.let(k.shl(biased, Math.log2(ROW_BYTES)));
  const rows = [0, 1].flatMap((half) => {
    k.statements.push(set('$pair', `(i64x2.extract_lane ${half} ${bytes})`));
    return [get('$pair'), `(i64.shr_u ${get('$pair')} (i64.const 32))`].map((address) =>
      k.let(`(v128.load offset=${table} (i32.and (i32.wrap_i64 ${address}) ${int(0xffff)}))`),
    );
  });
  // Transposed: a vector of each coefficient.
  const shuffle = (lanes: number[], [v, w]: V[]): V =>
    k.let(`(i8x16.shuffle ${lanes.flatMap((i) => [0, 1, 2, 3].map((j) => 4 * i + j)).join(' ')} ${v} ${w})`);
  const pairs = [rows.slice(0, 2), rows.slice(2)];
  const low = pairs.map((pair) => shuffle([0, 4, 1, 5], pair));
  const high = pairs.map((pair) => shuffle([2, 6, 3, 7], pair));
  const [c0, c1, c2, c3] = [low, high].flatMap((pair) => [
    shuffle([0, 1, 4, 5], pair),
    shuffle([2, 3, 6, 7], pair),
  ]);
  return k.add(k.mul(k.add(k.mul(k.add(k.mul(c3, t), c2), t), c1), t), c0);
}

function kernel(name: string, backward: boolean): string {
  const k = new Lanes('f32x4');
  const streams = backward ? ['$x', '$dy', '$y'] : ['$x', '$y'];
  const turn = (count: 1 | 4): string => {
    const load = (pointer: string): V =>
      k.let(`(${count === 4 ? 'v128.load' : 'v128.load32_splat'} align=1 ${get(pointer)})`);
    const x = load('$x');
    const a = k.and(x, k.bits(0x7fffffff)); // `abs` is three instructions in V8
    let result: V;
    if (backward) {
      const w = k.let(lookUp(k, a, DERIVATIVE_AT));
      result = k.mul(load('$dy'), k.select(isNegative(k, x), w, k.sub(k.c(1), w)));
    } else result = k.add(k.pmax(x, k.c(-0)), lookUp(k, a, 0));
    return [
      ...k.statements.splice(0),
      `(${count === 4 ? 'v128.store align=1' : 'v128.store32_lane align=1 0'} ${get('$y')} ${result})`,
      ...streams.map((pointer) => set(pointer, plus(get(pointer), int(4 * count)))),
    ].join('\n');
  };
  const body = [countDown('$n', 4, turn(4)), countDown('$n', 1, turn(1))].join('\n');
  return `(func (export "${name}") ${streams.map((pointer) => `(param ${pointer} i32)`).join(' ')} (param $n i32)
    (local $pair i64) ${k.declarations()}
    ${k.constantsSet()}
    ${body})`;
}

/** f4: (x, y, n) and b4: (x, dy, y, n), with the tables at address 0. */
export const geluTableText = (): string => `(module (import "m" "m" (memory 0))
  ${kernel('f4', false)}
  ${kernel('b4', true)})`;
