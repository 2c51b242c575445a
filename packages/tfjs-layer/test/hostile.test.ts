// What a stranger may send, in processes with limits of time and memory, on cpu and wasm.
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, run } from '../scripts/hostile.mjs';
import { corpus } from './hostile/corpus.js';
import type { Outcome } from './hostile/program.js';

const cases = corpus(fileURLToPath(new URL('../fixtures', import.meta.url)));
let folder: string;
let close: () => void;
beforeAll(async () => {
  ({ folder, close } = await bundle());
}, 60_000);
afterAll(() => close());

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  it('every source loads or is refused in one line; nothing is left, and a good file loads after each', async () => {
    const outcomes = (await run(folder, ['corpus', backend])) as Outcome[];
    expect(outcomes.map(({ name }) => name)).toEqual(Object.keys(cases));
    for (const { name, outcome, message, leaked, grew, size } of outcomes) {
      expect.soft(outcome, `${name}: ${message}`).toBe(cases[name]?.loads ? 'loaded' : 'KerasFormatError');
      expect.soft(message.length, name).toBeLessThanOrEqual(300);
      expect.soft(message, name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect.soft(leaked, `${name}: tensors left`).toBe(0);
      expect.soft(grew, `${name}: MB`).toBeLessThan(3 * size + 100);
    }
  }, 120_000);

  // Bytes are looked at before any backend is.
  const changed = backend === 'cpu' ? ['bytes', 'hdf5', 'topologies'] : ['topologies'];
  it.each(changed)(
    'changed %s give an error or a model, and no weight that is not the file’s',
    async (what) => {
      const lines = await run(folder, [what, backend, '100', '1']);
      expect(lines.filter(({ fault }) => fault)).toEqual([]);
      const { totals } = lines.at(-1) as { totals: Record<string, number> };
      expect(totals.KerasFormatError).toBeGreaterThan(10);
      // A flipped bit hardly ever lies where nothing depends on it.
      if (what !== 'bytes') expect(totals.loaded).toBeGreaterThan(10);
    },
    120_000,
  );
});
