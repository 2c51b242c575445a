// The page of bench/browser.ts: the loops of `@rectify/core/js` beside the loop that one would write oneself, each the median of its runs,
// in turn, on a million float32 of random signs.
import { median } from '../../../scripts/measure.mjs';
import * as js from '../src/js.js';
import { data } from './_data.js';

type Plain = (x: Float32Array, y: Float32Array) => void;

const plain: Record<string, Plain> = {
  leaky_relu(x, y) {
    for (let i = 0; i < x.length; i++) y[i] = x[i] < 0 ? 0.01 * x[i] : x[i];
  },
  relu(x, y) {
    for (let i = 0; i < x.length; i++) y[i] = Math.max(x[i], 0);
  },
  relu6(x, y) {
    for (let i = 0; i < x.length; i++) y[i] = Math.min(Math.max(x[i], 0), 6);
  },
  hard_tanh(x, y) {
    for (let i = 0; i < x.length; i++) y[i] = Math.min(Math.max(x[i], -1), 1);
  },
  soft_shrink(x, y) {
    for (let i = 0; i < x.length; i++) y[i] = x[i] > 0.5 ? x[i] - 0.5 : x[i] < -0.5 ? x[i] + 0.5 : 0;
  },
  elu(x, y) {
    for (let i = 0; i < x.length; i++) y[i] = x[i] < 0 ? Math.expm1(x[i]) : x[i];
  },
  sigmoid(x, y) {
    for (let i = 0; i < x.length; i++) y[i] = 1 / (1 + Math.exp(-x[i]));
  },
  silu(x, y) {
    for (let i = 0; i < x.length; i++) y[i] = x[i] / (1 + Math.exp(-x[i]));
  },
  softplus(x, y) {
    for (let i = 0; i < x.length; i++) y[i] = Math.max(x[i], 0) + Math.log1p(Math.exp(-Math.abs(x[i])));
  },
  tanh(x, y) {
    for (let i = 0; i < x.length; i++) y[i] = Math.tanh(x[i]);
  },
};

const RUNS = 15;
/** Engines compile hot code in the background, which takes a while on a busy machine. */
const WARM_MILLISECONDS = 400;
const n = 1e6;
const x = data(n);
const y = new Float32Array(n);

function medians(calls: readonly (() => void)[]): number[] {
  for (const call of calls)
    for (const start = performance.now(); performance.now() - start < WARM_MILLISECONDS; ) call();
  const times: number[][] = calls.map(() => []);
  for (let run = 0; run < RUNS; run++)
    for (const [i, call] of calls.entries()) {
      const start = performance.now();
      call();
      times[i].push(performance.now() - start);
    }
  return times.map(median);
}

/** Milliseconds of the plain loop and of ours, by function. */
export const loops = (): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(plain).map(([name, own]) => {
      const f = js.activation(name);
      return [name, medians([() => own(x, y), () => f.forward(x, y)])];
    }),
  );
