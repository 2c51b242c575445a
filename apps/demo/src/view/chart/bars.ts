import type { Bar } from './histogram.js';

const barCount = 20;

/** Bars of equal width, one edge on 0 where 0 lies within: what is negative is told from the rest. */
export function barsOf(values: Float32Array | Float64Array, offset: number, stride: number): Bar[] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = offset; i < values.length; i += stride) {
    if (!Number.isFinite(values[i])) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (low > high) return [];
  if (low === high) high = low + (Math.abs(low) || 1) * 1e-3;
  const width = (high - low) / barCount;
  const start = low < 0 && high > 0 ? -Math.ceil(-low / width) * width : low;
  const bars = Array.from({ length: Math.ceil((high - start) / width) + 1 }, () => 0);
  for (let i = offset; i < values.length; i += stride) {
    if (!Number.isFinite(values[i])) continue;
    bars[Math.floor((values[i] - start) / width)]++;
  }
  while (bars.length > 1 && bars.at(-1) === 0) bars.pop();
  // Counted in bars from 0, so that the edge there is 0 itself.
  const first = Math.round(start / width);
  const edge = (i: number) => (start < 0 && low < 0 && high > 0 ? (first + i) * width : start + i * width);
  return bars.map((count, i) => ({ from: edge(i), to: edge(i + 1), count }));
}
