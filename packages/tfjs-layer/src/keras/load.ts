import type { LayersModel, LayerVariable } from '@tensorflow/tfjs-layers';
import { register } from '../register/register.js';
import { type Allowance, type Declared, declaring, fill, release } from './allocation.js';
import { openApart } from './apart.js';
import { readArchive } from './containers/archive.js';
import { readModelFile } from './containers/model-file.js';
import { isKeras3, named } from './dialect.js';
import {
  assertKerasObject,
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  MisreadError,
  shortened,
  show,
} from './format.js';
import { checkedOptions, type KerasProgress, type LoadOptions, type Settings } from './options.js';
import type { KerasNote } from './reading.js';
import type { Artifacts } from './sources/artifacts.js';
import type { KerasSource } from './sources/given.js';
import type { Disk } from './sources/place.js';
import { type Loaded, loadSource, nameOf } from './sources/source.js';
import { loadStock } from './stock.js';
import { isWeight, ofArtifacts, type StoredWeight, sizeOf } from './stored.js';
import { readTopology } from './topology.js';
import { asFormatError, understood } from './understood.js';
import type { Asset } from './vocabularies.js';
import { archiveStore, groupedStore, isArchive, matchWeights, namedStore, type Store } from './weights.js';

/** A model, and what of its file was left out or is computed otherwise. */
export type KerasModel = LayersModel & { readonly notes: readonly KerasNote[] };

/**
 * Loads a model that Keras wrote, as a model of tfjs that computes the same.
 *
 * @param source A path or URL; the bytes, a `Blob`, `File` or `Response` of a `.keras` archive, of an HDF5 model or of a `model.json`;
 * a list of files or a folder that a browser gives; an `IOHandler`, `ModelArtifacts`, or a topology by itself. Only a topology without
 * any trace of weights gets random ones. The files of weights that a `model.json` names are read from its own folder or below.
 * @param options.limits What of a stranger's file is believed; each of {@link KerasLimits} has a default.
 * @returns The model, not compiled: how it was trained is not read. Our layer names are registered, as by `register()`, so that
 * the model can be saved and loaded by tfjs. A model whose `trainable`, initializers and regularizers can be read trains on, too.
 * @throws KerasFormatError when the file is damaged, or a layer or a field cannot be read with the same meaning; its message, of at
 * most 300 characters, names both, and the source. Nothing is left in memory then.
 * @throws Error when a path or URL cannot be read; its message names it.
 * @throws TypeError, RangeError for a source or an option that is none.
 * @throws what `signal`, `onProgress` or the `load` of an `IOHandler` throws, as it is.
 */
export function loadKerasModel(source: KerasSource, options: LoadOptions = {}): Promise<KerasModel> {
  return loadFrom(source, options);
}

/** The same, with what reads files where there are any. */
export async function loadFrom(
  source: KerasSource,
  options: LoadOptions = {},
  disk?: Disk,
): Promise<KerasModel> {
  const settings = checkedOptions(options, disk);
  const name = settings.name ?? nameOf(source);
  let thrown: { error: unknown } | undefined;
  const onProgress = (progress: KerasProgress) => {
    try {
      settings.onProgress(progress);
    } catch (error) {
      thrown = { error };
      throw error;
    }
  };
  try {
    return await load(source, { ...settings, onProgress });
  } catch (error) {
    // What the caller threw or aborted with is told as it is, whatever was made of it on the way.
    settings.signal?.throwIfAborted();
    if (thrown) throw thrown.error;
    if (!(error instanceof KerasFormatError) || name === undefined) throw error;
    throw new KerasFormatError(`${shortened(name)}: ${error.message}`, { cause: error.cause });
  }
}

async function load(source: KerasSource, settings: Settings): Promise<KerasModel> {
  const { signal } = settings;
  const loaded = await loadSource(source, settings);
  signal?.throwIfAborted();
  register();
  try {
    return await fromLoaded(loaded, settings);
  } catch (error) {
    throw asFormatError(error);
  }
}

async function fromLoaded(loaded: Loaded, settings: Settings): Promise<KerasModel> {
  const { limits, weights: given } = settings;
  const apart = given === undefined ? undefined : await loadSource(given, settings);
  if (apart) return withApart(loaded, apart, settings);
  if ('shards' in loaded)
    throw new KerasFormatError(
      'this is a list of files of weights, without the model: give the topology, as to_json() writes it, and this as options.weights',
    );
  if ('zip' in loaded) {
    const { topology, weights, asset } = readArchive(loaded.zip, limits, settings.disk?.crc32);
    const most = limits.ratio * loaded.zip.length + 2 ** 24;
    return build(topology, () => archiveStore(weights), deferred(most), settings, asset);
  }
  if ('hdf5' in loaded) {
    const { topology, stored } = readModelFile(loaded.hdf5, limits);
    return fromTopology(topology, stored, settings);
  }
  const { artifacts } = loaded;
  if (loaded.apart) return withApart(loaded, loaded.apart, settings);
  const { topology, weights } = artifacts;
  return fromTopology(topology, weights && (() => ofArtifacts(weights)), settings, artifacts);
}

/** A topology whose weights were saved apart. */
async function withApart(loaded: Loaded, apart: Loaded, settings: Settings): Promise<KerasModel> {
  if (!('artifacts' in loaded) || loaded.artifacts.weights)
    throw new KerasFormatError('the model has weights of its own: options.weights is for a topology alone');
  const { storeOf, bytes } = await openApart(apart, settings);
  settings.signal?.throwIfAborted();
  return build(
    loaded.artifacts.topology,
    storeOf,
    deferred(settings.limits.ratio * bytes + 2 ** 24),
    settings,
  );
}

/** Weights are not made before they are compared with those of the file. */
const deferred = (most: number): Allowance => ({
  most,
  because: 'that is more than the file has',
  isDeferred: true,
});

async function fromTopology(
  topology: JsonObject,
  storedOf: (() => StoredWeight[]) | undefined,
  settings: Settings,
  artifacts?: Artifacts,
): Promise<KerasModel> {
  const { bytes } = settings.limits;
  const stored = storedOf?.();
  const allowance = stored
    ? deferred(2 * stored.reduce((sum, weight) => sum + sizeOf(weight), 0) + 1e6)
    : { most: bytes / 4, because: `limits.bytes allows ${bytes} bytes of random weights`, isDeferred: false };
  const stock = () => loadStock({ topology, stored: storedOf?.(), artifacts, allowance, settings });
  if (isOfTfjs(topology)) return Object.assign(await stock(), { notes: [] });
  const known = stored?.filter(({ name }) => isWeight(name));
  const store = (name: string) => known && (isArchive(known) ? groupedStore(known) : namedStore(known, name));
  try {
    return await build(topology, store, allowance, settings);
  } catch (error) {
    if (!(error instanceof KerasFormatError) || isKeras3(topology) || settings.strict) throw error;
    if (error instanceof MisreadError) throw error;
    // A model of Keras 2 that tfjs alone can read, perhaps by a class that somebody has registered.
    const model = await stock().catch(() => {
      throw error;
    });
    const what = `read by tfjs alone, which leaves out what it does not know: ${error.message}`;
    return Object.assign(model, { notes: [{ where: 'the model', what }] });
  }
}

/** Builds what a topology describes, and gives it its weights where it has a store of them. */
async function build(
  topology: Json,
  storeOf: (modelName: string) => Store | undefined,
  allowance: Allowance,
  settings: Settings,
  asset?: Asset,
): Promise<KerasModel> {
  const { customObjects, strict } = settings;
  const options = { fast: allowance.isDeferred, customObjects, asset, version: versionOf(topology) };
  const { result, declared } = understood(() =>
    declaring(allowance, () => readTopology(modelConfig(topology), options)),
  );
  try {
    const { model, name, notes } = result;
    if (strict && notes.length > 0) throw refusal(notes);
    const store = storeOf(name);
    if (store) {
      const matched = understood(() => matchWeights(result, store));
      assertComplete(declared, matched);
      await setWeights(matched, settings);
    }
    return Object.assign(model, { notes });
  } catch (error) {
    release(declared);
    throw error;
  }
}

/** No weight stays the single number that stands for it until it is set. */
function assertComplete({ variables }: Declared, matched: ReadonlyMap<StoredWeight, LayerVariable>): void {
  const set = new Set(matched.values());
  const missing = variables.find((variable) => !set.has(variable));
  if (missing)
    throw new KerasFormatError(
      `there is a weight ${show(missing.originalName)} that no layer of the file has`,
    );
}

/** Reads the arrays one after the other, so that no second copy of all is made; the page stays responsive. */
async function setWeights(
  matched: ReadonlyMap<StoredWeight, LayerVariable>,
  { signal, onProgress }: Settings,
): Promise<void> {
  let weights = 0;
  let last = performance.now();
  for (const [stored, variable] of matched) {
    fill(
      variable,
      understood(() => stored.read()),
    );
    onProgress({ weights: ++weights, totalWeights: matched.size });
    if (performance.now() - last > 50) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      last = performance.now();
    }
    signal?.throwIfAborted();
  }
}

/** Whether tfjs saved a model, in its own words. */
function isOfTfjs(topology: JsonObject): boolean {
  if (isKeras3(topology)) return false;
  const { keras_version: version, module } = topology;
  return typeof version === 'string' ? /tfjs/.test(version) : module === undefined;
}

const versionOf = (topology: Json): string | undefined =>
  isObject(topology) && typeof topology.keras_version === 'string' ? topology.keras_version : undefined;

/** A model's own config, which a converter wraps in `model_config`. */
function modelConfig(topology: Json): KerasObject {
  const config = named(
    isObject(topology) && isObject(topology.model_config ?? null)
      ? (topology.model_config as JsonObject)
      : topology,
  );
  assertKerasObject('the topology', config);
  return config;
}

/** What was left out, as the error that `strict` asks for. */
function refusal([note, ...others]: readonly KerasNote[]): KerasFormatError {
  const { where, what } = note as KerasNote;
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return new KerasFormatError(`${where}: ${what}${more}; strict takes no such model`);
}
