import type { io } from '@tensorflow/tfjs-core';
import { isObject, type Json, type JsonObject, KerasFormatError, show, unreachable } from '../format.js';
import { assertJsonDepth } from '../json.js';
import type { Settings } from '../options.js';
import { alone, readManifest, readParts } from './manifest.js';
import { readStream } from './network.js';
import type { Place } from './place.js';
import { checkedSpecs, totalBytes } from './specs.js';

/** What tfjs calls artifacts, looked at: the topology is an object, and its weights are there or there is no trace of any. */
export interface Artifacts {
  topology: JsonObject;
  weights?: { specs: io.WeightsManifestEntry[]; data: ArrayBuffer[] };
  /** The rest of tfjs's artifacts, for its own models. */
  rest: Omit<io.ModelArtifacts, 'modelTopology' | 'weightSpecs' | 'weightData'>;
}

type Given = Partial<io.ModelArtifacts> & { weightsManifest?: unknown; getWeightStream?: unknown };

/** ModelArtifacts, the content of a `model.json`, or a topology by itself; its weights are read where they can be found. */
export async function completed(source: object, settings: Settings, place?: Place): Promise<Artifacts> {
  if (typeof source !== 'object' || source === null)
    throw new KerasFormatError(`the handler gives ${show(source)}, and no artifacts`);
  const given = (
    'modelTopology' in source || hasWeights(source) ? source : { modelTopology: source }
  ) as Given;
  const {
    modelTopology: topology,
    weightsManifest,
    weightSpecs,
    weightData,
    getWeightStream,
    ...rest
  } = given;
  if (!isObject(topology as Json | undefined))
    throw new KerasFormatError(`the topology must be a JSON object, got ${show(topology)}`);
  assertJsonDepth(topology, 'the topology', settings.limits.depth);
  assertLayers(topology as JsonObject, given.format);
  const artifacts = { topology: topology as JsonObject, rest };
  const weights = await findWeights(given, settings, place);
  return weights ? { ...artifacts, weights } : artifacts;
}

const hasWeights = (source: object): boolean =>
  ['weightsManifest', 'weightSpecs', 'weightData', 'getWeightStream'].some((key) => key in source);

/** The converter's other kind of model has operations of TensorFlow in place of layers. */
function assertLayers(topology: JsonObject, format: string | null | undefined): void {
  if (format === 'graph-model' || (Array.isArray(topology.node) && !('model_config' in topology)))
    throw new KerasFormatError('this is a graph model, which has no layers: load it by tf.loadGraphModel');
}

async function findWeights(given: Given, settings: Settings, place?: Place): Promise<Artifacts['weights']> {
  const { weightsManifest, weightSpecs = null, weightData = null, getWeightStream } = given;
  const manifest = weightsManifest === undefined ? undefined : readManifest(weightsManifest, settings);
  const specs = weightSpecs === null ? manifest?.specs : checkedSpecs(weightSpecs, settings);
  if (weightData !== null) {
    if (!specs)
      throw new KerasFormatError(
        'the source has weightData and no weightSpecs, which say what weights it holds',
      );
    return checked(specs, buffersOf(weightData));
  }
  if (typeof getWeightStream === 'function') {
    if (!specs)
      throw new KerasFormatError(
        'the source has getWeightStream and no weightSpecs, which say what weights it gives',
      );
    return checked(specs, [await streamed(getWeightStream.bind(given), totalBytes(specs), settings)]);
  }
  if (manifest && manifest.specs.length > 0) {
    if (!place)
      throw new KerasFormatError(
        `the weights of this model.json lie in ${show(manifest.parts)}, and where these lie is not known: give its path or URL, all its files, or ModelArtifacts with weightSpecs and weightData`,
      );
    return checked(manifest.specs, await readParts(manifest, place, settings));
  }
  if (specs && specs.length > 0)
    throw new KerasFormatError(`the source has weightSpecs of ${specs.length} weights and no weightData`);
  // A manifest of no weights says that the model has none: it is no reason to draw any.
  return manifest ? { specs: [], data: [] } : undefined;
}

async function streamed(
  open: () => ReadableStream<ArrayBuffer> | Promise<ReadableStream<ArrayBuffer>>,
  needed: number,
  { signal }: Settings,
): Promise<ArrayBuffer> {
  let read = 0;
  const take = (more: number) => {
    read += more;
    if (read > needed) throw wrongSize(read, needed);
  };
  try {
    return alone(await readStream(await open(), take, signal));
  } catch (error) {
    if (error instanceof KerasFormatError) throw error;
    throw unreachable('the stream of weights', 'could not be read', error);
  }
}

function buffersOf(data: unknown): ArrayBuffer[] {
  return (Array.isArray(data) ? data : [data]).map((one) => {
    if (one instanceof ArrayBuffer) return one;
    if (ArrayBuffer.isView(one)) return alone(new Uint8Array(one.buffer, one.byteOffset, one.byteLength));
    throw new KerasFormatError(`weightData must be an ArrayBuffer or a list of them, got ${show(one)}`);
  });
}

const wrongSize = (bytes: number, needed: number) =>
  new KerasFormatError(`the weights of the model are ${bytes} bytes, and its manifest needs ${needed}`);

function checked(specs: io.WeightsManifestEntry[], data: ArrayBuffer[]): NonNullable<Artifacts['weights']> {
  const bytes = data.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (bytes !== totalBytes(specs)) throw wrongSize(bytes, totalBytes(specs));
  return { specs, data };
}
