// A page of the installed Chromium with a GPU made of software, for the browser tests and the benchmark.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, defaultClientConditions } from 'vite';
import { chromiumFlags, findChromium } from '../../../scripts/chromium.mjs';

const ORIGIN = 'https://rectify.test/';

/** Chromium brings SwiftShader, a Vulkan on the CPU: it serves WebGL through ANGLE, and WebGPU through Dawn. */
const flags = [
  ...chromiumFlags.filter((flag) => flag !== '--disable-gpu'),
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];

/** A module with all that it imports, our packages from their sources. */
async function bundle(input) {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    resolve: { conditions: ['@rectify/source', ...defaultClientConditions] },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      rollupOptions: { input, output: { format: 'es', codeSplitting: false } },
    },
  });
  return [built].flat()[0].output.find(({ isEntry }) => isEntry).code;
}

/**
 * A page that has run the module; undefined without a Chromium. An https origin, since elsewhere browsers hide WebGPU and isolation.
 * All is served with the headers; below `/wasm/` lie the files of `wasmFolder`.
 */
export async function openPage(input, { headers = {}, wasmFolder = '' } = {}) {
  const executablePath = findChromium();
  if (!executablePath) return undefined;
  const code = await bundle(input);
  const browser = await chromium.launch({ executablePath, args: flags });
  const page = await browser.newPage();
  await page.route(`${ORIGIN}**`, (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.startsWith('/wasm/')) {
      const body = readFileSync(join(wasmFolder, pathname.slice('/wasm/'.length)));
      return route.fulfill({ headers, contentType: 'application/wasm', body });
    }
    return route.fulfill(
      pathname.endsWith('.js')
        ? { headers, contentType: 'text/javascript', body: code }
        : {
            headers,
            contentType: 'text/html',
            body: '<!doctype html><script type="module" src="/entry.js"></script>',
          },
    );
  });
  page.on('pageerror', (error) => process.stderr.write(`${error}\n`));
  await page.goto(ORIGIN);
  await page.waitForFunction(() => 'checks' in globalThis);
  return { page, close: () => browser.close() };
}
