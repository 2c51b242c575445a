import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A copy of the house with one file more, and what the layer check says of it. */
describe('the layer check', { timeout: 60_000 }, () => {
  let house: string;

  beforeEach(() => {
    house = mkdtempSync(join(tmpdir(), 'rectify-layers-'));
    for (const name of ['.dependency-cruiser.mjs', 'tsconfig.base.json', 'package.json'])
      cpSync(join(root, name), join(house, name));
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
    for (const folder of ['packages/core', 'packages/tfjs-layer', 'packages/dataset', 'apps/demo']) {
      mkdirSync(join(house, folder, 'node_modules/@rectify'), { recursive: true });
      cpSync(join(root, folder, 'package.json'), join(house, folder, 'package.json'));
      mkdirSync(join(house, folder, 'src'));
      writeFileSync(join(house, folder, 'src/index.ts'), 'export const here = 1;\n');
      for (const name of ['core', 'tfjs-layer', 'dataset'])
        if (!folder.endsWith(name))
          symlinkSync(join(house, 'packages', name), join(house, folder, 'node_modules/@rectify', name));
    }
  });
  afterEach(() => rmSync(house, { recursive: true }));

  function check(path: string, source: string) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), source);
    const { status, stdout } = spawnSync(
      process.execPath,
      [join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'), 'packages', 'apps'],
      { cwd: house, encoding: 'utf8' },
    );
    return { failed: status !== 0, output: stdout };
  }

  it.each([
    ['apps/demo/src/down.ts', "export * from '@rectify/core';"],
    ['apps/demo/src/data.ts', "export * from '@rectify/dataset';"],
    ['packages/tfjs-layer/src/down.ts', "export * from '@rectify/core';"],
  ])('lets %s import downwards', (path, source) => {
    const { failed, output } = check(path, source);
    expect(output).toContain('no dependency violations');
    expect(failed).toBe(false);
  });

  it.each([
    ['packages/core/src/up.ts', "export * from '@rectify/tfjs-layer';", 'core-imports-nothing'],
    ['packages/core/src/built-in.ts', "export { readFileSync } from 'node:fs';", 'core-imports-nothing'],
    ['packages/core/src/around.ts', "export * from '../../dataset/src/index.js';", 'core-imports-nothing'],
    ['packages/core/test/up.ts', "export * from '@rectify/dataset';", 'core-sees-only-core'],
    ['packages/dataset/src/across.ts', "export * from '@rectify/core';", 'dataset-sees-none-of-ours'],
    ['packages/tfjs-layer/src/across.ts', "export * from '@rectify/dataset';", 'tfjs-layer-sees-only-core'],
    [
      'packages/tfjs-layer/src/up.ts',
      "export * from '../../../apps/demo/src/index.js';",
      'tfjs-layer-sees-only-core',
    ],
    ['packages/core/src/circle.ts', "export * from './circle.js';", 'no-circles'],
  ])('stops %s', (path, source, rule) => {
    const { failed, output } = check(path, source);
    expect(output).toContain(rule);
    expect(failed).toBe(true);
  });
});
