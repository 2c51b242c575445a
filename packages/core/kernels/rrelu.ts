// The randomised leaky ReLU of a training step. The kernels make the slopes themselves, as src/functions/rrelu-slopes.ts does, four at a time; all
// is float64 until the result is stored, so that the bits are those of JS.
import { unlessNaN, type V } from '@rectify/lanes';
import {
  advance,
  countDown,
  demote,
  get,
  highHalf,
  int,
  load,
  loadZero,
  moduleOf,
  promote,
  set,
  store,
  storeLane,
  v128,
  WasmLanes,
} from '@rectify/lanes/wasm';
import { COUNTER, MULTIPLIERS } from '../src/functions/rrelu-slopes.js';

/** Slopes of four elements, as unsigned integers: the mixing function of src/functions/rrelu-slopes.ts. */
function mixed(k: WasmLanes, counter: V): V {
  const [first, second] = MULTIPLIERS.map((m) => k.bits((BigInt(m) << 32n) | BigInt(m)));
  const fold = (h: V, bits: number): V => k.xor(h, v128(`(i32x4.shr_u ${h} ${int(bits)})`));
  const times = (h: V, factor: V): V => k.let(v128(`(i32x4.mul ${h} ${factor})`));
  const g = times(fold(times(fold(counter, 16), first), 15), second);
  return k.let(fold(g, 16));
}

/** Two slopes, from the lower half: lower + width·h/2³². */
function slopes(k: WasmLanes, h: V): V {
  const fraction = k.mul(v128(`(f64x2.convert_low_i32x4_u ${h})`), k.c(2 ** -32));
  return k.add(k.local('$lowers'), k.mul(k.local('$widths'), fraction));
}

const result = (k: WasmLanes, x: V, dy: V | undefined, s: V): V =>
  dy
    ? k.mul(dy, unlessNaN(k, x, k.select(k.gt(x, k.c(0)), k.c(1), s)))
    : k.select(k.lt(x, k.c(0)), k.mul(x, s), x);

/** The next elements, two to a vector. */
function read(k: WasmLanes, width: 4 | 8, count: 1 | 4, pointer: string): V[] {
  const address = get(pointer);
  if (count === 1) {
    const one = k.let(loadZero(width, address));
    return [width === 4 ? k.let(promote(one)) : one];
  }
  if (width === 8) return [0, 16].map((offset) => k.let(load(address, offset)));
  const four = k.let(load(address));
  return [four, highHalf(four)].map((v) => k.let(promote(v)));
}

function write(width: 4 | 8, count: 1 | 4, results: readonly V[]): string[] {
  const narrow = results.map((v) => (width === 4 ? demote(v) : v));
  if (count === 1) return [storeLane(width, get('$y'), narrow[0])];
  if (width === 8) return narrow.map((v, i) => store(get('$y'), v, 16 * i));
  const four = v128(`(i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 ${narrow[0]} ${narrow[1]})`);
  return [store(get('$y'), four)];
}

function kernel(name: string, width: 4 | 8, backward: boolean): string {
  const k = new WasmLanes('f64x2');
  const pointers = backward ? ['$x', '$dy', '$y'] : ['$x', '$y'];

  /** Reads, makes and writes `count` elements, and goes on to the next. */
  const turn = (count: 1 | 4): string =>
    k.block(() => {
      const xs = read(k, width, count, '$x');
      const dys = backward ? read(k, width, count, '$dy') : [];
      const h = mixed(k, k.local('$counters'));
      const results = xs.map((x, i) => k.let(result(k, x, dys[i], slopes(k, i === 0 ? h : highHalf(h)))));
      return [
        ...write(width, count, results),
        advance(pointers, int(count * width)),
        set('$counters', `(i32x4.add ${get('$counters')} (i32x4.splat ${int(Math.imul(count, COUNTER))}))`),
      ].join('\n');
    });

  const body = [countDown('$n', 4, turn(4)), countDown('$n', 1, turn(1))].join('\n');
  const steps = [0, 1, 2, 3].map((i) => Math.imul(i, COUNTER)).join(' ');
  const start = `(i32.add ${get('$seed')} (i32.mul ${get('$start')} ${int(COUNTER)}))`;
  return `(func (export "${name}") ${pointers.map((pointer) => `(param ${pointer} i32)`).join(' ')} (param $n i32)
    (param $lower f64) (param $width f64) (param $seed i32) (param $start i32)
    (local $lowers v128) (local $widths v128) (local $counters v128) ${k.declarations()}
    ${k.constantsSet()}
    ${set('$lowers', `(f64x2.splat ${get('$lower')})`)}
    ${set('$widths', `(f64x2.splat ${get('$width')})`)}
    ${set('$counters', `(i32x4.add (i32x4.splat ${start}) (v128.const i32x4 ${steps}))`)}
    ${body})`;
}

/** f4, b4, f8, b8: (x, [dy,] y, n, lower, upper − lower, the mixed seed, the number of the first element). */
export const rreluTrainingText = (): string =>
  moduleOf(kernel('f4', 4, false), kernel('b4', 4, true), kernel('f8', 8, false), kernel('b8', 8, true));
