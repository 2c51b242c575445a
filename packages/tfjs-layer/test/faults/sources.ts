// Every kind of source that gives the model leaky_layers, and the operations that it needs.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { unzipSync } from 'fflate';
import type { KerasSource } from '../../src/keras/sources/given.js';
import { artifacts, folder as fixtures } from '../_keras.js';
import { deflated, zip } from '../hostile/zip.js';

export const NAME = 'leaky_layers';
const bytesOf = (path: string) => new Uint8Array(readFileSync(new URL(path, fixtures)));
export const archive = bytesOf(`${NAME}.keras`);
const packed = zip(Object.entries(unzipSync(archive)).map(([name, content]) => deflated(name, content)));
const { modelTopology, weightSpecs = [], weightData } = artifacts(NAME);
const weights = new Uint8Array(weightData as ArrayBuffer);
const shards = { 'a.bin': weights.slice(0, 101), 'b.bin': weights.slice(101) };
const manifest = [{ paths: Object.keys(shards), weights: weightSpecs }];
const files = { ...shards, 'model.json': JSON.stringify({ modelTopology, weightsManifest: manifest }) };

const fileList = () => Object.entries(files).map(([name, content]) => new File([content as BlobPart], name));
const openedFolder = () => ({
  kind: 'directory',
  name: 'm',
  async *values() {
    for (const file of fileList()) yield { kind: 'file', name: file.name, getFile: async () => file };
  },
});
const stream = () => new Blob([weights]).stream() as unknown as ReadableStream<ArrayBuffer>;

/** What tfjs saves of a model that was trained by an optimizer with a state. */
async function savedByTfjs(): Promise<tf.io.ModelArtifacts> {
  const model = tfl.sequential({ layers: [tfl.layers.dense({ units: 2, inputShape: [3] })] });
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
  const [x, y] = [tf.ones([2, 3]), tf.ones([2, 2])];
  await model.trainOnBatch(x, y);
  const saved: tf.io.ModelArtifacts[] = [];
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    saved.push(artifacts);
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  });
  await model.save(handler, { includeOptimizer: true });
  tf.dispose([x, y]);
  model.dispose();
  return saved[0] as tf.io.ModelArtifacts;
}

/** Writes the files and starts the server. */
export async function makeSources() {
  const disk = mkdtempSync(join(tmpdir(), 'rectify-faults-'));
  for (const [name, content] of Object.entries({ ...files, 'm.keras': packed }))
    writeFileSync(join(disk, name), content);
  const server = createServer(({ url = '' }, response) => response.end(files[url.slice(1) as 'a.bin']));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ofTfjs = await savedByTfjs();
  const sources: Record<(typeof KINDS)[number][0], () => KerasSource> = {
    'an archive': () => archive,
    'an archive that is compressed, on a disk': () => join(disk, 'm.keras'),
    'an HDF5 file': () => bytesOf('../hdf5/models/plain.h5'),
    'an HDF5 file that is compressed': () => bytesOf('../hdf5/models/gzip.h5'),
    'a model.json on a disk': () => join(disk, 'model.json'),
    'a model.json on a server': () => `http://127.0.0.1:${port}/model.json`,
    'an answer of a server': () => new Response(archive),
    files: fileList,
    'a folder that was opened': openedFolder,
    'a handler': () => {
      const given = artifacts(NAME);
      return { load: async () => given };
    },
    'a handler that streams': () => ({
      load: async () => ({ modelTopology, weightSpecs, getWeightStream: stream }),
    }),
    'a model of tfjs with its optimizer': () => ofTfjs,
    'a topology alone': () => modelTopology as object,
  };
  const close = () => {
    server.close();
    rmSync(disk, { recursive: true });
  };
  return { sources, close };
}

export const KINDS = [
  ['an archive', ['arrays', 'tensors', 'decoding']],
  ['an archive that is compressed, on a disk', ['arrays', 'tensors', 'unpacking', 'decoding', 'disk']],
  ['an HDF5 file', ['arrays', 'tensors', 'decoding']],
  ['an HDF5 file that is compressed', ['arrays', 'tensors', 'unpacking', 'decoding']],
  ['a model.json on a disk', ['arrays', 'tensors', 'decoding', 'disk']],
  ['a model.json on a server', ['arrays', 'tensors', 'decoding', 'network']],
  ['an answer of a server', ['arrays', 'tensors', 'decoding', 'network']],
  ['files', ['arrays', 'tensors', 'decoding', 'blobs']],
  ['a folder that was opened', ['arrays', 'tensors', 'decoding', 'blobs']],
  ['a handler', ['arrays', 'tensors']],
  ['a handler that streams', ['arrays', 'tensors', 'network']],
  ['a model of tfjs with its optimizer', ['arrays', 'tensors']],
  ['a topology alone', ['arrays', 'tensors']],
] as const;
