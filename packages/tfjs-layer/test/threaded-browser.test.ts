import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findChromium } from '../../../scripts/chromium.mjs';
import { openPage } from '../scripts/browser.mjs';
import type { SeenThreads } from './browser/threaded-entry.js';

async function look(): Promise<SeenThreads> {
  const opened = await openPage(fileURLToPath(new URL('browser/threaded-entry.ts', import.meta.url)), {
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    },
    wasmFolder: dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm')),
  });
  if (!opened) throw new Error('no Chromium found');
  try {
    return await opened.page.evaluate(() =>
      (globalThis as unknown as { checks: { lookAtThreads(): Promise<SeenThreads> } }).checks.lookAtThreads(),
    );
  } finally {
    await opened.close();
  }
}

describe.skipIf(!findChromium() && process.env.CI !== 'true')('in an isolated page in Chromium', () => {
  it('tfjs’s kernels serve in the threaded build, and the console says so once; our layers are right', async () => {
    const seen = await look();
    expect(seen.isolated).toBe(true);
    expect(seen.threads).toBe(true);
    expect(seen.leaky).toEqual([-0.5, -0.5, -0.5]);
    expect(seen.dense).toEqual([3, 3, -1.5, -1.5]);
    expect(seen.denseGradient).toEqual([2, 2, 1, 1]);
    expect(seen.warnings.filter((text) => text.includes('@rectify'))).toHaveLength(1);
  }, 120_000);
});
