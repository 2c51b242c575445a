// Parameters survive every way of saving that Node has; those of a browser are in saving-browser.test.ts.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { activationNames, activation as ofCore } from '@rectify/core';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ActivationLayer,
  activation,
  layers,
  loadKerasModel,
  register,
  type TensorActivation,
} from '../src/index.js';
import { noTensorLeaks, numbers, reload } from './_setup.js';
import { everything, INPUTS, parametersOf } from './saving/models.js';

register();
noTensorLeaks();

type Artifacts = tf.io.ModelArtifacts;
const dated = { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const } };

/**
 * `file://` as tfjs-node has it. Without tfjs-node tfjs itself knows no such place, so a user registers a handler, as here: a
 * model.json and the weights beside it.
 */
const fileHandler = (url: string): tf.io.IOHandler => {
  const folder = fileURLToPath(url);
  return {
    async save({ weightData, ...artifacts }: Artifacts) {
      await writeFile(join(folder, 'model.json'), JSON.stringify(artifacts));
      await writeFile(join(folder, 'weights.bin'), new Uint8Array(weightData as ArrayBuffer));
      return dated;
    },
    async load() {
      const bytes = await readFile(join(folder, 'weights.bin'));
      return {
        ...JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')),
        weightData: new Uint8Array(bytes).buffer,
      };
    },
  };
};
const fileRouter = (url: string | string[]) =>
  typeof url === 'string' && url.startsWith('file://')
    ? fileHandler(url)
    : (null as unknown as tf.io.IOHandler);

/** A server that keeps what is posted to it, as tfjs posts a model, and gives it back. */
const files = new Map<string, Uint8Array>();
const server: Server = createServer(async (request, response) => {
  if (request.method === 'POST') {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const type = { 'content-type': request.headers['content-type'] as string };
    const form = await new Response(Buffer.concat(chunks), { headers: type }).formData();
    for (const file of form.values())
      if (file instanceof File) files.set(`/${file.name}`, new Uint8Array(await file.arrayBuffer()));
    response.end();
    return;
  }
  const found = files.get(request.url as string);
  response.setHeader(
    'content-type',
    request.url?.endsWith('.json') ? 'application/json' : 'application/octet-stream',
  );
  response.writeHead(found ? 200 : 404).end(found);
});
let folder = '';
let origin = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rectify-saving-'));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  tf.io.registerSaveRouter(fileRouter);
  tf.io.registerLoadRouter(fileRouter);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  server.close();
});

const WAYS: Record<string, (model: tfl.LayersModel) => Promise<tfl.LayersModel>> = {
  memory: reload,
  'file://': async (model) => {
    const url = pathToFileURL(folder).href;
    await model.save(url);
    return tfl.loadLayersModel(url);
  },
  'http://': async (model) => {
    await model.save(`${origin}/upload`);
    return tfl.loadLayersModel(`${origin}/model.json`);
  },
  'loadKerasModel, which hands a model of tfjs on': async (model) => {
    await model.save(`${origin}/upload`);
    return loadKerasModel(`${origin}/model.json`);
  },
};

const predict = (model: tfl.LayersModel) =>
  tf.tidy(() => {
    const inputs = INPUTS.map((shape, i) =>
      tf.tensor(numbers(2 * shape.reduce((a, b) => a * b), i), [2, ...shape]),
    );
    return [model.predict(inputs)].flat().map((y) => (y as tf.Tensor).dataSync());
  });
/** `dispose` does not free a shared layer's weights. */
const free = (model: tfl.LayersModel) => {
  for (const weight of new Set(model.weights)) weight.dispose();
};

describe('parameters and predictions', () => {
  it.each(Object.entries(WAYS))(
    'survive %s, twice over, in every layer that takes an activation',
    async (_, way) => {
      const model = everything();
      const once = await way(model);
      const twice = await way(once);
      const want = parametersOf(model);
      // dense, conv1d, conv2d, and two each in lstm, gru, and the both of bidirectional; one in the others: see saving/models.ts.
      expect(want.length).toBeGreaterThanOrEqual(20);
      for (const loaded of [once, twice]) {
        expect(parametersOf(loaded)).toEqual(want);
        expect(predict(loaded)).toEqual(predict(model));
      }
      for (const m of [model, once, twice]) free(m);
    },
  );

  it('survive training after loading', async () => {
    const x = tf.tensor2d(numbers(30, 1), [10, 3]);
    const y = tf.tidy(() => tf.sum(x, 1, true));
    const model = tfl.sequential({
      layers: [
        tfl.layers.dense({
          units: 4,
          inputShape: [3],
          activation: activation('leaky_relu', { negativeSlope: 0.05 }),
        }),
        tfl.layers.dense({ units: 1 }),
      ],
    });
    const loaded = await reload(model);
    const losses = [];
    for (const m of [model, loaded]) {
      const optimizer = tf.train.sgd(0.1);
      m.compile({ optimizer, loss: 'meanSquaredError' });
      losses.push((await m.fit(x, y, { epochs: 3, shuffle: false, verbose: 0 })).history.loss);
      optimizer.dispose();
      m.dispose();
    }
    expect(losses[1]).toEqual(losses[0]);
    tf.dispose([x, y]);
  });
});

/** Parameters other than the defaults, of every function that has some. */
const PARAMS: Record<string, object> = {
  relu: { negativeSlope: 0.1, maxValue: 5, threshold: 0.5 },
  leaky_relu: { negativeSlope: 0.05 },
  prelu: { negativeSlope: 0.35 },
  rrelu: { lower: 0.1, upper: 0.2 },
  threshold: { threshold: 0.5, value: -7 },
  thresholded_relu: { theta: 0.5 },
  elu: { alpha: 0.5 },
  celu: { alpha: 2 },
  gelu: { approximate: 'tanh' },
  silu: { beta: 1.5 },
  softplus: { beta: 2, threshold: 10 },
  squareplus: { b: 2 },
  hard_sigmoid: { slope: 0.2, offset: 0.4 },
  hard_tanh: { minValue: -2, maxValue: 3 },
  soft_shrink: { lambda: 0.25 },
  hard_shrink: { lambda: 0.25 },
  step: { alpha: 0.5 },
  xielu: { alphaN: 1.25 },
  snake: { alpha: 3 },
  softcap: { cap: 50 },
  laplace: { mu: 0, sigma: 1 },
};

describe('every function of core', () => {
  it('that has parameters is tried with others than its defaults', () => {
    expect(Object.keys(PARAMS).sort()).toEqual(
      activationNames.filter((name) => Object.keys(ofCore(name).params).length > 0).sort(),
    );
    for (const [name, params] of Object.entries(PARAMS))
      for (const [key, value] of Object.entries(ofCore(name).params))
        expect((params as Record<string, unknown>)[key], `${name} ${key}`).not.toEqual(value);
  });

  it.each(activationNames.map((name) => [name, PARAMS[name] ?? {}] as const))(
    '%s %j comes back, twice over, inside Dense and as a layer',
    async (name, params) => {
      const f = ofCore(name, params);
      const model = tfl.sequential({
        layers: [
          tfl.layers.dense({ units: 3, inputShape: [3], activation: activation(name, params) }),
          layers.activation({ activation: name, params }),
          layers.activation({ activation: f, name: 'by_value' }),
        ],
      });
      const once = await reload(model);
      const twice = await reload(once);
      const [dense, ...others] = twice.layers as unknown as [
        { activation: TensorActivation },
        ...ActivationLayer[],
      ];
      for (const g of [dense.activation.function, ...others.map((layer) => layer.function)])
        expect(g.toJSON()).toEqual(f.toJSON());
      tf.tidy(() => {
        const x = tf.tensor2d(numbers(30, 1), [10, 3]);
        const [a, b] = [model, twice].map((m) => (m.predict(x) as tf.Tensor).dataSync());
        expect(b).toEqual(a);
      });
      for (const m of [model, once, twice]) m.dispose();
    },
  );
});
