// The packages from the registry in pages of headless Chromium: bundled by four bundlers, and by an import map without any.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { bundlers } from '../bundlers.mjs';
import { importMap } from './import-map.mjs';
import { bundleTfjs, external, openBrowser, resultOf, results } from './page.mjs';
import { searchReference } from './reference.mjs';

function expectResult(what, found, wanted) {
  if (!isDeepStrictEqual(found, wanted)) throw new Error(`${what} gives ${JSON.stringify(found)}`);
}

const withBrowser = async (use) => {
  const browser = await openBrowser();
  if (!browser) throw new Error('no Chromium is installed; CHROMIUM_PATH can name one');
  try {
    await use(browser);
  } finally {
    await browser.close();
  }
};

export const pageSteps = ({ home }) => [
  ...Object.entries(bundlers).map(([name, bundle]) => ({
    name: `${name} bundles for Chromium`,
    run: () =>
      withBrowser(async (browser) => {
        const folder = home();
        await bundleTfjs(folder);
        for (const [entry, wanted] of Object.entries(results)) {
          const outdir = join(folder, 'bundles', name, entry);
          await bundle({ input: join(folder, 'entries', `${entry}.js`), outdir, external });
          expectResult(`${entry}, bundled by ${name},`, await resultOf(browser, { folder, outdir }), wanted);
        }
      }),
  })),
  {
    name: 'the API reference is searched in Chromium under the policy of the page',
    run: () => withBrowser((browser) => searchReference(browser, home())),
  },
  {
    name: 'an import map without a bundler in Chromium',
    run: () =>
      withBrowser(async (browser) => {
        const folder = home();
        await bundleTfjs(folder);
        for (const [entry, wanted] of Object.entries(results)) {
          const script = readFileSync(join(folder, 'entries', `${entry}.js`), 'utf8');
          const outdir = join(folder, 'without-bundler', entry);
          mkdirSync(outdir, { recursive: true });
          writeFileSync(join(outdir, 'main.js'), script);
          const imports = importMap(folder, script, external);
          expectResult(
            `${entry} by an import map`,
            await resultOf(browser, { folder, outdir, imports }),
            wanted,
          );
        }
      }),
  },
];
