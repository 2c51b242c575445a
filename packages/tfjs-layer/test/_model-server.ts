// What a server of models may answer: right, in parts, and wrong in every way that a user meets.
import { readFileSync } from 'node:fs';
import { artifacts, folder } from './_keras.js';

export interface Answer {
  status: number;
  type: string;
  body: Buffer;
}

const NAME = 'leaky_layers';
const archive = readFileSync(new URL(`${NAME}.keras`, folder));
const { modelTopology, weightSpecs = [], weightData } = artifacts(NAME);
const weights = Buffer.from(weightData as ArrayBuffer);
const page = Buffer.from('<!doctype html><title>Not here</title>');

/** Two groups, of which the first lies in two files: cut within a number. */
const first = weightSpecs.slice(0, 3);
const end = first.reduce((sum, { shape }) => sum + 4 * shape.reduce((a, b) => a * b, 1), 0);
const manifest = (paths: [string, string, string]) => [
  { paths: paths.slice(0, 2), weights: first },
  { paths: paths.slice(2), weights: weightSpecs.slice(3) },
];
const model = (paths: [string, string, string]) =>
  Buffer.from(JSON.stringify({ modelTopology, weightsManifest: manifest(paths) }));
const shards = [weights.subarray(0, 33), weights.subarray(33, end), weights.subarray(end)];

const files: Record<string, Buffer> = {
  '/m/model.json': model(['a.bin', 'parts/b.bin', 'c.bin']),
  '/m/a.bin': shards[0],
  '/m/parts/b.bin': shards[1],
  '/m/c.bin': shards[2],
  '/m/model.keras': archive,
  '/topology.json': Buffer.from(JSON.stringify(modelTopology)),
  '/no-shard/model.json': model(['a.bin', 'b.bin', 'c.bin']),
  '/no-shard/a.bin': shards[0],
  '/no-shard/c.bin': shards[2],
  '/html-shard/model.json': model(['a.bin', 'page.html', 'c.bin']),
  '/html-shard/a.bin': shards[0],
  '/html-shard/page.html': page,
  '/html-shard/c.bin': shards[2],
  '/html/model.json': page,
  '/html/model.keras': page,
  '/cut/model.json': model(['a', 'b', 'c']).subarray(0, 500),
  '/cut/model.keras': archive.subarray(0, archive.length / 2),
  '/bad/null.json': Buffer.from('null'),
  '/bad/manifest.json': Buffer.from(JSON.stringify({ modelTopology, weightsManifest: [{ paths: 'a.bin' }] })),
};

/** The answer to a path and query; what lies below `/signed` needs its signature, the parts too. */
export function answer({ pathname, search }: URL): Answer {
  const isSigned = pathname.startsWith('/signed/');
  const body = files[pathname.replace(/^\/signed/, '')];
  if (isSigned && search !== '?key=a/b.c') return { status: 403, type: 'text/html', body: page };
  if (!body) return { status: 404, type: 'text/html', body: page };
  return { status: 200, type: body === page ? 'text/html' : 'application/octet-stream', body };
}
