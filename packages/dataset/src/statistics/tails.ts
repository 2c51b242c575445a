/** ln Γ(x) for x > 0 (Lanczos, g = 7, nine terms; 15 digits). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const terms = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
    -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  const sum = terms.reduce((sum, term, i) => sum + term / (x + i), 0.99999999999980993);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

export const logChoose = (n: number, k: number): number =>
  logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/** ln of n! ÷ Π sizes!, the number of ways in which labels of these sizes can be dealt to the rows. */
export function logDeals(sizes: ArrayLike<number>): number {
  const list = Array.from(sizes);
  return list.reduce((sum, size) => sum - logGamma(size + 1), logGamma(list.reduce((a, b) => a + b, 0) + 1));
}

/** P(X ≥ k) for a Poisson variable of this mean. */
export function poissonTail(k: number, mean: number): number {
  if (k <= 0) return 1;
  if (mean <= 0) return 0;
  if (k <= mean) return 1; // more likely than not, near enough
  let term = Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
  let sum = 0;
  for (let i = k; term > sum * 1e-16 && i < k + 1e4; i++) {
    sum += term;
    term *= mean / (i + 1);
  }
  return Math.min(1, sum);
}

/** P(X ≥ x) where x of `drawn` come from the `marked` among `all`, drawn without putting back. */
export function hypergeometricTail(x: number, drawn: number, marked: number, all: number): number {
  const whole = logChoose(all, drawn);
  let sum = 0;
  for (let i = x; i <= Math.min(drawn, marked); i++) {
    if (drawn - i > all - marked) continue;
    sum += Math.exp(logChoose(marked, i) + logChoose(all - marked, drawn - i) - whole);
  }
  return Math.min(1, sum);
}

/** The least |r| of n pairs that chance gives with a probability of at most e^level; more than 1 where it may give any. */
export function leastCorrelation(n: number, level: number): number {
  let [low, high] = [0, 1];
  if (!(logChanceOfCorrelation(1 - 1e-12, n) < level)) return Infinity;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (logChanceOfCorrelation(middle, n) < level) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * ln of a bound for the chance that the correlation of n pairs is beyond ±r when one of the two is dealt freely and either is normal: the
 * tail of I(1 − r²; (n − 2)/2, 1/2) is at most x^a ÷ (a·B(a, 1/2)·|r|), with x = 1 − r² and a = (n − 2)/2.
 */
function logChanceOfCorrelation(r: number, n: number): number {
  if (n < 3 || r === 0) return 0;
  const a = (n - 2) / 2;
  const logBeta = logGamma(a) + logGamma(0.5) - logGamma(a + 0.5);
  return Math.min(0, a * Math.log(Math.max(0, 1 - r * r)) - Math.log(a) - logBeta - Math.log(Math.abs(r)));
}
