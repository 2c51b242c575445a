/** A smooth function: writes its gradient at x, and returns its value. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

const dot = (a: Float64Array, b: Float64Array) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/**
 * Minimises a smooth function from 0 by L-BFGS with ten corrections and a backtracking search (Liu and Nocedal 1989).
 *
 * @param options.tolerance stops when no entry of the gradient is larger
 */
export function minimise(
  objective: Objective,
  size: number,
  { tolerance = 1e-5, iterations = 200 }: { tolerance?: number; iterations?: number } = {},
): Float64Array {
  let x = new Float64Array(size);
  let gradient = new Float64Array(size);
  let value = objective(x, gradient);
  const steps: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let i = 0; i < iterations; i++) {
    if (gradient.every((g) => Math.abs(g) <= tolerance)) break;
    const direction = twoLoops(gradient, steps);
    const slope = dot(direction, gradient);
    let length = i === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let nextValue = Number.NaN;
    for (let tries = 0; tries < 40; tries++, length /= 2) {
      for (let k = 0; k < size; k++) next[k] = x[k] + length * direction[k];
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
    }
    if (!(nextValue < value)) break;
    const s = next.map((v, k) => v - x[k]);
    const y = nextGradient.map((g, k) => g - gradient[k]);
    const curvature = dot(s, y);
    if (curvature > 1e-12) steps.push({ s, y, rho: 1 / curvature });
    if (steps.length > 10) steps.shift();
    [x, gradient, value] = [next, nextGradient, nextValue];
  }
  return x;
}

/** −H·gradient by the two-loop recursion, with the last step's curvature for a start. */
function twoLoops(
  gradient: Float64Array,
  steps: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas = steps.map(() => 0);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { s, y, rho } = steps[i];
    alphas[i] = rho * dot(s, q);
    for (let k = 0; k < q.length; k++) q[k] -= alphas[i] * y[k];
  }
  const last = steps.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let k = 0; k < q.length; k++) q[k] *= scale;
  }
  steps.forEach(({ s, y, rho }, i) => {
    const beta = rho * dot(y, q);
    for (let k = 0; k < q.length; k++) q[k] += s[k] * (alphas[i] - beta);
  });
  return q;
}
