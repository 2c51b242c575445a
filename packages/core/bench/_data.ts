/** Normal-ish values of random signs: sorted signs would hide every mispredicted branch. */
export function data(n: number, seed = 1): Float32Array {
  const x = new Float32Array(n);
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 8) / 2 ** 24;
  };
  for (let i = 0; i < n; i++) x[i] = (uniform() + uniform() + uniform() + uniform() - 2) * 4;
  return x;
}
