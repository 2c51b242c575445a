// float32 kernels by the tables of src/_tables.ts: a lookup and a cubic take half of the time that the arithmetic of smooth.ts takes
// (`pnpm bench:unroll gelu silu sigmoid tanh`, the last column).
import {
  GELU,
  GELU_SLOPE,
  ROW_BYTES,
  SIGMOID_SLOPE,
  SILU_SLOPE,
  TANH_SLOPE,
  type Table,
} from '../../src/_tables.js';
import { Lanes, type V } from './_lanes.js';
import { isNegative } from './_parts.js';
import { countDown, get, int, plus, set } from './_text.js';

/** The table's function of |x|. */
function lookUp(k: Lanes, x: V, { at, perUnit, highest }: Table): V {
  const a = k.and(x, k.bits(0x7fffffff)); // `abs` is three instructions in V8
  const own = k.let(k.pmin(a, k.c(highest)));
  // Added to a number it rounds it to a multiple of 1/perUnit, the row's number in its lowest bits.
  const magic = k.c((1.5 * 2 ** 23) / perUnit);
  const biased = k.let(k.add(own, magic));
  const t = k.let(k.sub(own, k.sub(biased, magic)));

  // Two row addresses at a time leave the vector unit: measured 10 % faster than one. NaN has bits of any kind; 16 of them stay
  // within the memory.
  const bytes = k.let(k.shl(biased, Math.log2(ROW_BYTES)));
  const rows = [0, 1].flatMap((half) => {
    k.statements.push(set('$pair', `(i64x2.extract_lane ${half} ${bytes})`));
    return [get('$pair'), `(i64.shr_u ${get('$pair')} (i64.const 32))`].map((address) =>
      k.let(`(v128.load offset=${at} (i32.and (i32.wrap_i64 ${address}) ${int(0xffff)}))`),
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

const byHalves = (k: Lanes, x: V, w: V): V => k.select(isNegative(k, x), w, k.sub(k.c(1), w));

/** What a table gives: f, or f′. */
interface Part {
  table: Table;
  /** The value at x from the table's value at |x|. */
  value(k: Lanes, x: V, own: V): V;
}

function kernel(name: 'f4' | 'b4', { table, value }: Part): string {
  const k = new Lanes('f32x4');
  const streams = name === 'b4' ? ['$x', '$dy', '$y'] : ['$x', '$y'];
  const turn = (count: 1 | 4): string => {
    const load = (pointer: string): V =>
      k.let(`(${count === 4 ? 'v128.load' : 'v128.load32_splat'} align=1 ${get(pointer)})`);
    const x = load('$x');
    const own = value(k, x, k.let(lookUp(k, x, table)));
    const result = name === 'b4' ? k.mul(load('$dy'), own) : own;
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

const moduleOf = (...kernels: string[]): string =>
  `(module (import "m" "m" (memory 0)) ${kernels.join('\n')})`;

/** Modules with some of f4: (x, y, n) and b4: (x, dy, y, n), for a memory that starts with the tables. */
export const tableModules = {
  geluTable: moduleOf(
    kernel('f4', { table: GELU, value: (k, x, g) => k.add(k.pmax(x, k.c(-0)), g) }),
    kernel('b4', { table: GELU_SLOPE, value: byHalves }),
  ),
  siluTable: moduleOf(kernel('b4', { table: SILU_SLOPE, value: byHalves })),
  sigmoidTable: moduleOf(kernel('b4', { table: SIGMOID_SLOPE, value: (_, __, w) => w })),
  tanhTable: moduleOf(kernel('b4', { table: TANH_SLOPE, value: (_, __, w) => w })),
};
