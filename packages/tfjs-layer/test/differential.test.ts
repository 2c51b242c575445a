// The fast kernels against tfjs's `cpu` kernels, which are right on every shape, over random programs: sizes of 0, ranks 0 to 6, broadcasts,
// gradients, backend changes between steps; and that nothing which anybody holds is ever written to.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useFastKernels, useStockKernels } from '../src/index.js';
import { BACKENDS, use } from './_backends.js';
import { type Outcome, programs, runProgram, type Step } from './_programs.js';

/** RECTIFY_RUNS=2000 npx vitest run --project tfjs-layer test/differential.test.ts */
const numRuns = Number(process.env.RECTIFY_RUNS ?? 40);
/** Programs of 20 steps; sums of 64 products of numbers up to 16, in float32 and in another order. */
const STEPS = 20;
const TOLERANCE = 1e-4;

/** What differs between two outcomes of a step, if anything does. */
function difference(want: Outcome[] | Error, got: Outcome[] | Error): string | undefined {
  if (want instanceof Error || got instanceof Error)
    return want instanceof Error && got instanceof Error ? undefined : `${want} / ${got}`;
  for (const [i, { shape, values }] of want.entries()) {
    if (`${got[i].shape}` !== `${shape}`) return `shape ${got[i].shape}, not ${shape}`;
    const scale = values.reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v)) : most), 1);
    const at = values.findIndex(
      (v, j) =>
        !(Object.is(v + 0, got[i].values[j] + 0) || Math.abs(v - got[i].values[j]) <= TOLERANCE * scale),
    );
    if (at >= 0) return `${got[i].values[at]}, not ${values[at]}, at ${at} of result ${i}, [${shape}]`;
  }
  return undefined;
}

async function compare(steps: Step[], before: (step: number) => unknown): Promise<void> {
  useStockKernels();
  await use('cpu');
  const stock = await runProgram(steps);
  await before(0);
  useFastKernels();
  const fast = await runProgram(steps, { before, like: stock.outcomes });
  useStockKernels();
  const differences = stock.outcomes.map((want, i) => {
    const text = difference(want, fast.outcomes[i]);
    return text && `step ${i}, ${steps[i]}: ${text}`;
  });
  expect(differences.filter(Boolean)).toEqual([]);
  // tfjs itself leaves what it kept for a gradient where a later operation throws.
  expect(fast.left).toBe(stock.left);
  expect(fast.changed, 'steps at which something was held that changed later').toEqual([]);
}

beforeAll(async () => {
  for (const backend of BACKENDS) await use(backend); // so that both are loaded
});
afterAll(async () => {
  useStockKernels();
  await use('cpu');
});

describe('random programs', () => {
  it.each(BACKENDS)(
    'compute on %s with fast kernels what tfjs computes on cpu, and change nothing held',
    async (backend) => {
      await fc.assert(
        fc.asyncProperty(programs(STEPS), (steps) => compare(steps, () => use(backend))),
        { numRuns, endOnFailure: true },
      );
    },
  );

  it('the same where the backend changes between steps', async () => {
    await fc.assert(
      fc.asyncProperty(programs(STEPS), (steps) =>
        compare(steps, (step) => use(BACKENDS[steps[step][3] % 2 ? 0 : 1])),
      ),
      { numRuns, endOnFailure: true },
    );
  });
});
