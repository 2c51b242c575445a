import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Layer } from '../../tfjs/classes.js';
import {
  assertKerasObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  layerName,
  show,
} from '../format.js';
import type { MaskFlow } from '../masks.js';
import type { Reading } from '../reading.js';
import type { WholeNumbers } from '../whole-numbers.js';

/** A model and its layers, in Keras's order, each with what Keras wrote about it: what the weights are found by. */
export interface ReadModel {
  model: LayersModel;
  /** The model's name as Keras wrote it; tfjs cannot have every one. */
  name: string;
  layers: Entry[];
  /** Some layer gives another output under a mask. */
  heedsMasks: boolean;
}

type Wrapper = Layer & { layer?: Layer };

/** A layer of a model, with what Keras wrote of it, and what was read of a model within the model. */
export interface Entry {
  config: KerasObject;
  layer: Layer;
  inner?: ReadModel;
}

export interface Context {
  /** Leave out the initializers: the weights will be set. */
  fast: boolean;
  /** Layers and models by the number under which an archive says that two objects are the same. */
  shared: Map<Json, Entry>;
  /** Every layer that was made, so that nothing is left when reading fails. */
  made: Layer[];
  isKeras3: boolean;
  masks: MaskFlow;
  wholes: WholeNumbers;
  reading: Reading;
  /** Reads a layer, or a model within the model. */
  readAny(config: KerasObject): Entry;
}

/** Numbers of one example that no array can hold. */
const MOST = 2 ** 31;

/** Refuses outputs of a shape that nothing can have: tfjs computes one from any numbers. */
export function assertShapes(config: KerasObject, outputs: SymbolicTensor[]): void {
  for (const { shape } of outputs)
    if (!shape.every(isSize) || shape.reduce<number>((all, size) => all * (size ?? 1), 1) >= MOST)
      throw new KerasFormatError(`${layerName(config)} would give the shape [${shape}]`);
}

/** Refuses tensors of another shape than a layer within the layer takes, of which tfjs hears when it predicts. */
export function assertTakes(
  { config, layer, inner }: Entry,
  inputs: SymbolicTensor[],
  { isKeras3 }: Context,
): void {
  const steps = (inputs[0]?.shape ?? []).toSpliced(1, 1);
  const taken =
    config.class_name === 'TimeDistributed' ? (layer as Wrapper).layer?.inputSpec?.[0]?.ndim : null;
  if (taken != null && taken !== steps.length)
    throw new KerasFormatError(
      `${layerName(config)} takes inputs of ${taken + 1} dimensions, and is given ${show(inputs[0]?.shape ?? [])}`,
    );
  if (!inner || layer !== (inner.model as unknown)) return;
  for (const [i, { shape }] of inner.model.inputs.entries()) {
    const given = inputs[i]?.shape ?? [];
    // Keras 2 warns of another size, and computes on where the layers within take it.
    const fits = (size: number | null, at: number) =>
      at === 0 || !isKeras3 || size === null || given[at] === null || size === given[at];
    if (given.length !== shape.length || !shape.every(fits))
      throw new KerasFormatError(
        `${layerName(config)} takes the shape ${show(shape)}, and is given ${show(given)}`,
      );
  }
}

export const isModel = ({ config }: KerasObject): boolean => Array.isArray(config.layers);

/** A size of a shape: null where it is not known. */
export const isSize = (size: unknown): boolean =>
  size === null || (Number.isInteger(size) && (size as number) >= 0);

function listOf(value: KerasObject): Json[] {
  const { layers } = value.config;
  if (!Array.isArray(layers))
    throw new KerasFormatError(`${layerName(value)}.layers must be a list, got ${show(layers)}`);
  return layers;
}

/** The layers of a model, as Keras wrote them. */
export const layerList = (value: KerasObject): KerasObject[] =>
  listOf(value).map((layer, i) => {
    assertKerasObject(`${layerName(value)}.layers[${i}]`, layer);
    return layer;
  });

/** Refuses fields of a model that nobody knows, unless they are off. */
export function refuseUnknown(rest: JsonObject, where: string): void {
  for (const [key, value] of Object.entries(rest))
    if (value !== null && value !== false && key !== 'batch_shape')
      throw new KerasFormatError(`${where}.${key} is ${show(value)}: a field that cannot be read`);
}
