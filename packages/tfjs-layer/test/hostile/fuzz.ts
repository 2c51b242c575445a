// Changed files: a seed gives the same file everywhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { unzipSync } from 'fflate';
import { stored, zip } from './zip.js';

/** Numbers from 0 to 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Mutation {
  source: Uint8Array;
  /** What is wrong with a model that loaded, or undefined. */
  check(model: LayersModel): string | undefined;
}

interface Origin {
  bytes: Uint8Array;
  files: Record<string, Uint8Array>;
  weights: Float32Array[];
}
const origins: Origin[] = [];

/** The archives of the fixtures, of which small ones are changed. */
function originOf(folder: string, random: () => number): Origin {
  if (origins.length === 0)
    for (const name of readdirSync(join(folder, 'keras'))) {
      if (!name.endsWith('.keras')) continue;
      const bytes = new Uint8Array(readFileSync(join(folder, 'keras', name)));
      if (bytes.length > 60_000) continue;
      const json = JSON.parse(readFileSync(join(folder, 'keras', name.replace('.keras', '.json')), 'utf8'));
      const weights = json.weights
        .filter(({ name }: { name: string }) => !name.endsWith('/vector_u')) // only training uses it
        .map(
          ({ data }: { data: string }) =>
            new Float32Array(new Uint8Array(Buffer.from(data, 'base64')).buffer),
        );
      origins.push({ bytes, files: unzipSync(bytes), weights });
    }
  return origins[Math.floor(random() * origins.length)] as Origin;
}

export function mutations(what: string, folder: string, seed: number): Mutation {
  const random = randomOf(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const origin = originOf(folder, random);
  const { bytes, files } = origin;
  if (what === 'bytes') {
    const changed = bytes.slice();
    const at = pick(changed.length);
    changed[at] = (changed[at] as number) ^ (1 << pick(8));
    return { source: changed, check: (model) => sameWeights(model, origin) };
  }
  const [config, h5] = [files['config.json'], files['model.weights.h5']] as [Uint8Array, Uint8Array];
  if (what === 'hdf5') {
    // A whole model as often as the weights of an archive: its topology stands in an attribute.
    const source =
      random() < 0.5
        ? changedHdf5(pickOne(wholeModels(folder), random), random)
        : zip([stored('config.json', config), stored('model.weights.h5', changedHdf5(h5, random))]);
    return { source, check: () => undefined };
  }
  const topology = JSON.parse(new TextDecoder().decode(config));
  for (let i = 0; i <= pick(3); i++) changeJson(topology, random);
  const source = zip([stored('config.json', JSON.stringify(topology)), stored('model.weights.h5', h5)]);
  return { source, check: finite };
}

const pickOne = <T>(list: T[], random: () => number): T => list[Math.floor(random() * list.length)] as T;

const wholeModels = (folder: string): Uint8Array[] =>
  ['plain', 'gzip'].map((name) => new Uint8Array(readFileSync(join(folder, `hdf5/models/${name}.h5`))));

/** The model has the arrays of the file, bit by bit, in whatever order. */
function sameWeights(model: LayersModel, { weights }: Origin): string | undefined {
  const key = (values: ArrayLike<number>) => Array.from(values).join();
  const has = new Set(weights.map(key));
  const all = [...new Set(model.weights)].map((weight) => weight.read().dataSync());
  if (all.length !== weights.length) return `${all.length} weights of ${weights.length}`;
  return all.every((values) => has.has(key(values))) ? undefined : 'a weight has other values';
}

/** The model says of what shape its outputs are, and each is a list of sizes. */
function finite(model: LayersModel): string | undefined {
  const shapes = model.outputs.map(({ shape }) => shape);
  const isShape = shapes.every((shape) =>
    shape.every((size) => size === null || (Number.isInteger(size) && size >= 0)),
  );
  if (!isShape) return `outputs of the shapes ${JSON.stringify(shapes)}`;
  // Where a size is not known, not every size need do.
  if (model.inputs.some(({ shape }) => shape.slice(1).includes(null))) return undefined;
  // All inputs have one batch, whose size one of them may say.
  const [batch = 2, ...others] = new Set(model.inputs.flatMap(({ shape: [size] }) => size ?? []));
  if (others.length > 0) return undefined;
  const inputs = model.inputs.map(({ shape }) => shape.map((size) => size ?? batch));
  if (inputs.some((shape) => shape.reduce((a, b) => a * b, 1) > 1e5)) return undefined;
  return tf.tidy(() => {
    const x = inputs.map((shape) => tf.zeros(shape));
    const y = [model.predict(x.length === 1 ? (x[0] as tf.Tensor) : x)].flat();
    return y.every(({ size }) => Number.isFinite(size)) ? undefined : 'outputs of no size';
  });
}

/** Bytes and addresses of an HDF5 file changed: flipped, set to the ends of their range, exchanged for others of the file. */
function changedHdf5(bytes: Uint8Array, random: () => number): Uint8Array {
  const changed = bytes.slice();
  const view = new DataView(changed.buffer);
  const pick = (count: number) => Math.floor(random() * count);
  for (let i = 0; i <= pick(3); i++) {
    const at = pick(changed.length - 8);
    if (random() < 0.5) {
      // Structures lie at multiples of 8 and refer to each other by addresses of 8 bytes.
      const addresses: number[] = [];
      for (let place = 0; place + 8 <= changed.length; place += 8) {
        const value = view.getBigUint64(place, true);
        if (value > 0n && value < BigInt(changed.length)) addresses.push(place);
      }
      const one = () => addresses[pick(addresses.length)] ?? 0;
      view.setBigUint64(one(), view.getBigUint64(one(), true), true);
    } else changed[at] = [0, 1, 127, 128, 255, (changed[at] as number) ^ (1 << pick(8))][pick(6)] as number;
  }
  return changed;
}

const STRANGE: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  2,
  7,
  1.5,
  1e9,
  -0,
  '',
  'x',
  'relu',
  '__proto__',
  [],
  [1],
  [[]],
  {},
  [null, 3],
  'same',
];

/** Changes one place of a JSON value: another value, one from elsewhere in it, one removed, doubled or exchanged. */
function changeJson(root: unknown, random: () => number): void {
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      places.push({ holder: value as Record<string, unknown>, key });
      visit(part);
    }
  };
  visit(root);
  const { holder, key } = pickOne(places, random);
  const other = pickOne(places, random);
  const how = random();
  if (how < 0.4) holder[key] = structuredClone(pickOne(STRANGE, random));
  else if (how < 0.6) holder[key] = structuredClone(other.holder[other.key]);
  else if (how < 0.8) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  } else if (Array.isArray(holder)) holder.splice(Number(key), 0, structuredClone(holder[Number(key)]));
  else holder[`${key}_`] = holder[key];
}
