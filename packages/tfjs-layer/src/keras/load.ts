import { dispose, engine, io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { register } from '../register/register.js';
import { readArchive } from './archive.js';
import { isKeras3 } from './dialect.js';
import { disposeWhole } from './disposal.js';
import {
  assertKerasObject,
  isObject,
  type Json,
  KerasFormatError,
  type KerasObject,
  shortened,
  show,
} from './format.js';
import type { CustomObjects, KerasNote } from './reading.js';
import { type KerasSource, loadSource } from './source.js';
import { free, type ReadModel, readTopology } from './topology.js';
import { isArchive, isWeight, type StoredWeight, setFromGroups, setFromNames } from './weights.js';

export interface LoadOptions {
  /** Layers of tfjs and functions by the names of the Python classes and functions they stand for; a function also serves a `Lambda`. */
  customObjects?: CustomObjects;
  /** Refuse what would else be left out or computed otherwise, and noted in `notes`. */
  strict?: boolean;
}

/** A model, and what of its file was left out or is computed otherwise. */
export type KerasModel = LayersModel & { readonly notes: readonly KerasNote[] };

/**
 * Loads a model that Keras 3 wrote, as a model of tfjs that computes the same.
 *
 * @param source A URL or path, an `IOHandler`, `ModelArtifacts`, a topology by itself (weights are then drawn anew), or the bytes
 * of a `.keras` archive. A `model.json` may name its weights as Keras 2 or as Keras 3 does. A model of Keras 2 goes to
 * `tf.loadLayersModel` as it is.
 * @returns The model, not compiled: how it was trained is not read. Our layer names are registered, as by `register()`, so that
 * the model can be saved and loaded by tfjs. A model whose `trainable`, initializers and regularizers can be read trains on, too.
 * @throws KerasFormatError when a layer or a field cannot be read with the same meaning; its message names both, and the URL or path.
 * @throws Error when a URL cannot be fetched; its message names it.
 */
export async function loadKerasModel(source: KerasSource, options: LoadOptions = {}): Promise<KerasModel> {
  try {
    return await load(source, options);
  } catch (error) {
    if (!(error instanceof KerasFormatError) || !(typeof source === 'string' || source instanceof URL))
      throw error;
    throw new KerasFormatError(`${shortened(String(source))}: ${error.message}`, { cause: error.cause });
  }
}

async function load(
  source: KerasSource,
  { customObjects = {}, strict = false }: LoadOptions,
): Promise<KerasModel> {
  const loaded = await loadSource(source);
  register();
  if ('bytes' in loaded) {
    const { topology, readWeights } = await readArchive(loaded.bytes);
    await reading;
    const read = readTopology(modelConfig(topology), { fast: true, customObjects });
    return withWeights(read, strict, async () => setFromGroups(read, await readWeights()));
  }
  const { artifacts } = loaded;
  const topology = artifacts.modelTopology as Json;
  if (isOfTfjs(topology)) return stock(artifacts);
  try {
    return await fromTopology(artifacts, { customObjects, strict });
  } catch (error) {
    if (!(error instanceof KerasFormatError) || isKeras3(topology) || strict) throw error;
    // A model of Keras 2 that tfjs alone can read, perhaps by a class that somebody has registered.
    return stock(artifacts).catch(() => {
      throw error;
    });
  }
}

async function fromTopology(artifacts: io.ModelArtifacts, { strict = false, ...options }: LoadOptions) {
  const { weightData, weightSpecs } = artifacts;
  const fast = weightData != null && weightSpecs != null;
  await reading;
  const read = readTopology(modelConfig(artifacts.modelTopology as Json), { fast, ...options });
  return withWeights(read, strict, async () => {
    if (!weightData || !weightSpecs) return;
    const stored = decode(weightData, weightSpecs);
    if (isArchive(stored)) setFromGroups(read, stored);
    else setFromNames(read, stored);
  });
}

/** What tfjs's own reader is at: what it left is told by what was there before, so nothing else may be read meanwhile. */
let reading: Promise<unknown> = Promise.resolve();

/** By tfjs's own reader, which frees no weight when it fails. */
function stock(artifacts: io.ModelArtifacts): Promise<KerasModel> {
  const read = async () => {
    const { registeredVariables } = engine();
    const before = new Set(Object.keys(registeredVariables));
    try {
      const model = await loadLayersModel(io.fromMemory(artifacts));
      disposeWhole(model);
      return Object.assign(model, { notes: [] });
    } catch (error) {
      for (const [name, variable] of Object.entries(registeredVariables))
        if (!before.has(name)) variable.dispose();
      throw error;
    }
  };
  const turn = reading.then(read);
  reading = turn.catch(() => {});
  return turn;
}

/** Whether tfjs saved a model, in its own words. */
const isOfTfjs = (topology: Json): boolean =>
  !isKeras3(topology) &&
  (!isObject(topology) || typeof topology.keras_version !== 'string' || /tfjs/.test(topology.keras_version));

/** The model once its weights are set; nothing of it is left when they cannot be. */
async function withWeights(
  { model, notes }: ReadModel & { notes: readonly KerasNote[] },
  isStrict: boolean,
  setWeights: () => Promise<void>,
): Promise<KerasModel> {
  try {
    if (isStrict && notes.length > 0) throw refusal(notes);
    await setWeights();
    return Object.assign(model, { notes });
  } catch (error) {
    free(model.weights);
    throw error;
  }
}

function decode(data: io.WeightData, specs: io.WeightsManifestEntry[]): StoredWeight[] {
  const bytes = io.CompositeArrayBuffer.join(data);
  const needed = specs.reduce((sum, spec) => sum + byteLength(spec), 0);
  if (bytes.byteLength !== needed)
    throw new KerasFormatError(
      `the weights of the model are ${bytes.byteLength} bytes, and its manifest needs ${needed}`,
    );
  const wanted = specs.map((spec, i) => ({ ...spec, name: String(i) }));
  // tfjs 4.22 reads zeros from two buffers of which the second is the larger; from one it reads what is there.
  const tensors = io.decodeWeights(bytes, wanted);
  try {
    return specs.flatMap(({ name, group }, i) => {
      if (group === 'optimizer' || !isWeight(name)) return [];
      const values = Float32Array.from(tensors[i].dataSync() as ArrayLike<number>);
      return [{ name, shape: tensors[i].shape, values }];
    });
  } finally {
    dispose(tensors);
  }
}

function byteLength({ name, shape, dtype, quantization }: io.WeightsManifestEntry): number {
  const stored = quantization?.dtype ?? dtype;
  const size = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1, bool: 1 }[stored as string];
  if (size === undefined)
    throw new KerasFormatError(`weight ${name} is ${show(stored)}, which cannot be read`);
  return size * shape.reduce((a, b) => a * b, 1);
}

/** A model's own config, which a converter wraps in `model_config`. */
function modelConfig(topology: Json): KerasObject {
  const config =
    isObject(topology) && isObject(topology.model_config ?? null) ? topology.model_config : topology;
  assertKerasObject('the topology', config);
  return config;
}

/** What was left out, as the error that `strict` asks for. */
function refusal([note, ...others]: readonly KerasNote[]): KerasFormatError {
  const { where, what } = note as KerasNote;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return new KerasFormatError(`${where}: ${what}${more}; strict takes no such model`);
}
