// Mish, x·tanh(log(1 + eˣ)).
import { atLeast, expOf, inRange, isNegative, type Lanes, type Source, type V, within } from '@rectify/lanes';
import { chosen, expOfMinusAbs, unscaledBelow0 } from './parts.js';

export const mishParts = (k: Lanes, x: V) => {
  const e = expOfMinusAbs(k, x);
  const negative = isNegative(k, x);
  const twice = k.let(k.add(e.value, e.value));
  // x < 0: e(e + 2)/(e(e + 2) + 2); x ≥ 0: (1 + 2e)/(1 + 2e + 2e²).
  const small = k.let(k.mul(e.value, k.add(e.value, k.c(2))));
  const large = k.let(k.add(k.c(1), twice));
  const den = k.let(k.select(negative, k.add(small, k.c(2)), k.add(large, k.mul(twice, e.value))));
  return { e, negative, den, large };
};

export const mishes = {
  mish: {
    params: 0,
    wide: 'both',
    f: (k, x) => {
      if (k.wide) {
        // x·n/(n + 2), n = e(e + 2), e = exp(x)
        const { z, off } = inRange(k, x);
        const e = expOf(k, z).value;
        const n = k.let(k.mul(e, k.add(e, k.c(2))));
        return k.sub(k.div(k.mul(z, n), k.add(n, k.c(2))), off);
      }
      const own = atLeast(k, x);
      const { e, negative, den, large } = mishParts(k, own);
      const num = k.mul(own, k.select(negative, k.mul(e.scaled, k.add(e.value, k.c(2))), large));
      return unscaledBelow0(k, negative, k.div(num, den));
    },
    derivative: (k, x) => {
      if (k.wide) {
        // (n(n + 2) + 4x·e(e + 1))/(n + 2)²
        const { z } = inRange(k, x);
        const e = expOf(k, z).value;
        const n = k.let(k.mul(e, k.add(e, k.c(2))));
        const d = k.let(k.add(n, k.c(2)));
        const rest = k.mul(k.mul(k.mul(z, k.c(4)), e), k.add(e, k.c(1)));
        return k.div(k.add(k.mul(n, d), rest), k.mul(d, d));
      }
      const own = within(k, x);
      const { e, negative, den, large } = mishParts(k, atLeast(k, x)); // e is the same
      const ex = k.let(k.mul(own, k.c(4)));
      const e1 = k.let(k.add(e.value, k.c(1)));
      const d2 = k.let(k.mul(den, den));
      // (e + 2)·den + 4x(e + 1), with the large parts, which may cancel, together: 4(1 + x) + e((e + 2)² + 2 + 4x)
      const e2 = k.let(k.add(e.value, k.c(2)));
      const rest = k.mul(e.value, k.add(k.add(k.mul(e2, e2), k.c(2)), ex));
      const low = k.mul(e.scaled, k.let(k.div(k.add(k.mul(k.add(k.c(1), own), k.c(4)), rest), d2)));
      const high = k.div(k.add(k.mul(large, den), k.mul(k.mul(ex, k.mul(e.value, e.value)), e1)), d2);
      return chosen(k, negative, low, high);
    },
  },
} satisfies Record<string, Source>;
