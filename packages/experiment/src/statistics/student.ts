import { assertBetween } from '../arguments/assert.js';
import { normalQuantile } from './normal.js';

/**
 * Both tails of Student's t: P(|T| > |t|) with `df` degrees of freedom, I_x(df/2, 1/2) at x = df / (df + t²).
 *
 * The incomplete beta function I_x is a continued fraction (DLMF 8.17.22), evaluated by Lentz's method. Small tails keep their
 * digits: within 2e-12 relative of mpmath's down to 1e-300, and within 3e-11 at a million degrees of freedom.
 *
 * @param df degrees of freedom, above 0, not necessarily whole
 * @throws RangeError on a df that is not above 0
 */
export function studentTails(t: number, df: number): number {
  assertBetween('df', df, 0);
  if (Number.isNaN(t)) return Number.NaN;
  const s = t * t;
  if (s === Infinity) return 0;
  // x^(df/2) · (1 − x)^(1/2) ÷ B(df/2, 1/2), with 1 / B(a, 1/2) = Γ(a + 1/2) / (Γ(a) √π).
  const scale =
    Math.exp((-df / 2) * Math.log1p(s / df)) * Math.sqrt(s / (df + s)) * (gammaRatio(df / 2) / SQRT_PI);
  // The fraction converges fast on the side of the mean (a + 1) / (a + b + 2).
  const inTail = df / (df + s) < (df / 2 + 1) / (df / 2 + 2.5);
  return inTail
    ? (scale * betaFraction(df / (df + s), df / 2, 0.5)) / (df / 2)
    : 1 - (scale * betaFraction(s / (df + s), 0.5, df / 2)) / 0.5;
}

/**
 * The quantile of Student's t: the t with P(T ≤ t) = p.
 *
 * Newton's method on the upper tail, from the normal quantile: the tail is convex there and the start lies below the root, so that every
 * step comes nearer from the same side.
 *
 * @param p above 0 and below 1
 * @param df degrees of freedom, above 0; Infinity gives the normal quantile
 * @throws RangeError on another p or df
 */
export function studentQuantile(p: number, df: number): number {
  const z = normalQuantile(p);
  if (df === Infinity) return z;
  assertBetween('df', df, 0);
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentQuantileAbove(p, -z, df);
  return studentQuantileAbove(1 - p, z, df);
}

/** The t with P(T > t) = tail, for a tail below one half. */
function studentQuantileAbove(tail: number, start: number, df: number): number {
  const densityAt0 = gammaRatio(df / 2) / (SQRT_PI * Math.sqrt(df));
  let t = start;
  for (let i = 0; i < 200; i++) {
    const density = densityAt0 * Math.exp((-(df + 1) / 2) * Math.log1p((t * t) / df));
    const step = (studentTails(t, df) / 2 - tail) / density;
    t += step;
    if (Math.abs(step) <= 1e-15 * t) break;
  }
  return t;
}

const SQRT_PI = Math.sqrt(Math.PI);

/** Γ(a + 1/2) / Γ(a), by the recurrence up to 20 and its asymptotic series there (DLMF 5.11.13), so that no digits cancel. */
function gammaRatio(a: number): number {
  if (a < 20) return (gammaRatio(a + 1) * a) / (a + 0.5);
  const x = 1 / a;
  const logarithm = x * (-1 / 8 + x ** 2 * (1 / 192 + x ** 2 * (-1 / 640 + x ** 2 * (17 / 14336))));
  return Math.sqrt(a) * Math.exp(logarithm);
}

/** The continued fraction of I_x(a, b): 1/(1+) d₁/(1+) d₂/(1+) …, by the modified method of Lentz. */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return fraction;
}
