// float32 kernels by the tables of src/wasm/tables.ts: a lookup and a cubic take half of the time that the arithmetic of smooth.ts takes
// (`pnpm bench:unroll gelu silu sigmoid tanh`, the last column).
import { isNegative, type V } from '@rectify/lanes';
import {
  advance,
  countDown,
  get,
  int,
  load,
  loadSplat,
  moduleOf,
  set,
  store,
  storeLane,
  v128,
  WasmLanes,
} from '@rectify/lanes/wasm';
import {
  GELU,
  GELU_SLOPE,
  ROW_BYTES,
  SIGMOID_SLOPE,
  SILU_SLOPE,
  TANH_SLOPE,
  type Table,
} from '../src/wasm/tables.js';

/** Lanes of two vectors, by their numbers from 0 to 7. */
const shuffle = (k: WasmLanes, lanes: number[], [v, w]: V[]): V =>
  k.let(
    v128(`(i8x16.shuffle ${lanes.flatMap((i) => [0, 1, 2, 3].map((j) => 4 * i + j)).join(' ')} ${v} ${w})`),
  );

/** Four rows of four coefficients, transposed: a vector of each coefficient. */
function transposed(k: WasmLanes, rows: V[]): V[] {
  const pairs = [rows.slice(0, 2), rows.slice(2)];
  const low = pairs.map((pair) => shuffle(k, [0, 4, 1, 5], pair));
  const high = pairs.map((pair) => shuffle(k, [2, 6, 3, 7], pair));
  return [low, high].flatMap((pair) => [shuffle(k, [0, 1, 4, 5], pair), shuffle(k, [2, 3, 6, 7], pair)]);
}

/** The rows whose numbers stand in the lowest bits of the lanes. */
function rowsOf(k: WasmLanes, numbers: V, at: number): V[] {
  // Two row addresses are taken out of the vector at a time: measured, 10 % faster than one. Of NaN the bits may be any; the lowest 16
  // of them are an address within the memory.
  const bytes = k.let(k.shl(numbers, Math.log2(ROW_BYTES)));
  return [0, 1].flatMap((half) => {
    k.statements.push(set('$pair', `(i64x2.extract_lane ${half} ${bytes})`));
    return [get('$pair'), `(i64.shr_u ${get('$pair')} (i64.const 32))`].map((address) =>
      k.let(v128(`(v128.load offset=${at} (i32.and (i32.wrap_i64 ${address}) ${int(0xffff)}))`)),
    );
  });
}

/** The table's function of |x|. */
function lookUp(k: WasmLanes, x: V, { at, perUnit, highest }: Table): V {
  const a = k.and(x, k.bits(0x7fffffff)); // `abs` is three instructions in V8
  const own = k.let(k.pmin(a, k.c(highest)));
  // Added to a number it rounds it to a multiple of 1/perUnit, the row's number in its lowest bits.
  const magic = k.c((1.5 * 2 ** 23) / perUnit);
  const biased = k.let(k.add(own, magic));
  const t = k.let(k.sub(own, k.sub(biased, magic)));
  const [c0, c1, c2, c3] = transposed(k, rowsOf(k, biased, at));
  return k.add(k.mul(k.add(k.mul(k.add(k.mul(c3, t), c2), t), c1), t), c0);
}

const byHalves = (k: WasmLanes, x: V, w: V): V => k.select(isNegative(k, x), w, k.sub(k.c(1), w));

/** What a table gives: f, or f′. */
interface Part {
  table: Table;
  /** The value at x from the table's value at |x|. */
  value(k: WasmLanes, x: V, own: V): V;
}

function kernel(name: 'f4' | 'b4', { table, value }: Part): string {
  const k = new WasmLanes('f32x4');
  const pointers = name === 'b4' ? ['$x', '$dy', '$y'] : ['$x', '$y'];
  const turn = (count: 1 | 4): string =>
    k.block(() => {
      const read = (pointer: string): V =>
        k.let(count === 4 ? load(get(pointer)) : loadSplat(4, get(pointer)));
      const x = read('$x');
      const own = value(k, x, k.let(lookUp(k, x, table)));
      const result = name === 'b4' ? k.mul(read('$dy'), own) : own;
      const written = count === 4 ? store(get('$y'), result) : storeLane(4, get('$y'), result);
      return `${written}\n${advance(pointers, int(4 * count))}`;
    });
  const body = [countDown('$n', 4, turn(4)), countDown('$n', 1, turn(1))].join('\n');
  return `(func (export "${name}") ${pointers.map((pointer) => `(param ${pointer} i32)`).join(' ')} (param $n i32)
    (local $pair i64) ${k.declarations()}
    ${k.constantsSet()}
    ${body})`;
}

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
