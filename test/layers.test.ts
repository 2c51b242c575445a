import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const allowed: [path: string, from: string][] = [
  ['apps/demo/src/down.ts', '@rectify/core'],
  ['apps/demo/src/data.ts', '@rectify/dataset'],
  ['packages/tfjs-layer/src/down.ts', '@rectify/core'],
  ['packages/replicas/src/down.ts', '@rectify/core'],
  ['packages/replicas/kernels/down.ts', '@rectify/lanes'],
  ['packages/replicas/bench/table.ts', '@rectify/dataset'],
  ['packages/core/kernels/down.ts', '@rectify/lanes'],
  ['packages/core/scripts/down.ts', '@rectify/lanes'],
  ['packages/experiment/src/down.ts', '@rectify/dataset'],
];

const forbidden: [path: string, from: string, rule: string][] = [
  ['packages/core/src/up.ts', '@rectify/tfjs-layer', 'core-imports-nothing'],
  ['packages/core/src/built-in.ts', 'node:fs', 'core-imports-nothing'],
  ['packages/core/src/around.ts', '../../dataset/src/index.js', 'core-imports-nothing'],
  ['packages/core/test/up.ts', '@rectify/dataset', 'core-sees-only-core'],
  ['packages/dataset/src/across.ts', '@rectify/core', 'dataset-sees-none-of-ours'],
  ['packages/tfjs-layer/src/across.ts', '@rectify/dataset', 'tfjs-layer-sees-only-core'],
  ['packages/tfjs-layer/src/up.ts', '../../../apps/demo/src/index.js', 'tfjs-layer-sees-only-core'],
  ['packages/core/src/lanes.ts', '@rectify/lanes', 'lanes-is-for-kernels'],
  ['packages/replicas/src/across.ts', '@rectify/dataset', 'replicas-sees-only-core'],
  ['packages/replicas/src/lanes.ts', '@rectify/lanes', 'lanes-is-for-kernels'],
  ['packages/core/test/replicas.ts', '@rectify/replicas', 'core-sees-only-core'],
  ['packages/tfjs-layer/src/lanes.ts', '@rectify/lanes', 'lanes-is-for-kernels'],
  ['packages/core/src/kernels.ts', '../kernels/down.js', 'sources-never-import-tests'],
  ['packages/lanes/src/up.ts', '@rectify/core', 'lanes-sees-none-of-ours'],
  ['packages/lanes/src/around.ts', '../../core/kernels/down.js', 'lanes-sees-none-of-ours'],
  ['packages/experiment/src/across.ts', '@rectify/tfjs-layer', 'experiment-sees-no-tfjs-and-no-page'],
  ['packages/experiment/src/disk.ts', 'node:fs', 'experiment-runs-everywhere'],
  ['packages/dataset/src/up.ts', '@rectify/experiment', 'nothing-below-sees-experiment'],
  ['packages/core/bench/test.ts', '../test/up.js', 'scripts-never-import-tests'],
  ['packages/core/kernels/test.ts', '../test/up.js', 'scripts-never-import-tests'],
  ['packages/lanes/src/tfjs-layer.ts', '@rectify/tfjs-layer', 'lanes-sees-none-of-ours'],
  ['packages/replicas/src/up.ts', '@rectify/experiment', 'nothing-below-sees-experiment'],
  ['apps/demo/src/lanes.ts', '@rectify/lanes', 'lanes-is-for-kernels'],
  ['packages/core/src/circle.ts', './circle.js', 'no-circles'],
];

describe('the layer check', () => {
  let house: string;
  let violations: { from: string; rule: { name: string } }[];

  // A house with our check and manifests, and one file for each import.
  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'rectify-layers-'));
    for (const name of ['.dependency-cruiser.mjs', 'tsconfig.base.json', 'package.json'])
      cpSync(join(root, name), join(house, name));
    symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'));
    for (const folder of [
      'packages/lanes',
      'packages/core',
      'packages/replicas',
      'packages/tfjs-layer',
      'packages/dataset',
      'packages/experiment',
      'apps/demo',
    ]) {
      mkdirSync(join(house, folder, 'node_modules/@rectify'), { recursive: true });
      cpSync(join(root, folder, 'package.json'), join(house, folder, 'package.json'));
      mkdirSync(join(house, folder, 'src'));
      writeFileSync(join(house, folder, 'src/index.ts'), 'export const here = 1;\n');
      for (const name of ['lanes', 'core', 'replicas', 'tfjs-layer', 'dataset', 'experiment'])
        if (!folder.endsWith(name))
          symlinkSync(join(house, 'packages', name), join(house, folder, 'node_modules/@rectify', name));
    }
    for (const [path, from] of [...allowed, ...forbidden]) {
      mkdirSync(dirname(join(house, path)), { recursive: true });
      writeFileSync(join(house, path), `export * from '${from}';\n`);
    }
    const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
    const { stdout } = spawnSync(process.execPath, [cruiser, '--output-type', 'json', 'packages', 'apps'], {
      cwd: house,
      encoding: 'utf8',
    });
    violations = JSON.parse(stdout).summary.violations;
  }, 60_000);
  afterAll(() => rmSync(house, { recursive: true }));

  const rulesBroken = (path: string) =>
    violations.filter(({ from }) => from === path).map(({ rule }) => rule.name);

  it.each(allowed)('lets %s import %s', (path) => expect(rulesBroken(path)).toEqual([]));

  it.each(forbidden)('stops %s importing %s', (path, _, rule) => expect(rulesBroken(path)).toContain(rule));
});
