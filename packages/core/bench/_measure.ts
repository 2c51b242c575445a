// What every contender shares: the data, the clock, and the way results go back to main.ts.

import { median } from '../../../scripts/measure.mjs';
import { data } from './_data.js';

export { data };

export const SIZES = process.env.BENCH_QUICK ? ([1e3, 1e7] as const) : ([1e3, 1e5, 1e7] as const);
export const FUNCTIONS = [
  'leaky_relu',
  'relu',
  'relu6',
  'prelu',
  'threshold',
  'elu',
  'selu',
  'celu',
  'gelu',
  'silu',
  'mish',
  'softplus',
  'sigmoid',
  'tanh',
] as const;
export type Name = (typeof FUNCTIONS)[number];
export type Pass = 'forward' | 'backward' | 'copy';

export interface Result {
  contender: string;
  name: Name | 'set';
  pass: Pass;
  n: number;
  /** Median of the runs. */
  milliseconds: number;
  /** That of copies of n elements in turn with those runs, where both wait for memory, whose speed changes from moment to moment. */
  copy?: number;
  /** The median of each run's ratio to the copy before it. */
  ratio?: number;
}

const RUNS = 15;

/** A contender warms up at least so long: engines compile hot code in the background, a while after it got hot. */
const WARM_MILLISECONDS = 50;

/** Calls in one run, so that a run is long enough for the clock. */
const callsFor = (n: number): number => Math.max(1, Math.round(1e5 / n));

export type Times = Pick<Result, 'milliseconds' | 'copy' | 'ratio'>;

/** Array.prototype's copy into memory that is there already: what reading and writing alone cost. */
function copier(n: number): () => void {
  const x = data(n);
  const y = new Float32Array(n);
  return () => y.set(x);
}
const copiers = new Map<number, () => void>();

/** Runs of a call, and from a million elements on a copy before each. */
function besideCopies(n: number) {
  const runs: number[] = [];
  const copies: number[] = [];
  const copy = copiers.get(n) ?? copier(n);
  copiers.set(n, copy);
  return {
    runs,
    copy(): void {
      if (n < 1e6) return;
      const start = performance.now();
      copy();
      copies.push(performance.now() - start);
    },
    times(): Times {
      if (n < 1e6) return { milliseconds: median(runs) };
      const ratio = median(runs.map((milliseconds, i) => milliseconds / copies[i]));
      return { milliseconds: median(runs), copy: median(copies), ratio };
    },
  };
}

/** Medians over 15 runs, after a warm-up, of a call and of the copies beside. */
export function time(n: number, call: () => void): Times {
  const calls = callsFor(n);
  const run = () => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) call();
    return (performance.now() - start) / calls;
  };
  const begun = performance.now();
  for (let i = 0; i < (n > 1e6 ? 3 : 30) || performance.now() - begun < WARM_MILLISECONDS; i++) run();
  const { runs, copy, times } = besideCopies(n);
  for (let i = 0; i < RUNS; i++) {
    copy();
    runs.push(run());
  }
  return times();
}

export async function timeAsync(n: number, call: () => Promise<void>): Promise<Times> {
  const calls = Math.min(callsFor(n), 20);
  const run = async () => {
    const start = performance.now();
    for (let i = 0; i < calls; i++) await call();
    return (performance.now() - start) / calls;
  };
  const begun = performance.now();
  for (let i = 0; i < (n > 1e6 ? 3 : 20) || performance.now() - begun < WARM_MILLISECONDS; i++) await run();
  const { runs, copy, times } = besideCopies(n);
  for (let i = 0; i < RUNS; i++) {
    copy();
    runs.push(await run());
  }
  return times();
}

export const report = (result: Result): void => console.log(`RESULT ${JSON.stringify(result)}`);

/** The copy that runs of less than a million elements are compared with. */
export function reportCopy(contender: string, n: number): void {
  if (n < 1e6) report({ contender, name: 'set', pass: 'copy', n, ...time(n, copier(n)) });
}
