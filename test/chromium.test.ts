import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findChromium } from '../scripts/chromium.mjs';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rectify-chromium-'));
  for (const name of ['google-chrome', 'named']) {
    writeFileSync(join(folder, name), '#!/bin/sh\n');
    chmodSync(join(folder, name), 0o755);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

it('finds an installed Chromium on PATH', () => {
  expect(findChromium({ PATH: folder })).toBe(join(folder, 'google-chrome'));
});

it('takes the one that CHROMIUM_PATH names, and says so when it is not there', () => {
  const named = join(folder, 'named');
  expect(findChromium({ PATH: folder, CHROMIUM_PATH: named })).toBe(named);
  expect(() => findChromium({ PATH: folder, CHROMIUM_PATH: '/nowhere' })).toThrow(
    'CHROMIUM_PATH names no program: /nowhere',
  );
});

it('finds none where none is', () => {
  expect(findChromium({ PATH: '' })).toBeUndefined();
});
