import type { Steps } from './steps.js';

/** Numbers that are sorted at once: some 20 milliseconds. */
const atOnce = 2 ** 17;

/** The numbers but NaN in ascending order, sorted piece by piece and merged, so that a million of them can be interrupted. */
export function* sortedNumbers(numbers: Float64Array): Steps<Float64Array> {
  let from = new Float64Array(numbers.length);
  let count = 0;
  for (let i = 0; i < numbers.length; i++) if (!Number.isNaN(numbers[i])) from[count++] = numbers[i];
  from = from.subarray(0, count);
  for (let start = 0; start < count; start += atOnce) {
    from.subarray(start, start + atOnce).sort();
    yield;
  }
  for (let width = atOnce; width < count; width *= 2) {
    const to = new Float64Array(count);
    for (let start = 0; start < count; start += 2 * width) {
      merge(from, to, start, Math.min(start + width, count), Math.min(start + 2 * width, count));
      yield;
    }
    from = to;
  }
  return from;
}

function merge(from: Float64Array, to: Float64Array, start: number, middle: number, end: number): void {
  let [a, b] = [start, middle];
  for (let i = start; i < end; i++)
    to[i] = b >= end || (a < middle && from[a] <= from[b]) ? from[a++] : from[b++];
}

/** The items by their keys, largest first, equal ones in their order; piece by piece too. No key is NaN. */
export function* descending(items: Uint32Array, keys: Float64Array): Steps<Uint32Array> {
  let from = items.slice();
  const piece = 2 ** 14;
  for (let start = 0; start < from.length; start += piece) {
    from.subarray(start, start + piece).sort((a, b) => keys[b] - keys[a]);
    yield;
  }
  for (let width = piece; width < from.length; width *= 2) {
    const to = new Uint32Array(from.length);
    for (let start = 0; start < from.length; start += 2 * width) {
      const [middle, end] = [Math.min(start + width, from.length), Math.min(start + 2 * width, from.length)];
      let [a, b] = [start, middle];
      for (let i = start; i < end; i++)
        to[i] = b >= end || (a < middle && keys[from[a]] >= keys[from[b]]) ? from[a++] : from[b++];
      yield;
    }
    from = to;
  }
  return from;
}
