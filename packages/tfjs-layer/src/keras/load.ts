import { dispose, io } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { register } from '../register.js';
import { readArchive } from './_archive.js';
import { assertKerasObject, isObject, type Json, type JsonObject, type KerasObject } from './_format.js';
import { type KerasSource, loadSource } from './_source.js';
import { free, readTopology } from './_topology.js';
import { type StoredWeight, setFromGroups, setFromNames } from './_weights.js';

/**
 * Loads a model that Keras 3 wrote, as a model of tfjs that computes the same.
 *
 * @param source A URL or path, an `IOHandler`, `ModelArtifacts`, a topology by itself (weights are then drawn anew), or the bytes
 * of a `.keras` archive. A `model.json` may name its weights as Keras 2 or as Keras 3 does. A model of Keras 2 goes to
 * `tf.loadLayersModel` as it is.
 * @returns The model, not compiled: how it was trained is not read. Our layer names are registered, as by `register()`, so that
 * the model can be saved and loaded by tfjs.
 * @throws KerasFormatError when a layer or a field cannot be read with the same meaning; its message names both. A model whose
 * `trainable`, initializers and regularizers can be read trains on, too.
 */
export async function loadKerasModel(source: KerasSource): Promise<LayersModel> {
  const loaded = await loadSource(source);
  register();
  if ('bytes' in loaded) {
    const { topology, weights } = await readArchive(loaded.bytes);
    return build(modelConfig(topology), (read) => setFromGroups(read, weights));
  }
  const { artifacts } = loaded;
  const topology = artifacts.modelTopology as Json;
  if (!isKeras3(topology)) return loadLayersModel(io.fromMemory(artifacts));
  const config = modelConfig(topology);
  const { weightData, weightSpecs } = artifacts;
  if (!weightData || !weightSpecs) return build(config);
  return build(config, (read) => setFromNames(read, decode(weightData, weightSpecs)));
}

function build(
  config: KerasObject,
  setWeights?: (read: ReturnType<typeof readTopology>) => void,
): LayersModel {
  const read = readTopology(config, setWeights !== undefined);
  try {
    setWeights?.(read);
  } catch (error) {
    free(read.model.weights);
    throw error;
  }
  return read.model;
}

function decode(data: io.WeightData, specs: io.WeightsManifestEntry[]): StoredWeight[] {
  const wanted = specs.map((spec, i) => ({ ...spec, name: String(i) }));
  // tfjs 4.22 reads zeros from two buffers of which the second is the larger; from one it reads what is there.
  const tensors = io.decodeWeights(io.CompositeArrayBuffer.join(data), wanted);
  try {
    return specs.flatMap(({ name, group }, i) => {
      if (group === 'optimizer') return [];
      const values = Float32Array.from(tensors[i].dataSync() as ArrayLike<number>);
      return [{ name, shape: tensors[i].shape, values }];
    });
  } finally {
    dispose(tensors);
  }
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
