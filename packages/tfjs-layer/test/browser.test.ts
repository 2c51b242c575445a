import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../scripts/chromium.mjs';
import { openPage } from '../scripts/browser.mjs';
import type { Checks } from './browser/entry.js';
import type { Seen } from './browser/kernels.js';

const chromium = findChromium();
if (!chromium && process.env.CI !== 'true')
  process.stderr.write('No Chromium found: the tests on WebGL and WebGPU are SKIPPED.\n');

/**
 * Of |f(x)| + |x·f′(x)|, what a last place of input and of output allow: 4 float32 last places each. SwiftShader computes as IEEE
 * says; it showed 2.5e-7. A real GPU may divide and take roots more coarsely.
 */
const FUNCTION_TOLERANCE = 5e-7;
/** Of a value or gradient of order 1, after sums of 18 float32 products. */
const GRADIENT_TOLERANCE = 1e-6;
/** Outputs of up to 60, float32, 1/64 apart: their rounding error, 4e-6, times 64, and the third derivative's share. */
const DIFFERENCE_TOLERANCE = 1e-3;
/** f″, of up to 600 (exp at 6.3). */
const SECOND_TOLERANCE = 1e-4;

let opened: Awaited<ReturnType<typeof openPage>>;
beforeAll(async () => {
  opened = await openPage(fileURLToPath(new URL('browser/entry.ts', import.meta.url)));
}, 120_000);
afterAll(() => opened?.close());

/** Runs one of the page's checks, and sees that it leaves no tensor behind. */
async function check<Name extends keyof Checks>(name: Name): Promise<Awaited<ReturnType<Checks[Name]>>> {
  const { result, leaked } = await (opened as NonNullable<typeof opened>).page.evaluate(async (name) => {
    const { checks } = globalThis as unknown as { checks: Record<string, () => unknown> };
    const before = checks.tensors?.() as number;
    const result = await checks[name]?.();
    return { result, leaked: (checks.tensors?.() as number) - before };
  }, name);
  expect(leaked, 'tensors left behind').toBe(0);
  return result as Awaited<ReturnType<Checks[Name]>>;
}

const wrong = (seen: Record<string, Seen>) =>
  Object.entries(seen).filter(([, { got, want }]) => got !== want);

describe.skipIf(!chromium && process.env.CI !== 'true').each(['webgl', 'webgpu'])(
  'in Chromium on %s',
  (backend) => {
    let started = false;
    beforeAll(async () => {
      started = await (opened as NonNullable<typeof opened>).page.evaluate(
        (backend) => (globalThis as unknown as { checks: Checks }).checks.start(backend),
        backend,
      );
      if (!started) process.stderr.write(`${backend} does not come up: its tests are SKIPPED.\n`);
    }, 60_000);

    const on = (title: string, test: () => Promise<void>) =>
      it(title, async (context) => {
        // Not every Chromium brings a software WebGPU; WebGL has to come up.
        if (!started && backend === 'webgpu') context.skip('WebGPU does not come up');
        expect(started, `${backend} comes up`).toBe(true);
        await test();
      }, 60_000);

    on(
      'every function equals core, value and derivative, from 1e-37 to 1e37, at kinks, ±∞ and NaN',
      async () => {
        const errors = await check('functionErrors');
        expect(Object.keys(errors).length).toBeGreaterThan(50);
        for (const [name, { value, derivative, zeroKeepsSign }] of Object.entries(errors)) {
          expect(value.error, `${name} ${JSON.stringify(value)}`).toBeLessThan(FUNCTION_TOLERANCE);
          expect(derivative.error, `${name}, derivative ${JSON.stringify(derivative)}`).toBeLessThan(
            FUNCTION_TOLERANCE,
          );
          expect(zeroKeepsSign, `${name} at −0`).toBe(true);
        }
      },
    );

    on('the gradient of each layer equals core’s and finite differences', async () => {
      for (const [name, { core, finiteDifferences, value }] of Object.entries(await check('layerErrors'))) {
        expect(value, name).toBeLessThan(GRADIENT_TOLERANCE);
        expect(core, name).toBeLessThan(GRADIENT_TOLERANCE);
        expect(finiteDifferences, name).toBeLessThan(DIFFERENCE_TOLERANCE);
      }
    });

    on('the derivative has a derivative', async () => {
      for (const [name, error] of Object.entries(await check('secondDerivatives')))
        expect(error, name).toBeLessThan(SECOND_TOLERANCE);
    });

    on(
      '0 to 6 dimensions, odd sizes, slices, int32, and nothing beside a tensor counts in a product',
      async () => {
        for (const [name, error] of Object.entries(await check('shapes')))
          expect(error, name).toBeLessThan(GRADIENT_TOLERANCE);
      },
    );

    on(
      'with useFastKernels() tfjs’s operations are right at ±∞ and NaN, with useStockKernels() they are tfjs’s',
      async () => {
        const { stock, fast, after } = await check('fastKernels');
        expect(wrong(fast)).toEqual([]);
        expect(stock).toMatchObject(after);
        const faults = wrong(stock).map(([name]) => name);
        expect(faults).toEqual(expect.arrayContaining(backend === 'webgl' ? WEBGL_FAULTS : WEBGPU_FAULTS));
      },
    );

    on('no training step takes more kernels than with stock layers', async () => {
      for (const { network, size, kernels } of await check('kernelsPerStep')) {
        const [stock, fast, ours] = kernels as [number, number, number];
        expect(fast, `${network}, ${size}, useFastKernels()`).toBeLessThanOrEqual(stock);
        expect(ours, `${network}, ${size}, our layers`).toBeLessThanOrEqual(stock);
      }
    });

    on('parameters survive localStorage and IndexedDB', async () => {
      expect(await check('slopesAfterSaving')).toEqual({
        'localstorage://model': { negativeSlope: 0.07 },
        'indexeddb://model': { negativeSlope: 0.07 },
      });
    });
  },
);

/** Where tfjs's own programs are wrong at ±∞ or NaN: if one is mended, these tests say so. */
const WEBGL_FAULTS = [
  'leakyRelu',
  'prelu',
  'relu',
  'relu6',
  'elu',
  'gradient of elu',
  'a product of sigmoids over an odd axis',
  'leakyrelu fused with [8, 1] · [1, 3]',
];
const WEBGPU_FAULTS = ['relu6', 'elu', 'gradient of elu', 'leakyrelu fused with [256, 4] · [4, 256]'];
