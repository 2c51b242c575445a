import { expect, it } from 'vitest';
import { loadMutations } from './_keras-mutations.js';
import './_setup.js';

// The full number: `KERAS_MUTATIONS=20000 npx vitest run --project tfjs-layer test/keras-mutations.test.ts` from the root.
const count = Number(process.env.KERAS_MUTATIONS ?? 300);

it(
  `${count} changed models load and predict, or are refused by a KerasFormatError, and leave nothing`,
  async () => {
    const { loaded, refused, faults } = await loadMutations(count, Number(process.env.KERAS_SEED ?? 1));
    expect(faults).toEqual([]);
    expect(Math.min(loaded, refused), 'each way is taken').toBeGreaterThan(count / 20);
  },
  30_000 + count * 200,
);
