// Seconds of work, and what it made.
import { createHash } from 'node:crypto';
import type { Trained } from '../src/index.js';
import { stepsOfTraining } from './work.js';

export interface Seconds {
  cpu: number;
  wall: number;
}

/** The median of a few runs, by CPU time. */
export async function timed<T>(
  runs: number,
  run: () => T | Promise<T>,
): Promise<{ seconds: Seconds; last: T }> {
  const all: Seconds[] = [];
  let last: T | undefined;
  for (let i = 0; i < runs; i++) {
    const before = process.cpuUsage();
    const start = performance.now();
    last = await run();
    const { user, system } = process.cpuUsage(before);
    all.push({ cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1e3 });
  }
  all.sort((a, b) => a.cpu - b.cpu);
  return { seconds: all[all.length >> 1], last: last as T };
}

export const hashOf = ({ columns: { weights } }: Trained): string =>
  createHash('sha256')
    .update(new Uint8Array(weights.values.buffer, weights.values.byteOffset, weights.values.byteLength))
    .digest('hex');

/** What every case says of its work. */
export const described = (trained: Trained): { trainings: number; steps: number; hash: string } => ({
  trainings: trained.length,
  steps: trained.length * stepsOfTraining,
  hash: hashOf(trained),
});
