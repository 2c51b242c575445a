// Models by URL, in Node from a server, and in Chromium.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../scripts/chromium.mjs';
import { openPage } from '../scripts/browser.mjs';
import { fixture, floats } from './_keras.js';
import { answer } from './_model-server.js';
import { type Checks, checks } from './keras-url/entry.js';

const { inputs, outputs } = fixture('leaky_layers');
const [count = 0, width = 0] = inputs[0].shape;
const x = Array.from({ length: count }, (_, i) => [
  ...floats(inputs[0]).subarray(i * width, (i + 1) * width),
]);
const want = floats(outputs[0]);

const chromium = findChromium();
if (!chromium && process.env.CI !== 'true')
  process.stderr.write('No Chromium found: loading by URL in a browser is NOT TESTED.\n');

interface Place {
  /** Where the server's root is. */
  root: string;
  predict: Checks['predict'];
  close(): Promise<unknown> | undefined;
}

async function node(): Promise<Place> {
  const server: Server = createServer((request, response) => {
    const { status, type, body } = answer(new URL(request.url ?? '', 'http://localhost'));
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise((resolve) => server.close(resolve));
  return { root: `http://127.0.0.1:${port}`, predict: checks.predict, close };
}

async function browser(): Promise<Place> {
  const opened = await openPage(fileURLToPath(new URL('keras-url/entry.ts', import.meta.url)));
  if (!opened) throw new Error('no Chromium');
  const { page, close } = opened;
  const root = 'https://models.test';
  const headers = { 'access-control-allow-origin': '*' };
  // What is relative is relative to the page.
  for (const origin of [root, new URL(page.url()).origin])
    await page.route(`${origin}/**`, (route) => {
      const { status, type, body } = answer(new URL(route.request().url()));
      return route.fulfill({ status, contentType: type, body, headers });
    });
  const predict: Checks['predict'] = (url, input) =>
    page.evaluate(
      ([url, input]) => (globalThis as unknown as { checks: Checks }).checks.predict(url, input),
      [url, input] as const,
    );
  return { root, predict, close };
}

describe.each([
  ['Node', node],
  ['Chromium', browser],
])('in %s', (name, open) => {
  const skips = name === 'Chromium' && !chromium && process.env.CI !== 'true';
  let place: Place;
  beforeAll(async () => {
    if (!skips) place = await open();
  }, 60_000);
  afterAll(() => place?.close());

  it.skipIf(skips).each([
    ['a model.json, its weights in files beside and below it', '/m/model.json'],
    ['an archive', '/m/model.keras'],
    ['a model.json of which every file needs the same query', '/signed/m/model.json?key=a/b.c'],
    ['an archive with a query and a fragment', '/signed/m/model.keras?key=a/b.c#top'],
  ])('%s gives Keras’s outputs', async (_, path) => {
    const { got, left } = await place.predict(place.root + path, x);
    expect(left).toBe(0);
    expect(got).toHaveLength(want.length);
    for (const [i, value] of want.entries()) expect(got[i] as number).toBeCloseTo(value, 5);
  });

  it.skipIf(skips).each([
    ['a model that is not there', '/none/model.json', /^Error: URL: the server answers 404/],
    ['an archive that is not there', '/none/model.keras', /^Error: URL: the server answers 404/],
    [
      'a file of weights that is not there',
      '/no-shard/model.json',
      /^Error: \S*\/no-shard\/b\.bin: the server answers 404/,
    ],
    ['a missing signature', '/signed/m/model.json', /^Error: URL: the server answers 403/],
    [
      'a page in place of a model',
      '/html/model.json',
      /^KerasFormatError: URL: neither a .keras archive nor JSON, but "<!doctype html>/,
    ],
    [
      'a page in place of an archive',
      '/html/model.keras',
      /^KerasFormatError: URL: neither a .keras archive nor JSON, but "<!doctype html>/,
    ],
    [
      'a page in place of weights',
      '/html-shard/model.json',
      /^KerasFormatError: URL: the weights of the model are \d+ bytes, and its manifest needs 364/,
    ],
    ['JSON that is cut', '/cut/model.json', /^KerasFormatError: URL: the JSON is damaged: /],
    ['an archive that is cut', '/cut/model.keras', /^KerasFormatError: URL: the archive is damaged/],
    ['JSON that is no model', '/bad/null.json', /^KerasFormatError: URL: the JSON is no model, but null/],
    [
      'a manifest that is none',
      '/bad/manifest.json',
      /^KerasFormatError: URL: weightsManifest must be a list of groups/,
    ],
  ])('%s is refused by its URL', async (_, path, message) => {
    const url = place.root + path;
    const { got, left } = await place.predict(url, x);
    expect(left).toBe(0);
    expect(String(got).replace(url, 'URL')).toMatch(message);
  });

  it.skipIf(skips)('a server that is not there is named', async () => {
    const url = 'http://127.0.0.1:1/model.json';
    const { got } = await place.predict(url, x);
    expect(got).toMatch(/^Error: http:\/\/127.0.0.1:1\/model.json could not be fetched: /);
  });

  it.skipIf(skips || name === 'Node')('a path is relative to the page', async () => {
    for (const path of ['m/model.json', '/m/model.keras'])
      expect((await place.predict(path, x)).got).toHaveLength(want.length);
  });

  it.skipIf(skips)('a scheme that nobody takes is refused', async () => {
    expect((await place.predict('ftp://host/model.json', x)).got).toMatch(/^RangeError: source ftp:\/\/host/);
  });
});
