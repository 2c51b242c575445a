// The randomised leaky ReLU of a training step. The kernels make the slopes themselves, as src/_rrelu.ts does, four at a time; all
// is float64 until the result is stored, so that the bits are those of JS.
import { COUNTER, MULTIPLIERS } from '../../src/_rrelu.js';
import { Lanes, type V } from './_lanes.js';
import { countDown, get, highHalf, int, plus, set } from './_text.js';
import { unlessNaN } from './rectifiers.js';

function kernel(name: string, width: 4 | 8, backward: boolean): string {
  const k = new Lanes('f64x2');
  const streams = backward ? ['$x', '$dy', '$y'] : ['$x', '$y'];
  const [first, second] = MULTIPLIERS.map((m) => k.bits((BigInt(m) << 32n) | BigInt(m)));
  const fold = (h: V, bits: number): V => k.xor(h, `(i32x4.shr_u ${h} ${int(bits)})`);

  /** Slopes of four elements, as unsigned integers: the mixing function of src/_rrelu.ts. */
  const mixed = (counter: V): V => {
    const h = k.let(`(i32x4.mul ${fold(counter, 16)} ${first})`);
    const g = k.let(`(i32x4.mul ${fold(h, 15)} ${second})`);
    return k.let(fold(g, 16));
  };
  /** Two of them, from the lower half. */
  const slopes = (h: V): V =>
    k.add(get('$lowers'), k.mul(get('$widths'), k.mul(`(f64x2.convert_low_i32x4_u ${h})`, k.c(2 ** -32))));
  const result = (x: V, dy: V | undefined, s: V): V =>
    dy
      ? k.mul(dy, unlessNaN(k, x, k.select(k.gt(x, k.c(0)), k.c(1), s)))
      : k.select(k.lt(x, k.c(0)), k.mul(x, s), x);

  /** Reads, makes and writes `count` elements, and goes on to the next. */
  const turn = (count: 1 | 4): string => {
    const load = (pointer: string): V[] => {
      if (count === 1) {
        const one = k.let(`(v128.load${8 * width}_zero align=1 ${get(pointer)})`);
        return [width === 4 ? k.let(`(f64x2.promote_low_f32x4 ${one})`) : one];
      }
      if (width === 8)
        return [0, 16].map((offset) => k.let(`(v128.load offset=${offset} align=1 ${get(pointer)})`));
      const four = k.let(`(v128.load align=1 ${get(pointer)})`);
      return [four, highHalf(four)].map((v) => k.let(`(f64x2.promote_low_f32x4 ${v})`));
    };
    const xs = load('$x');
    const dys = backward ? load('$dy') : [];
    const h = mixed(get('$counters'));
    const results = xs.map((x, i) => k.let(result(x, dys[i], slopes(i === 0 ? h : highHalf(h)))));
    const narrow = results.map((v) => (width === 4 ? `(f32x4.demote_f64x2_zero ${v})` : v));
    const stores =
      count === 1
        ? [`(v128.store${8 * width}_lane align=1 0 ${get('$y')} ${narrow[0]})`]
        : width === 8
          ? narrow.map((v, i) => `(v128.store offset=${16 * i} align=1 ${get('$y')} ${v})`)
          : [
              `(v128.store align=1 ${get('$y')} (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 ${narrow.join(' ')}))`,
            ];
    return [
      ...k.statements.splice(0),
      ...stores,
      ...streams.map((pointer) => set(pointer, plus(get(pointer), int(count * width)))),
      set('$counters', `(i32x4.add ${get('$counters')} (i32x4.splat ${int(Math.imul(count, COUNTER))}))`),
    ].join('\n');
  };

  const body = [countDown('$n', 4, turn(4)), countDown('$n', 1, turn(1))].join('\n');
  const steps = [0, 1, 2, 3].map((i) => Math.imul(i, COUNTER)).join(' ');
  const start = `(i32.add ${get('$seed')} (i32.mul ${get('$start')} ${int(COUNTER)}))`;
  return `(func (export "${name}") (param $x i32) ${backward ? '(param $dy i32)' : ''} (param $y i32) (param $n i32)
    (param $lower f64) (param $width f64) (param $seed i32) (param $start i32)
    (local $lowers v128) (local $widths v128) (local $counters v128) ${k.declarations()}
    ${k.constantsSet()}
    ${set('$lowers', `(f64x2.splat ${get('$lower')})`)}
    ${set('$widths', `(f64x2.splat ${get('$width')})`)}
    ${set('$counters', `(i32x4.add (i32x4.splat ${start}) (v128.const i32x4 ${steps}))`)}
    ${body})`;
}

/** f4, b4, f8, b8: (x, [dy,] y, n, lower, upper − lower, the mixed seed, the number of the first element). */
export const rreluTrainingText = (): string => `(module (import "m" "m" (memory 0))
  ${kernel('f4', 4, false)}
  ${kernel('b4', 4, true)}
  ${kernel('f8', 8, false)}
  ${kernel('b8', 8, true)})`;
