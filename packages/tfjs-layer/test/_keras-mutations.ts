// Models of the fixtures, changed at random: each must load to a model that predicts, or be refused by a KerasFormatError.
import * as tf from '@tensorflow/tfjs-core';
import { KerasFormatError, loadKerasModel } from '../src/index.js';
import type { Json, JsonObject } from '../src/keras/format.js';
import { artifacts, names } from './_keras.js';

/** A generator of numbers in [0, 1) from a seed: mulberry32. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const VALUES: Json[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  2,
  7,
  0.5,
  -0.5,
  1e9,
  1e300,
  '',
  'same',
  'channels_first',
  'float16',
  'LSTM',
  [],
  [1],
  [1, 2],
  [null, 3],
  [
    [1, 2],
    [3, 4],
  ],
  {},
  { class_name: 'Dense', config: {} },
  '__proto__',
  'constructor',
];

/** Every place in a value where something stands. */
function places(value: Json, found: [JsonObject | Json[], string | number][] = []) {
  if (Array.isArray(value))
    for (const [i, each] of value.entries()) {
      found.push([value, i]);
      places(each, found);
    }
  else if (typeof value === 'object' && value !== null)
    for (const [key, each] of Object.entries(value)) {
      found.push([value, key]);
      places(each, found);
    }
  return found;
}

/** Changes, drops, doubles or swaps what stands at one to three places. */
function mutate(topology: Json, random: () => number): void {
  const any = <T>(list: T[]): T => list[Math.floor(random() * list.length)] as T;
  for (let n = 1 + Math.floor(random() * 3); n > 0; n--) {
    const all = places(topology);
    const [holder, key] = any(all);
    const at = holder as Record<string | number, Json>;
    const kind = random();
    if (kind < 0.55) at[key] = structuredClone(any(VALUES));
    else if (kind < 0.7 && !Array.isArray(holder)) delete at[key];
    else if (kind < 0.8 && Array.isArray(holder)) holder.splice(Number(key), 1);
    else if (kind < 0.9 && Array.isArray(holder)) holder.push(structuredClone(at[key] as Json));
    else {
      const [other, place] = any(all);
      at[key] = structuredClone((other as Record<string | number, Json>)[place] as Json);
    }
  }
}

export interface Outcome {
  loaded: number;
  refused: number;
  /** What went wrong, with the seed by which it can be made again. */
  faults: string[];
}

/** Loads `count` changed models, from a seed on. */
export async function loadMutations(count: number, seed = 1): Promise<Outcome> {
  const outcome: Outcome = { loaded: 0, refused: 0, faults: [] };
  for (let i = seed; i < seed + count; i++) {
    const random = generator(i);
    const name = names[Math.floor(random() * names.length)] as string;
    const source = structuredClone(artifacts(name));
    mutate(source.modelTopology as Json, random);
    const before = tf.memory().numTensors;
    const start = process.cpuUsage();
    const fault = (what: string) => outcome.faults.push(`seed ${i} (${name}): ${what}`);
    try {
      // Half of them without their weights.
      const model = await loadKerasModel(random() < 0.5 ? source : (source.modelTopology as object));
      outcome.loaded++;
      try {
        tf.tidy(() => predict(model, fault));
      } finally {
        model.dispose();
      }
    } catch (error) {
      if (error instanceof KerasFormatError && error.message.length <= 300) outcome.refused++;
      else
        fault(`${error instanceof Error ? `${error.name}: ${error.message.slice(0, 300)}` : String(error)}`);
    }
    // Of the processor, not of the clock: on a machine that others use, anything may take long.
    const { user, system } = process.cpuUsage(start);
    if (user + system > 2e6) fault(`took ${Math.round((user + system) / 1000)} ms`);
    const left = tf.memory().numTensors - before;
    if (left !== 0) fault(`${left} tensors left`);
  }
  return outcome;
}

/** Predicts on small inputs, where the model takes such. */
function predict(model: Awaited<ReturnType<typeof loadKerasModel>>, fault: (what: string) => void): void {
  // A batch is of one size for all inputs; a changed model may name one.
  const batches = new Set(model.inputs.flatMap(({ shape: [size] }) => size ?? []));
  if (batches.size > 1) return;
  const [batch = 1] = batches;
  const shapes = model.inputs.map(({ shape }) => shape.map((size, i) => size ?? (i === 0 ? batch : 4)));
  if (shapes.some((shape) => shape.reduce((a, b) => a * b, 1) > 1e5)) return;
  const x = shapes.map((shape, i) =>
    tf.ones(shape, model.inputs[i]?.dtype === 'string' ? 'int32' : (model.inputs[i]?.dtype ?? 'float32')),
  );
  const ys = [model.predict(x.length === 1 ? (x[0] as tf.Tensor) : x)].flat();
  if (ys.some(({ shape }) => !shape.every(Number.isInteger))) fault('a shape that is not whole');
}
