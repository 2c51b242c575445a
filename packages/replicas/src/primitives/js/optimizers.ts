// The optimisers' steps on JS: see `Primitives` for their formulas.
import { type Primitives, TINY } from '../primitives.js';

const { fround } = Math;
const tiny = fround(TINY);

/** 0 for what is below TINY, or nearer to 0; NaN stays. */
const clearedSquare = (x: number): number => (x < tiny ? 0 : x);
const cleared = (x: number): number => (Math.abs(x) < tiny ? 0 : x);

export const optimizersOn = (f: Float32Array): Pick<Primitives, 'adam' | 'momentum'> => ({
  adam(w, g, m, v, count, scalars, beta1, beta2, epsilon, decays) {
    const b1 = fround(beta1);
    const c1 = fround(1 - beta1);
    const b2 = fround(beta2);
    const c2 = fround(1 - beta2);
    const e = fround(epsilon);
    const s = scalars >>> 2;
    for (let i = 0; i < 4 * count; i++) {
      const lane = i & 3;
      const weight = f[(w >>> 2) + i];
      let slope = f[(g >>> 2) + i];
      if (decays) slope = fround(slope + fround(f[s + 8 + lane] * weight));
      const first = cleared(fround(fround(b1 * f[(m >>> 2) + i]) + fround(c1 * slope)));
      const second = clearedSquare(
        fround(fround(b2 * f[(v >>> 2) + i]) + fround(c2 * fround(slope * slope))),
      );
      f[(m >>> 2) + i] = first;
      f[(v >>> 2) + i] = second;
      const root = fround(fround(Math.sqrt(fround(second * f[s + 4 + lane]))) + e);
      const step = fround(fround(f[s + lane] * first) / root);
      const decayed = decays ? fround(weight - fround(f[s + 12 + lane] * weight)) : weight;
      f[(w >>> 2) + i] = fround(decayed - step);
    }
  },

  momentum(w, g, v, count, scalars, momentum, ahead) {
    const mu = fround(momentum);
    const s = scalars >>> 2;
    for (let i = 0; i < 4 * count; i++) {
      const lane = i & 3;
      const weight = f[(w >>> 2) + i];
      const slope = fround(f[(g >>> 2) + i] + fround(f[s + 8 + lane] * weight));
      const velocity = cleared(fround(fround(mu * f[(v >>> 2) + i]) + slope));
      f[(v >>> 2) + i] = velocity;
      const direction = ahead ? fround(slope + fround(mu * velocity)) : velocity;
      f[(w >>> 2) + i] = fround(weight - fround(f[s + lane] * direction));
    }
  },
});
