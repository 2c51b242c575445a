// Where a model may come from, and where its weights are looked for: read, or refused by name, and never drawn at random.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KerasFormatError, type KerasProgress, loadKerasModel } from '../src/index.js';
import type { KerasSource } from '../src/keras/sources/given.js';
import { artifacts, expectKerasOutputs, folder as fixtures } from './_keras.js';
import { noTensorLeaks } from './_setup.js';

noTensorLeaks();

const NAME = 'leaky_layers';
const { modelTopology, weightSpecs = [], weightData } = artifacts(NAME);
const weights = new Uint8Array(weightData as ArrayBuffer);
const archive = readFileSync(new URL(`${NAME}.keras`, fixtures));
const modelJson = (...paths: string[]) =>
  JSON.stringify({ modelTopology, weightsManifest: [{ paths, weights: weightSpecs }] });
const file = (content: string | Uint8Array, name: string) => new File([content as BlobPart], name);

const disk = mkdtempSync(join(tmpdir(), 'rectify-sources-'));
afterAll(() => rmSync(disk, { recursive: true }));
mkdirSync(join(disk, 'model/parts'), { recursive: true });
writeFileSync(join(disk, 'model/w.bin'), weights);
writeFileSync(join(disk, 'model/parts/w.bin'), weights);
writeFileSync(join(disk, 'secret.bin'), weights);
symlinkSync(join(disk, 'secret.bin'), join(disk, 'model/link.bin'));

async function expectLoaded(source: KerasSource, options = {}) {
  const model = await loadKerasModel(source, options);
  expectKerasOutputs(model, NAME);
  model.dispose();
}
async function expectRefused(source: KerasSource, message: RegExp, options = {}) {
  const error = await loadKerasModel(source, options).catch((error) => error);
  expect(error).toBeInstanceOf(KerasFormatError);
  expect(error.message).toMatch(message);
  expect(error.message.length).toBeLessThanOrEqual(300);
}

describe('what a program or a browser has at hand', () => {
  const handle = (name: string, content: string | Uint8Array) => ({
    kind: 'file',
    name,
    getFile: async () => file(content, name),
  });
  const inside = (bytes: Uint8Array, at: number) => {
    const larger = new Uint8Array(bytes.length + 2 * at);
    larger.set(bytes, at);
    return larger.buffer;
  };
  const stream = () => new Blob([weights]).stream() as unknown as ReadableStream<ArrayBuffer>;
  it.each<[string, () => KerasSource]>([
    ['a Blob', () => new Blob([archive])],
    ['a File', () => file(archive, 'model.keras')],
    ['a Response', () => new Response(archive)],
    ['a DataView', () => new DataView(archive.buffer, archive.byteOffset, archive.byteLength)],
    ['a view into a larger buffer', () => new DataView(inside(archive, 5), 5, archive.length)],
    ['files', () => [file(weights, 'w.bin'), file(modelJson('w.bin'), 'model.json')]],
    [
      'a folder that was opened',
      () => ({
        kind: 'directory',
        name: 'm',
        async *values() {
          yield handle('model.json', modelJson('w.bin'));
          yield handle('w.bin', weights);
        },
      }),
    ],
    [
      'a model.json with its weights beside its manifest',
      () => ({ ...JSON.parse(modelJson('w.bin')), weightData }),
    ],
    [
      'a handler that streams',
      () => ({ load: async () => ({ modelTopology, weightSpecs, getWeightStream: stream }) }),
    ],
    ['weights in views of arrays', () => ({ modelTopology, weightSpecs, weightData: weights as never })],
  ])('%s', async (_, source) => expectLoaded(source()));

  it.each<[string, KerasSource, RegExp]>([
    [
      'a parsed model.json',
      JSON.parse(modelJson('w.bin')),
      /lie in \["w.bin"\], and where these lie is not known/,
    ],
    ['its bytes', new TextEncoder().encode(modelJson('w.bin')), /where these lie is not known/],
    ['weightData without weightSpecs', { modelTopology, weightData }, /no weightSpecs/],
    [
      'a stream without weightSpecs',
      { load: async () => ({ modelTopology, getWeightStream: () => {} }) },
      /no weightSpecs/,
    ],
    [
      'a stream that is too short',
      { modelTopology, weightSpecs, getWeightStream: () => new Blob(['x']).stream() },
      /are 1 bytes/,
    ],
    [
      'files of which one is missing',
      [file(modelJson('w.bin'), 'model.json')],
      /"w.bin" is not among the files/,
    ],
    ['files of two models', [file(archive, 'a.keras'), file(archive, 'b.keras')], /there are 2/],
    [
      'a graph model',
      { format: 'graph-model', modelTopology: { node: Array(9999).fill({ op: 'Const' }) } },
      /tf.loadGraphModel/,
    ],
    [
      'the model.json of a graph model, from a converter that does not say so',
      file(JSON.stringify({ modelTopology: { node: [], versions: {} }, weightsManifest: [] }), 'model.json'),
      /^model.json: .*tf.loadGraphModel/,
    ],
  ])('%s is refused', async (_, source, message) => expectRefused(source, message));

  it.each<[string, KerasSource]>([
    ['numbers', [1]],
    ['nothing', []],
    ['files and a text', [file(archive, 'model.keras'), 'model.keras']],
    ['texts', new Set(['model.keras'])],
  ])('a list of %s is refused', async (_, source) => {
    const error = await loadKerasModel(source).catch((error) => error);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/a list of something else than files$/);
    expect(error.message.length).toBeLessThanOrEqual(300);
  });
});

describe('a model.json on a disk', () => {
  const save = (...paths: unknown[]) => {
    const path = join(disk, 'model/model.json');
    writeFileSync(path, modelJson(...(paths as string[])));
    return path;
  };
  it.each(['w.bin', './w.bin', 'parts/w.bin'])('reads %s', async (part) => expectLoaded(save(part)));
  it.each<[unknown, RegExp]>([
    ['../secret.bin', /"..\/secret.bin" leads to another folder/],
    ['parts/../../secret.bin', /leads to another folder/],
    ['link.bin', /is a link that leads to another folder/],
    ['/dev/zero', /begins at the root/],
    ['parts', /not a regular file/],
    ['.', /names a folder/],
    ['http://127.0.0.1:1/w.bin', /is a URL/],
    ['file:///etc/passwd', /is a URL/],
    ['..\\secret.bin', /backslash/],
    ['w\0.bin', /control character/],
    [7, /weightsManifest must be a list/],
  ])('refuses %j', async (part, message) => expectRefused(save(part), message));

  it('refuses a device, and a file beyond the limit, before it is read', async () => {
    await expectRefused('/dev/zero', /"\/dev\/zero" is not a regular file/);
    await expectRefused(save('w.bin'), /limits.bytes/, { limits: { bytes: 100 } });
  });
});

describe('a model.json on a server', () => {
  const asked: string[] = [];
  let most = 0;
  let open = 0;
  let origin = '';
  let other = '';
  let paths: string[] = [];
  const servers: Server[] = [];
  const serve = async (
    name: string,
    at: (url: string) => string | Uint8Array | { to: string },
  ): Promise<string> => {
    const server = createServer(async (request, response) => {
      asked.push(`${name} ${request.url}`);
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open--;
      const answer = at(request.url ?? '');
      if (typeof answer === 'object' && 'to' in answer)
        response.writeHead(302, { location: answer.to }).end();
      else response.end(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  beforeAll(async () => {
    other = await serve('other', () => weights);
    origin = await serve('origin', (url) => {
      if (url.includes('model.json')) return modelJson(...paths);
      if (url.includes('away')) return { to: `${other}/w.bin` };
      const part = /part(\d+)/.exec(url);
      return part ? weights.slice(Number(part[1]) * 4, Number(part[1]) * 4 + 4) : weights;
    });
  });
  afterAll(() => {
    for (const server of servers) server.close();
  });

  it.each<[() => string, RegExp]>([
    [() => `${other}/w.bin`, /is a URL/],
    [() => `${other.replace('http:', '')}/w.bin`, /begins at the root/],
    [() => '../w.bin', /leads to another folder/],
    [() => '%2e%2e/w.bin', /leads to another folder/],
    [() => '..%2fw.bin', /hides a separator/],
  ])('never asks elsewhere: %s', async (part, message) => {
    paths = [part()];
    asked.length = 0;
    await expectRefused(`${origin}/m/model.json`, message);
    expect(asked).toEqual(['origin /m/model.json']);
  });

  it('follows a redirect, and an address of another host, only where the user says so', async () => {
    for (const part of ['away', `${other}/w.bin`]) {
      paths = [part];
      asked.length = 0;
      await expect(loadKerasModel(`${origin}/m/model.json`)).rejects.toThrow(/allowOtherHosts/);
      expect(asked.filter((one) => one.startsWith('other'))).toEqual([]);
      await expectLoaded(`${origin}/m/model.json`, { allowOtherHosts: true });
    }
  });

  it('fetches a few files at a time, and stops where there are too many bytes', async () => {
    paths = Array.from({ length: 91 }, (_, i) => `part${i}`);
    most = 0;
    await expectLoaded(`${origin}/m/model.json`, { limits: { fetches: 3 } });
    expect(most).toBeLessThanOrEqual(3);
    paths = Array.from({ length: 50 }, () => 'whole');
    asked.length = 0;
    await expectRefused(`${origin}/m/model.json`, /and its manifest needs 364/, { limits: { fetches: 2 } });
    expect(asked.length).toBeLessThan(8);
  });
});

describe('options', () => {
  it.each<[object, RegExp]>([
    [{ limit: {} }, /no option "limit"; did you mean "limits"/],
    [{ limits: { byte: 1 } }, /no option "limits.byte"; did you mean "bytes"/],
    [{ limits: { bytes: 0 } }, /limits.bytes must be a whole number of at least 1, got 0/],
    [{ limits: { bytes: '1' } }, /limits.bytes must be a number/],
    [{ allowOtherHosts: 'yes' }, /allowOtherHosts must be true or false/],
    [{ signal: 7 }, /signal must be an AbortSignal/],
  ])('%j is refused', async (options, message) => {
    await expect(loadKerasModel(archive, options)).rejects.toThrow(message);
  });

  it('limits are honoured, each by its name', async () => {
    await expectRefused(archive, /limits.bytes/, { limits: { bytes: 1000 } });
    await expectRefused(archive, /may have 100/, { limits: { jsonBytes: 100 } });
    await expectRefused(archive, /limits.depth, 3/, { limits: { depth: 3 } });
    await expectRefused(archive, /limits.weights is 2/, { limits: { weights: 2 } });
  });

  it('a name is put before messages, and cancelling leaves nothing', async () => {
    await expectRefused(archive.subarray(0, 100), /^upload 7: the archive is damaged/, { name: 'upload 7' });
    const gone = new AbortController();
    let last = 0;
    const onProgress = (progress: KerasProgress) => {
      last = 'weights' in progress ? progress.weights : 0;
      if (last === 3) gone.abort(new Error('enough'));
    };
    await expect(loadKerasModel(archive, { signal: gone.signal, onProgress })).rejects.toThrow('enough');
    expect(last).toBe(3);
    expect(tf.memory().numTensors).toBe(0);
  });
});
