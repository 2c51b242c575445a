/**
 * The loops of the rectifiers. A factor is looked up, not branched for: on random signs a branch is mispredicted every other time,
 * which makes the loop five times as slow. 1 · v is v, also for −0, ∞ and NaN.
 */

/** v for v ≥ 0 or NaN, else slope · v, with the slope as tfjs's kernel has it. */
export function leakyRelu(out: Float32Array, x: Float32Array, slope: number): void {
  const factor = Float64Array.of(1, slope);
  for (let i = 0; i < x.length; i++) {
    const v = x[i] as number;
    out[i] = v * (factor[+(v < 0)] as number);
  }
}

/** dy where x > 0, else slope · dy (at NaN too), as tfjs's gradient. */
export function leakyReluGrad(out: Float32Array, x: Float32Array, dy: Float32Array, slope: number): void {
  const factor = Float64Array.of(Math.fround(slope), 1);
  for (let i = 0; i < x.length; i++) out[i] = (dy[i] as number) * (factor[+((x[i] as number) > 0)] as number);
}

/** leakyRelu with a slope of its own for each index of the last axes. */
export function prelu(out: Float32Array, x: Float32Array, alpha: Float32Array): void {
  const factor = Float64Array.of(1, 0);
  const n = alpha.length;
  for (let start = 0; start < x.length; start += n)
    for (let i = 0; i < n; i++) {
      const v = x[start + i] as number;
      factor[1] = alpha[i] as number;
      out[start + i] = v * (factor[+(v < 0)] as number);
    }
}
