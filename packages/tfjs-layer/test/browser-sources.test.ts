// What a page has at hand, in a real browser: files that are chosen, folders, Blobs, answers; and archives of strangers among them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../scripts/chromium.mjs';
import { openPage } from '../scripts/browser.mjs';
import { artifacts, fixture, floats, folder } from './_keras.js';
import { corpus } from './hostile/corpus.js';
import type { Checks } from './sources-browser/entry.js';

const chromium = findChromium();
if (!chromium && process.env.CI !== 'true')
  process.stderr.write('No Chromium found: the sources of a page are NOT TESTED.\n');

const NAME = 'leaky_layers';
const { inputs, outputs } = fixture(NAME);
const [count = 0, width = 0] = inputs[0].shape;
const x = Array.from({ length: count }, (_, i) => [
  ...floats(inputs[0]).subarray(i * width, (i + 1) * width),
]);
const want = [...floats(outputs[0])];
const archive = readFileSync(new URL(`${NAME}.keras`, folder));
const { modelTopology, weightSpecs: weights, weightData } = artifacts(NAME);
const manifest = [{ paths: ['w.bin'], weights }];
const files = {
  'model.json': Buffer.from(JSON.stringify({ modelTopology, weightsManifest: manifest })),
  'w.bin': Buffer.from(weightData as ArrayBuffer),
};
const hostile = Object.entries(corpus(fileURLToPath(new URL('../fixtures', import.meta.url)))).filter(
  ([name, { loads }]) => !loads && /^(zip|hdf5): /.test(name) && !/65.534/.test(name),
);

describe.skipIf(!chromium && process.env.CI !== 'true')('in Chromium', () => {
  let opened: NonNullable<Awaited<ReturnType<typeof openPage>>>;
  const disk = mkdtempSync(join(tmpdir(), 'rectify-page-'));
  beforeAll(async () => {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(disk, name), content);
    const page = await openPage(fileURLToPath(new URL('sources-browser/entry.ts', import.meta.url)));
    if (!page) throw new Error('no Chromium');
    opened = page;
  }, 60_000);
  afterAll(() => {
    rmSync(disk, { recursive: true });
    return opened?.close();
  });

  const choose = (chosen: Record<string, Uint8Array>) =>
    opened.page.setInputFiles(
      '#files',
      Object.entries(chosen).map(([name, bytes]) => ({
        name,
        mimeType: 'application/octet-stream',
        buffer: Buffer.from(bytes),
      })),
    );
  const predict: Checks['predict'] = (source, input) =>
    opened.page.evaluate(
      ([source, input]) => (globalThis as unknown as { checks: Checks }).checks.predict(source, input),
      [source, input] as const,
    );
  const expectGood = async (source: Parameters<Checks['predict']>[0]) => {
    const { got, left } = await predict(source, x);
    expect(left).toBe(0);
    expect(got).toEqual(want.map((value) => expect.closeTo(value, 5)));
  };

  it.each(['File', 'Blob', 'Response', 'bytes', 'FileList'] as const)('an archive as %s', async (source) => {
    await choose({ 'm.keras': archive });
    await expectGood(source);
  });

  it.each(['FileList', 'opened folder'] as const)('a model.json and its weights as %s', async (source) => {
    await choose(files);
    await expectGood(source);
  });

  it('a folder that was chosen', async () => {
    await opened.page.setInputFiles('#folder', disk);
    await expectGood('chosen folder');
  });

  it(`${hostile.length} archives of strangers are refused by the file's name, and a good one loads after each`, async () => {
    for (const [name, { make }] of hostile) {
      await choose({ 'stranger.keras': make() as Uint8Array });
      const { got, left } = await predict('File', x);
      expect.soft(got, name).toMatch(/^KerasFormatError: stranger\.keras: /);
      expect.soft(left, name).toBe(0);
      await choose({ 'm.keras': archive });
      await expectGood('File');
    }
  }, 60_000);
});
