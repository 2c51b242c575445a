import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { projectFields } from '../scripts/release/manifests.mjs';

const root = new URL('../', import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8'));

/** Which of ours each package may depend on. */
const layers = {
  'packages/core': [],
  'packages/replicas': ['@rectify/core'],
  'packages/tfjs-layer': ['@rectify/core'],
  'packages/dataset': [],
  'packages/experiment': ['@rectify/core', '@rectify/dataset', '@rectify/replicas'],
  'apps/demo': ['@rectify/core', '@rectify/dataset', '@rectify/experiment', '@rectify/replicas'],
};

describe.each(Object.entries(layers))('%s', (folder, ours) => {
  const manifest = read(`${folder}/package.json`);

  it('says what a package on the registry must say', () => {
    expect(manifest).toMatchObject({
      name: `@rectify/${folder.split('/')[1]}`,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      license: 'MIT',
      type: 'module',
      engines: { node: '>=20.19' },
      publishConfig: { access: 'public' },
    });
    expect(manifest.files).toContain('dist');
    expect(manifest).toHaveProperty('sideEffects');
    expect(manifest).toMatchObject(projectFields(folder));
    expect(manifest.keywords.length).toBeGreaterThan(4);
    expect(manifest.files.some((path: string) => ['CHANGELOG.md', '*.md'].includes(path))).toBe(true);
    expect(manifest.scripts.prepack).toBe('node ../../scripts/release/prepack.mjs');
    expect(manifest.exports['.']).toMatchObject({ types: expect.any(String), default: expect.any(String) });
    for (const file of ['README.md', 'LICENSE'])
      expect(existsSync(new URL(`${folder}/${file}`, root))).toBe(true);
  });

  it('has links in its README that work where npm shows it', () => {
    const readme = readFileSync(new URL(`${folder}/README.md`, root), 'utf8').replaceAll(/```.*?```/gs, '');
    const page = manifest.bugs.replace(/issues$/, 'blob/main/');
    for (const [, link = ''] of readme.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      expect(link, 'npm shows the README without the rest of the repository').not.toMatch(/^\.\./);
      if (link.startsWith(page)) expect(existsSync(new URL(link.slice(page.length), root)), link).toBe(true);
      else if (!/^\w+:/.test(link)) expect(existsSync(new URL(`${folder}/${link}`, root)), link).toBe(true);
    }
  });

  it('depends on ours through the workspace, and on others through the catalog', () => {
    const dependencies: Record<string, string> = manifest.dependencies ?? {};
    const named = Object.keys(dependencies).filter((name) => name.startsWith('@rectify/'));
    expect(named.sort()).toEqual(ours);
    for (const name of named) expect(dependencies[name]).toBe('workspace:^');
    // The kernel language is needed to build, and is not published; the table is needed to measure; the demo bundles the layers.
    const build = ['@rectify/lanes', '@rectify/dataset', '@rectify/tfjs-layer'].filter(
      (name) => !named.includes(name),
    );
    for (const [name, version] of Object.entries({ ...dependencies, ...manifest.devDependencies }))
      if (build.includes(name)) expect(version).toBe('workspace:*');
      else if (!named.includes(name)) expect(`${name} ${version}`).toBe(`${name} catalog:`);
  });
});

describe('the workspace', () => {
  it('pins its package manager and the Node that it runs on', () => {
    const manifest = read('package.json');
    expect(manifest.packageManager).toMatch(/^pnpm@\d+\.\d+\.\d+$/);
    expect(manifest.engines).toEqual({ node: '>=20.19' });
  });

  it('has a core without any dependency', () => {
    const { dependencies, peerDependencies, optionalDependencies } = read('packages/core/package.json');
    expect([dependencies, peerDependencies, optionalDependencies]).toEqual([undefined, undefined, undefined]);
  });
});
