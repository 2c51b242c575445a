// Rows of a table without lanes, into lanes: each lane has a row of its own. Four columns at a time are read as four vectors, one for
// each lane, and transposed.
import { get, int, load, loop, minus, plus, set, store, times, v128 } from '@rectify/lanes/wasm';
import { func, next, until, vectors } from './text.js';

const LANES = [0, 1, 2, 3];

const moves = (bytes: number): string => LANES.map((lane) => next(`$r${lane}`, bytes)).join('\n');

/** Lanes of two vectors, counted 0 to 7. */
const shuffle = (lanes: readonly number[], a: string, b: string): string =>
  `(i8x16.shuffle ${lanes.flatMap((i) => LANES.map((j) => 4 * i + j)).join(' ')} ${get(a)} ${get(b)})`;

const four = `${LANES.map((lane) => set(`$v${lane}`, load(get(`$r${lane}`)))).join('\n')}
  ${set('$low', shuffle([0, 4, 1, 5], '$v0', '$v1'))} ${set('$high', shuffle([2, 6, 3, 7], '$v0', '$v1'))}
  ${set('$v0', shuffle([0, 4, 1, 5], '$v2', '$v3'))} ${set('$v1', shuffle([2, 6, 3, 7], '$v2', '$v3'))}
  ${store(get('$out'), v128(shuffle([0, 1, 4, 5], '$low', '$v0')))}
  ${store(get('$out'), v128(shuffle([2, 3, 6, 7], '$low', '$v0')), 16)}
  ${store(get('$out'), v128(shuffle([0, 1, 4, 5], '$high', '$v1')), 32)}
  ${store(get('$out'), v128(shuffle([2, 3, 6, 7], '$high', '$v1')), 48)}
  ${moves(16)} ${next('$out', 64)} ${set('$left', minus(get('$left'), int(4)))}`;

const one = `${store(
  get('$out'),
  v128(
    LANES.slice(1).reduce(
      (vector, lane) => `(v128.load32_lane align=1 ${lane} ${get(`$r${lane}`)} ${vector})`,
      `(v128.load32_zero align=1 ${get('$r0')})`,
    ),
  ),
)}
  ${moves(4)} ${next('$out')} ${set('$left', minus(get('$left'), int(1)))}`;

export const gather: string = func(
  'gather',
  'order rows source columns out',
  { i32: 'end left r0 r1 r2 r3', v128: 'v0 v1 v2 v3 low high' },
  `${set('$end', plus(get('$order'), vectors(get('$rows'))))}
  ${until(
    '$order',
    '$end',
    `${LANES.map((lane) =>
      set(
        `$r${lane}`,
        plus(
          get('$source'),
          times(
            `(i32.load offset=${4 * lane} align=1 ${get('$order')})`,
            `(i32.shl ${get('$columns')} ${int(2)})`,
          ),
        ),
      ),
    ).join('\n')}
    ${set('$left', get('$columns'))}
    ${loop(`(i32.ge_u ${get('$left')} ${int(4)})`, four)}
    ${loop(get('$left'), one)}
    ${next('$order')}`,
  )}`,
);
