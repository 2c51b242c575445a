import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { changedPackages, namedPackages } from '../scripts/release/check-changesets.mjs';
import {
  genericArrays,
  mapsWithoutSources,
  missingFiles,
  pinnedDependencies,
  unresolvedRanges,
} from '../scripts/release/check-tarballs.mjs';
import { channelOf, publish } from '../scripts/release/release.mjs';
import { publishedPackages } from '../scripts/release/workspace.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the published packages', () => {
  it('come in an order in which each follows those that it depends on', () => {
    const names = publishedPackages().map(({ manifest }) => manifest.name);
    expect(names).toHaveLength(6);
    expect(names).not.toContain('@rectify/lanes');
    for (const { manifest } of publishedPackages())
      for (const name of Object.keys(manifest.dependencies ?? {}).filter((name) => names.includes(name)))
        expect(names.indexOf(name)).toBeLessThan(names.indexOf(manifest.name));
  });
});

describe('a tarball is refused', () => {
  const manifest = {
    version: '1.0.0',
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    bin: { rectify: './dist/cli.js' },
  };
  const files = [
    'package.json',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'dist/index.d.ts',
    'dist/index.js',
    'dist/cli.js',
  ];

  it.each(files)('without %s', (path) => {
    expect(missingFiles(manifest, files)).toEqual([]);
    expect(
      missingFiles(
        manifest,
        files.filter((file) => file !== path),
      ),
    ).toEqual([`has no ${path}`]);
  });

  it('with source maps and no sources', () => {
    expect(mapsWithoutSources([...files, 'dist/index.js.map'])).toEqual(['has source maps and no sources']);
    expect(mapsWithoutSources([...files, 'dist/index.js.map', 'src/index.ts'])).toEqual([]);
  });

  it.each(['workspace:^', 'catalog:', 'file:../core', 'link:../core'])('that depends on %s', (range) => {
    expect(unresolvedRanges({ dependencies: { '@rectify/core': range } })).toHaveLength(1);
    expect(unresolvedRanges({ peerDependencies: { '@rectify/core': range } })).toHaveLength(1);
    expect(unresolvedRanges({ dependencies: { '@rectify/core': '^1.0.0' } })).toEqual([]);
  });

  it('whose declarations only a new TypeScript reads', () => {
    expect(genericArrays('export declare const x: Int32Array<ArrayBuffer>;')).toHaveLength(1);
    expect(genericArrays('export declare const x: Int32Array;')).toEqual([]);
  });

  it('that pins a dependency', () => {
    expect(pinnedDependencies({ dependencies: { fflate: '0.8.3' } })).toHaveLength(1);
    expect(pinnedDependencies({ dependencies: { fflate: '^0.8.3' } })).toEqual([]);
  });
});

describe('packing', () => {
  it('is refused where the tree is dirty, and says what is', () => {
    const clone = mkdtempSync(join(tmpdir(), 'rectify-dirty-'));
    try {
      mkdirSync(join(clone, 'packages/core'), { recursive: true });
      cpSync(join(root, 'scripts'), join(clone, 'scripts'), { recursive: true });
      writeFileSync(join(clone, 'packages/core/package.json'), JSON.stringify({ name: '@rectify/core' }));
      spawnSync('git', ['init', '--quiet'], { cwd: clone });
      const { status, stderr } = spawnSync(process.execPath, ['../../scripts/release/prepack.mjs'], {
        cwd: join(clone, 'packages/core'),
        encoding: 'utf8',
        env: { ...process.env, RECTIFY_PACK_DIRTY: '' },
      });
      expect(status).toBe(1);
      expect(stderr).toContain('the tree is dirty, so that nobody could tell what @rectify/core holds');
      expect(stderr).toContain('?? packages/');
    } finally {
      rmSync(clone, { recursive: true });
    }
  });
});

describe('a version', () => {
  it.each([
    ['1.2.3', 'latest'],
    ['1.2.0-next.0', 'next'],
    ['2.0.0-beta.11', 'beta'],
  ])('%s is published as %s', (version, channel) => {
    expect(channelOf(version)).toBe(channel);
  });
});

describe('publishing', () => {
  it('ends without publishing where the registry gives no answer', () => {
    const tarballs = [{ name: '@rectify/core', version: '1.0.0', folder: 'packages/core', tarball: 'none' }];
    vi.stubEnv('npm_config_fetch_retries', '0');
    // Port 1 of this machine: nothing listens there.
    expect(() => publish(tarballs, { registry: 'http://127.0.0.1:1/' })).toThrow(
      'does not say which versions of @rectify/core it has',
    );
    vi.unstubAllEnvs();
  }, 60_000);
});

describe('a change to a package', () => {
  it.each([
    ['packages/core/src/index.ts', ['@rectify/core']],
    ['packages/core/README.md', ['@rectify/core']],
    ['apps/demo/package.json', ['@rectify/demo']],
    ['packages/core/test/relu.test.ts', []],
    ['packages/lanes/src/index.ts', []],
    ['docs/from-other-frameworks.md', []],
  ])('%s concerns the users of %j', (path, names) => {
    expect(changedPackages([path])).toEqual(names);
  });

  it('is told by the head of a changeset', () => {
    expect(namedPackages(`---\n"@rectify/core": minor\n'@rectify/demo': patch\n---\n\n"No: name"\n`)).toEqual(
      ['@rectify/core', '@rectify/demo'],
    );
  });
});

describe('changeset version', () => {
  it('gives each package what its changesets ask for, and its dependents a patch', () => {
    const clone = mkdtempSync(join(tmpdir(), 'rectify-versions-'));
    const changeset = join(root, 'node_modules/@changesets/cli/bin.js');
    const read = (folder: string) => JSON.parse(readFileSync(join(clone, folder, 'package.json'), 'utf8'));
    try {
      for (const file of ['package.json', 'pnpm-workspace.yaml', '.changeset/config.json'])
        cpSync(join(root, file), join(clone, file));
      for (const { folder, manifest } of publishedPackages()) {
        mkdirSync(join(clone, folder), { recursive: true });
        writeFileSync(
          join(clone, folder, 'package.json'),
          JSON.stringify({ ...manifest, version: '1.0.0', devDependencies: {} }),
        );
      }
      writeFileSync(
        join(clone, '.changeset/a.md'),
        "---\n'@rectify/replicas': minor\n---\n\nIt does more.\n",
      );
      writeFileSync(join(clone, '.changeset/b.md'), "---\n'@rectify/dataset': patch\n---\n\nA fault less.\n");
      for (const args of [
        ['init', '--quiet'],
        ['add', '.'],
        ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-qm', 'a'],
      ])
        spawnSync('git', args, { cwd: clone });
      symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
      const { status, stderr } = spawnSync(process.execPath, [changeset, 'version'], {
        cwd: clone,
        encoding: 'utf8',
      });
      expect(stderr).not.toContain('error');
      expect(status).toBe(0);
      const versions = Object.fromEntries(
        publishedPackages().map(({ folder, manifest }) => [manifest.name, read(folder).version]),
      );
      expect(versions).toEqual({
        '@rectify/core': '1.0.0',
        '@rectify/dataset': '1.0.1',
        '@rectify/replicas': '1.1.0',
        '@rectify/experiment': '1.0.1',
        '@rectify/tfjs-layer': '1.0.0',
        '@rectify/demo': '1.0.1',
      });
      expect(read('packages/experiment').dependencies['@rectify/replicas']).toBe('workspace:^');
      expect(readFileSync(join(clone, 'packages/replicas/CHANGELOG.md'), 'utf8')).toContain('It does more.');
    } finally {
      rmSync(clone, { recursive: true });
    }
  }, 60_000);
});
