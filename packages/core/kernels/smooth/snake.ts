// x + sin²(αx)/α. Angles are brought near 0 by a multiple of a turn: a quarter for the square, since sin² + cos² = 1, and half a turn
// for sin 2αx, whose sign it turns where it is odd.
import { formatOf, type Lanes, productError, type Source, unlessNaN, type V } from '@rectify/lanes';
import { sinRest32, sinRest64 } from './coefficients.js';
import { param } from './parts.js';

// π in three parts, the first two of 26 bits: their products with numbers of 26 bits are exact.
const [PI_1, PI_2, PI_3] = (() => {
  const first = Math.round(Math.PI * 2 ** 24) / 2 ** 24;
  const second = Math.round((Math.PI - first) * 2 ** 50) / 2 ** 50;
  return [first, second, Math.PI - first - second + 1.2246467991473532e-16];
})();

/** Where src/functions/snake.ts takes the means. */
const LIMIT = 2 ** 50;

/** αx, and what its rounding left: nothing of float32. */
function angleOf(k: Lanes, x: V): { z: V; rest?: V } {
  const z = k.let(k.mul(x, param(k, 0)));
  return k.wide ? { z } : { z, rest: productError(k, x, param(k, 0), z) };
}

/** sin(z + rest − n·turn) for the whole n that makes it smallest, and whether that is even. */
function reducedSine(k: Lanes, turn: 1 | 0.5, z: V, rest?: V): { sine: V; isEven: V } {
  const rounded = (v: V): V => k.let(k.sub(k.add(v, k.c(formatOf(k).magic)), k.c(formatOf(k).magic)));
  const n = rounded(k.mul(z, k.c(1 / (Math.PI * turn))));
  // n has up to 51 bits: it goes into the products by halves, the large ones first, so that only the last differences are rounded.
  const high = k.let(k.mul(rounded(k.mul(n, k.c(2 ** -26))), k.c(2 ** 26)));
  const low = k.let(k.sub(n, high));
  const products = [PI_1, PI_2].flatMap((part) => [high, low].map((half) => k.mul(half, k.c(part * turn))));
  const exact = [...products, k.mul(n, k.c(PI_3 * turn))].reduce((left, product) => k.sub(left, product), z);
  const r = k.let(rest ? k.add(exact, rest) : exact);
  const square = k.square(r);
  const series = k.polynomial(k.grade === 32 ? sinRest32 : sinRest64, square);
  const half = k.let(k.mul(n, k.c(0.5)));
  return { sine: k.let(k.add(r, k.mul(k.mul(r, square), series))), isEven: k.eq(half, rounded(half)) };
}

export const snakes = {
  /** p0 = α */
  snake: {
    params: 1,
    wide: 'both',
    crowded: true,
    f: (k, x) => {
      const alpha = param(k, 0);
      const { z, rest } = angleOf(k, x);
      const { sine, isEven } = reducedSine(k, 0.5, z, rest);
      const square = k.let(k.div(k.mul(sine, sine), alpha));
      const wave = k.select(isEven, k.add(x, square), k.sub(k.add(x, k.div(k.c(1), alpha)), square));
      return k.select(k.lt(k.abs(z), k.c(LIMIT)), wave, k.add(x, k.div(k.c(0.5), alpha)));
    },
    derivative: (k, x) => {
      const { z, rest } = angleOf(k, x);
      const { sine, isEven } = reducedSine(k, 1, k.let(k.add(z, z)), rest && k.let(k.add(rest, rest)));
      const wave = k.and(k.select(isEven, sine, k.neg(sine)), k.lt(k.abs(z), k.c(LIMIT)));
      return unlessNaN(k, x, k.add(k.c(1), wave));
    },
  },
} satisfies Record<string, Source>;
