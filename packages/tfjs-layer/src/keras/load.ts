import { dispose, io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { register } from '../register/register.js';
import { readArchive } from './archive.js';
import {
  assertKerasObject,
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  shortened,
  show,
} from './format.js';
import { type KerasSource, loadSource } from './source.js';
import { free, type ReadModel, readTopology } from './topology.js';
import { isArchive, isWeight, type StoredWeight, setFromGroups, setFromNames } from './weights.js';

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
export async function loadKerasModel(source: KerasSource): Promise<LayersModel> {
  try {
    return await load(source);
  } catch (error) {
    if (!(error instanceof KerasFormatError) || !(typeof source === 'string' || source instanceof URL))
      throw error;
    throw new KerasFormatError(`${shortened(String(source))}: ${error.message}`, { cause: error.cause });
  }
}

async function load(source: KerasSource): Promise<LayersModel> {
  const loaded = await loadSource(source);
  register();
  if ('bytes' in loaded) {
    const { topology, readWeights } = await readArchive(loaded.bytes);
    const read = readTopology(modelConfig(topology), true);
    return withWeights(read, async () => setFromGroups(read, await readWeights()));
  }
  const { artifacts } = loaded;
  const topology = artifacts.modelTopology as Json;
  if (!isKeras3(topology)) return loadLayersModel(io.fromMemory(artifacts));
  const { weightData, weightSpecs } = artifacts;
  const read = readTopology(modelConfig(topology), weightData != null && weightSpecs != null);
  return withWeights(read, async () => {
    if (!weightData || !weightSpecs) return;
    const stored = decode(weightData, weightSpecs);
    if (isArchive(stored)) setFromGroups(read, stored);
    else setFromNames(read, stored);
  });
}

/** The model once its weights are set; nothing of it is left when they cannot be. */
async function withWeights({ model }: ReadModel, setWeights: () => Promise<void>): Promise<LayersModel> {
  try {
    await setWeights();
    return model;
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

/** Keras 3 writes the module of every object, Keras 2 and tfjs do not. */
function isKeras3(topology: Json): boolean {
  if (!isObject(topology)) return false;
  const version = topology.keras_version;
  if (typeof version === 'string') return /^([3-9]|\d\d)/.test(version);
  return 'module' in ((topology.model_config ?? topology) as JsonObject);
}
