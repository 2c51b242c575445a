import * as tfl from '@tensorflow/tfjs-layers';
import type { Layer } from '../_tfjs.js';
import { fields, isKeras, only, type Rule, same } from './_fields.js';
import {
  assertKerasObject,
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  show,
} from './_format.js';
import { layerName, readLayer } from './_layers.js';

type Model = tfl.LayersModel;
type Symbolic = tfl.SymbolicTensor;

/** A model and its layers, in Keras's order, each with what Keras wrote about it: what the weights are found by. */
export interface ReadModel {
  model: Model;
  layers: { config: KerasObject; layer: Layer; inner?: ReadModel }[];
}

const dtype: Rule = (value, where) => {
  const name = isObject(value) && isObject(value.config ?? null) ? (value.config as JsonObject).name : value;
  if (name === 'int64') return 'int32';
  if (name === null) return undefined;
  if (typeof name !== 'string' || !['float32', 'int32', 'bool'].includes(name))
    throw new KerasFormatError(`${where} is ${show(value)}, and tfjs has only float32, int32 and bool`);
  return name;
};

const inputRules: Record<string, Rule> = {
  name: same,
  batch_shape: same,
  dtype,
  sparse: only(false),
  ragged: only(false),
  optional: only(false),
};

interface Context {
  /** Leave out the initializers: the weights will be set. */
  fast: boolean;
  /** Layers and models by the number under which an archive says that two objects are the same. */
  shared: Map<Json, ReadModel['layers'][number]>;
  /** Every layer that was made, so that nothing is left when reading fails. */
  made: Layer[];
}

/** Frees weights. `model.dispose()` never frees those of a shared layer, and throws for a shared model. */
export function free(weights: tfl.LayerVariable[]): void {
  for (const weight of new Set(weights)) weight.dispose();
}

/**
 * Builds the model that a Keras 3 topology describes. `fast` leaves out the initializers, for weights that will be set.
 *
 * tfjs's own reader is not used: it re-cases every string, and where a shared layer's second call can be made before its first, it
 * numbers the calls in another order than Keras and connects the wrong tensors.
 */
export function readTopology(value: KerasObject, fast: boolean): ReadModel {
  assertMasksAgree(value);
  const made: Layer[] = [];
  try {
    return readModel(value, { fast, shared: new Map(), made });
  } catch (error) {
    free(made.flatMap((layer) => layer.weights));
    throw error;
  }
}

function readModel(value: KerasObject, context: Context): ReadModel {
  if (!isKeras(value, 'keras'))
    throw new KerasFormatError(
      `${layerName(value)} is of a class that cannot be read: ${show(value.registered_name)}`,
    );
  if (value.class_name === 'Sequential') return readSequential(value, context);
  if (value.class_name === 'Functional' || value.class_name === 'Model')
    return readFunctional(value, context);
  throw new KerasFormatError(
    `${layerName(value)} is neither a Sequential nor a Functional model, so its computation is not in the file`,
  );
}

function readAny(config: KerasObject, context: Context): ReadModel['layers'][number] {
  const id = config.shared_object_id ?? null;
  const same = id === null ? undefined : context.shared.get(id);
  if (same) return { ...same, config };
  const read = readNew(config, context);
  if (id !== null) context.shared.set(id, read);
  return read;
}

function readNew(config: KerasObject, context: Context): ReadModel['layers'][number] {
  if (Array.isArray(config.config.layers)) {
    const inner = readModel(config, context);
    return { config, layer: inner.model as unknown as Layer, inner };
  }
  const layer = readLayer(config);
  context.made.push(layer);
  if (context.fast) layer.setFastWeightInitDuringBuild(true);
  return { config, layer };
}

/** A Bidirectional of Keras puts zeros where the input is masked, tfjs repeats the last output: that matters only under a mask. */
function assertMasksAgree(topology: KerasObject): void {
  const objects: KerasObject[] = [];
  const visit = (value: Json) => {
    if (isObject(value) && typeof value.class_name === 'string') objects.push(value as KerasObject);
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit(topology);
  const mask = objects.find(
    ({ class_name, config }) => class_name === 'Masking' || (isObject(config) && config.mask_zero === true),
  );
  const zeros = objects.find(({ config }) => isObject(config) && config.zero_output_for_mask === true);
  if (mask && zeros)
    throw new KerasFormatError(
      `${layerName(zeros)}.zero_output_for_mask is true, which tfjs cannot do for the mask of ${layerName(mask)}`,
    );
}

const layerList = (value: KerasObject): KerasObject[] =>
  (value.config.layers as Json[]).map((layer, i) => {
    assertKerasObject(`${layerName(value)}.layers[${i}]`, layer);
    return layer;
  });

function readInput(config: KerasObject): Symbolic {
  const read = fields(config.config, inputRules, layerName(config)) as { batchShape?: number[] };
  if (!Array.isArray(read.batchShape))
    throw new KerasFormatError(`${layerName(config)}.batch_shape is ${show(config.config.batch_shape)}`);
  return tfl.input(read);
}

function readSequential(value: KerasObject, context: Context): ReadModel {
  const where = layerName(value);
  const { name, trainable, dtype: _, layers: __, build_input_shape: shape, ...rest } = value.config;
  refuseUnknown(rest, where);
  const configs = layerList(value);
  const first = configs[0]?.class_name === 'InputLayer' ? configs[0] : undefined;
  const input = first
    ? readInput(first)
    : Array.isArray(shape)
      ? tfl.input({ batchShape: shape as number[] })
      : undefined;
  if (!input)
    throw new KerasFormatError(
      `${where} was never built: it has neither an InputLayer nor build_input_shape`,
    );
  const model = tfl.sequential({ name: String(name) });
  model.add(input.sourceLayer);
  const read: ReadModel['layers'] = first ? [{ config: first, layer: input.sourceLayer }] : [];
  for (const config of configs.slice(first ? 1 : 0)) {
    const entry = readAny(config, context);
    model.add(entry.layer);
    read.push(entry);
  }
  if (trainable === false) model.trainable = false;
  return { model, layers: read };
}

function readFunctional(value: KerasObject, context: Context): ReadModel {
  const where = layerName(value);
  const { name, trainable, dtype: _, layers: __, input_layers, output_layers, ...rest } = value.config;
  refuseUnknown(rest, where);
  const configs = layerList(value);
  /** The outputs of each call of each layer, calls in Keras's order. */
  const calls = new Map<string, Symbolic[][]>();
  const read = configs.map((config): ReadModel['layers'][number] => {
    const key = String(config.name ?? config.config.name);
    if (config.class_name !== 'InputLayer') {
      calls.set(key, []);
      return readAny(config, context);
    }
    const input = readInput(config);
    calls.set(key, [[input]]);
    return { config, layer: input.sourceLayer };
  });
  const tensor = ([layer, call, index]: History) => calls.get(layer)?.[call]?.[index];

  // Each layer's calls are made in order, each as soon as its inputs are there.
  const waiting = read
    .filter(({ config }) => config.class_name !== 'InputLayer')
    .map(({ config, layer }) => ({ config, layer, nodes: inboundNodes(config) }));
  for (let progress = true; progress; ) {
    progress = false;
    for (const { config, layer, nodes } of waiting) {
      const made = calls.get(String(config.name ?? config.config.name)) as Symbolic[][];
      for (let node = nodes[made.length]; node; node = nodes[made.length]) {
        const inputs = node.map(tensor);
        if (!inputs.every((one) => one !== undefined)) break;
        const outputs = layer.apply(inputs.length === 1 ? inputs[0] : inputs);
        made.push([outputs].flat() as Symbolic[]);
        progress = true;
      }
    }
  }
  for (const { config, nodes } of waiting)
    if ((calls.get(String(config.name ?? config.config.name)) as Symbolic[][]).length < nodes.length)
      throw new KerasFormatError(
        `${layerName(config)}.inbound_nodes name a layer or output that is not there`,
      );

  const ends = (field: string, ends: Json | undefined): Symbolic[] =>
    histories(`${where}.${field}`, ends).map((history) => {
      const found = tensor(history);
      if (!found) throw new KerasFormatError(`${where}.${field} names ${show(history)}, which is not there`);
      return found;
    });
  const model = tfl.model({
    inputs: ends('input_layers', input_layers),
    outputs: ends('output_layers', output_layers),
    name: String(name),
  });
  if (trainable === false) model.trainable = false;
  return { model, layers: read };
}

function refuseUnknown(rest: JsonObject, where: string): void {
  for (const [key, value] of Object.entries(rest))
    throw new KerasFormatError(`${where}.${key} is ${show(value)}: a field that cannot be read`);
}

/** Layer, call and output by which Keras names a tensor. */
type History = [layer: string, call: number, output: number];

const isHistory = (value: Json | undefined): value is History =>
  Array.isArray(value) &&
  value.length === 3 &&
  typeof value[0] === 'string' &&
  typeof value[1] === 'number' &&
  typeof value[2] === 'number';

/** Inputs or outputs: one flat `["in", 0, 0]`, a list of those, or a dictionary, which Keras takes in the order of its keys. */
function histories(where: string, value: Json | undefined): History[] {
  if (isHistory(value)) return [value];
  const list = isObject(value)
    ? Object.keys(value)
        .sort()
        .map((key) => value[key])
    : value;
  if (!Array.isArray(list) || !list.every(isHistory))
    throw new KerasFormatError(`${where} is ${show(value)}, which cannot be read`);
  return list;
}

/** The inputs of every call of a layer. */
function inboundNodes(config: KerasObject): History[][] {
  const where = `${layerName(config)}.inbound_nodes`;
  if (!Array.isArray(config.inbound_nodes))
    throw new KerasFormatError(`${where} is ${show(config.inbound_nodes)}`);
  return config.inbound_nodes.map((node) => {
    if (!isObject(node) || !Array.isArray(node.args) || !isObject(node.kwargs))
      throw new KerasFormatError(`${where} has ${show(node)}, which cannot be read`);
    const { training, ...others } = node.kwargs;
    for (const [key, value] of Object.entries(others))
      if (value !== null)
        throw new KerasFormatError(`${where} has the argument ${key}: ${show(value)}, which cannot be read`);
    if (training != null) checkTrainingArgument(config, training);
    const [only, ...rest] = node.args;
    if (rest.some((value) => value !== null))
      throw new KerasFormatError(
        `${where} has ${node.args.length} arguments, of which only the first can be read`,
      );
    const tensors = Array.isArray(only) ? only : [only];
    return tensors.map((one) => {
      const history =
        isObject(one) && one.class_name === '__keras_tensor__' && isObject(one.config ?? null)
          ? (one.config as JsonObject).keras_history
          : undefined;
      if (!isHistory(history))
        throw new KerasFormatError(`${where} has the input ${show(one)}, which is no tensor of the model`);
      return history;
    });
  });
}

/** Layers that compute something else in training. */
const TRAINING =
  /Dropout|Noise|BatchNormalization|LSTM|GRU|RNN|Bidirectional|TimeDistributed|Sequential|Functional/;

/** `training: false` at a call changes nothing but training; where it would, tfjs cannot do it. */
function checkTrainingArgument(config: KerasObject, training: Json = null): void {
  if (training !== null && (training !== false || TRAINING.test(config.class_name)))
    throw new KerasFormatError(
      `${layerName(config)}.inbound_nodes has the argument training: ${show(training)}, which tfjs cannot fix at a call`,
    );
}
