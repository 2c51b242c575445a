import * as tfl from '@tensorflow/tfjs-layers';
import type { Layer } from '../tfjs/classes.js';
import { fields, isKeras, nameOf, only, type Rule, same, tfjsName, WITH_STATES } from './fields.js';
import {
  assertKerasObject,
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  show,
} from './format.js';
import { kindOf, layerName, naming, readLayer } from './layers.js';
import { MaskFlow } from './masks.js';
import { operatorAsLayer } from './operators.js';
import { WholeNumbers } from './whole-numbers.js';

type Model = tfl.LayersModel;
type Symbolic = tfl.SymbolicTensor;

/** A model and its layers, in Keras's order, each with what Keras wrote about it: what the weights are found by. */
export interface ReadModel {
  model: Model;
  /** The model's name as Keras wrote it; tfjs cannot have every one. */
  name: string;
  layers: { config: KerasObject; layer: Layer; inner?: ReadModel }[];
  /** Some layer gives another output under a mask. */
  heedsMasks: boolean;
}

const dtype: Rule = (value, where) => {
  const name = isObject(value) && isObject(value.config ?? null) ? (value.config as JsonObject).name : value;
  // Whole numbers that tfjs holds in int32; beyond 2³¹ − 1 nobody counts in an input.
  if (typeof name === 'string' && /^u?int(8|16|32|64)$/.test(name)) return 'int32';
  if (name === null) return undefined;
  if (typeof name !== 'string' || !['float32', 'bool'].includes(name))
    throw new KerasFormatError(
      `${where} is ${show(value)}, and tfjs has only float32, whole numbers and bool`,
    );
  return name;
};

const inputRules: Record<string, Rule> = {
  name: nameOf,
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
  masks: MaskFlow;
  wholes: WholeNumbers;
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
  const made: Layer[] = [];
  try {
    const masks = new MaskFlow();
    const read = readModel(value, { fast, shared: new Map(), made, masks, wholes: new WholeNumbers() });
    masks.check();
    return read;
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
  const before = context.masks.heeding;
  const read =
    value.class_name === 'Sequential'
      ? readSequential(value, context)
      : value.class_name === 'Functional' || value.class_name === 'Model'
        ? readFunctional(value, context)
        : undefined;
  if (read) return { ...read, heedsMasks: context.masks.heeding > before };
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

const isModel = ({ config }: KerasObject) => Array.isArray(config.layers);

function readNew(config: KerasObject, context: Context): ReadModel['layers'][number] {
  if (isModel(config)) {
    const inner = readModel(config, context);
    return { config, layer: inner.model as unknown as Layer, inner };
  }
  const wrapped = config.config.layer ?? null;
  if (config.class_name === 'TimeDistributed' && isObject(wrapped) && isModel(wrapped as KerasObject)) {
    const inner = readModel(wrapped as KerasObject, context);
    const args = fields(
      { ...config.config, layer: null },
      { ...kindOf(config).rules, layer: () => inner.model },
      layerName(config),
    );
    return { config, layer: tfl.layers.timeDistributed(args as never), inner };
  }
  const layer = readLayer(config);
  context.made.push(layer);
  if (context.fast) layer.setFastWeightInitDuringBuild(true);
  return { config, layer };
}

const layerList = (value: KerasObject): KerasObject[] =>
  (value.config.layers as Json[]).map((layer, i) => {
    assertKerasObject(`${layerName(value)}.layers[${i}]`, layer);
    return layer;
  });

/** An input, with the layers that take it. */
function readInput(config: KerasObject, takers: KerasObject[], { wholes }: Context): Symbolic {
  const read = fields(config.config, inputRules, layerName(config)) as {
    batchShape?: number[];
    dtype?: string;
  };
  // Every layer of Keras but an embedding computes in float32, whatever it gets; tfjs casts what it is fed.
  if (read.dtype !== undefined && !takers.every(({ class_name }) => class_name === 'Embedding'))
    read.dtype = 'float32';
  if (!Array.isArray(read.batchShape))
    throw new KerasFormatError(`${layerName(config)}.batch_shape is ${show(config.config.batch_shape)}`);
  if (read.batchShape.length < 2)
    throw new KerasFormatError(
      `${layerName(config)}.batch_shape is ${show(read.batchShape)}: tfjs takes no single numbers`,
    );
  const input = tfl.input(read as Parameters<typeof tfl.input>[0]);
  wholes.input(input, config.config.dtype);
  return input;
}

function readSequential(value: KerasObject, context: Context): Omit<ReadModel, 'heedsMasks'> {
  const where = layerName(value);
  const { name, trainable, dtype: _, layers: __, build_input_shape: shape, ...rest } = value.config;
  refuseUnknown(rest, where);
  const configs = layerList(value);
  const first = configs[0]?.class_name === 'InputLayer' ? configs[0] : undefined;
  const input = first
    ? readInput(first, configs.slice(1, 2), context)
    : Array.isArray(shape)
      ? tfl.input({ batchShape: shape as number[] })
      : undefined;
  if (!input)
    throw new KerasFormatError(
      `${where} was never built: it has neither an InputLayer nor build_input_shape`,
    );
  const model = tfl.sequential({ name: tfjsName(String(name)) });
  model.add(input.sourceLayer);
  const read: ReadModel['layers'] = first ? [{ config: first, layer: input.sourceLayer }] : [];
  for (const config of configs.slice(first ? 1 : 0)) {
    const entry = readAny(config, context);
    const inputs = model.outputs;
    naming(layerName(config), () => model.add(entry.layer));
    context.masks.call(config, entry, inputs, model.outputs);
    context.wholes.call(config, entry.inner, inputs, model.outputs);
    read.push(entry);
  }
  if (trainable === false) model.trainable = false;
  return { model, name: String(name), layers: read };
}

function readFunctional(value: KerasObject, context: Context): Omit<ReadModel, 'heedsMasks'> {
  const where = layerName(value);
  const { name, trainable, dtype: _, layers: __, input_layers, output_layers, ...rest } = value.config;
  refuseUnknown(rest, where);
  const configs = layerList(value).map(operatorAsLayer);
  /** The outputs of each call of each layer, calls in Keras's order. */
  const calls = new Map<string, Symbolic[][]>();
  const keyOf = (config: KerasObject) => String(config.name ?? config.config.name);
  const read: ReadModel['layers'] = [];
  const waiting: { entry: ReadModel['layers'][number]; nodes: Call[]; made: Symbolic[][] }[] = [];
  const masks = maskNodes(configs);
  for (const config of configs) {
    if (masks.has(keyOf(config))) continue;
    const made: Symbolic[][] = [];
    calls.set(keyOf(config), made);
    if (config.class_name === 'InputLayer') {
      const takers = configs.filter(
        (taker) =>
          !masks.has(keyOf(taker)) &&
          leaves(taker.inbound_nodes, isTensor).some((one) => historyOf(one)?.[0] === keyOf(config)),
      );
      const input = readInput(config, takers, context);
      made.push([input]);
      read.push({ config, layer: input.sourceLayer });
      continue;
    }
    if (!isModel(config)) kindOf(config);
    const nodes = inboundNodes(config);
    const entry = readAny(config, context);
    read.push(entry);
    waiting.push({ entry, nodes, made });
  }
  const tensor = ([layer, call, index]: History) => calls.get(layer)?.[call]?.[index];

  // Each layer's calls are made in order, each as soon as its inputs are there.
  for (let progress = true; progress; ) {
    progress = false;
    for (const { entry, nodes, made } of waiting) {
      for (let node = nodes[made.length]; node; node = nodes[made.length]) {
        const inputs = node.inputs.map(tensor);
        if (!inputs.every((one) => one !== undefined)) break;
        const { config, layer } = entry;
        const outputs = naming(layerName(config), () =>
          layer.apply(inputs.length === 1 ? inputs[0] : inputs),
        );
        made.push([outputs].flat() as Symbolic[]);
        const mask = node.mask && (masks.get(node.mask[0]) ?? null);
        context.masks.call(config, entry, inputs, made.at(-1) as Symbolic[], mask);
        context.wholes.call(config, entry.inner, inputs, made.at(-1) as Symbolic[]);
        progress = true;
      }
    }
  }
  for (const { entry, nodes, made } of waiting)
    if (made.length < nodes.length)
      throw new KerasFormatError(
        `${layerName(entry.config)}.inbound_nodes name a layer or output that is not there`,
      );

  const ends = (field: string, ends: Json | undefined): Symbolic[] =>
    histories(`${where}.${field}`, ends).map((history) => {
      const [layer, call, index] = history;
      // Here, other than in inbound_nodes, Keras counts the calls of a Functional model from 1.
      const inner = configs.find((config) => keyOf(config) === layer && isModel(config));
      const found = tensor(inner && inner.class_name !== 'Sequential' ? [layer, call - 1, index] : history);
      if (!found) throw new KerasFormatError(`${where}.${field} names ${show(history)}, which is not there`);
      return found;
    });
  const outputs = ends('output_layers', output_layers);
  if (new Set(outputs).size < outputs.length)
    throw new KerasFormatError(`${where}.output_layers has an output twice, which tfjs cannot give`);
  const inputs = ends('input_layers', input_layers);
  const model = naming(where, () => tfl.model({ inputs, outputs, name: tfjsName(String(name)) }));
  if (trainable === false) model.trainable = false;
  return { model, name: String(name), layers: read };
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

/** What stands in a structure of lists and dictionaries, in Keras's order: a dictionary in that of its keys. */
function leaves(value: Json | undefined, isLeaf: (value: Json | undefined) => boolean): (Json | undefined)[] {
  if (isLeaf(value) || typeof value !== 'object' || value === null) return [value];
  const parts = Array.isArray(value)
    ? value
    : Object.keys(value)
        .sort()
        .map((key) => value[key]);
  return parts.flatMap((part) => leaves(part, isLeaf));
}

/** Inputs or outputs of a model: one flat `["in", 0, 0]`, or a structure of those. */
function histories(where: string, value: Json | undefined): History[] {
  const list = leaves(value, isHistory);
  if (!list.every(isHistory)) throw new KerasFormatError(`${where} is ${show(value)}, which cannot be read`);
  return list;
}

const isTensor = (value: Json | undefined): value is JsonObject =>
  isObject(value) && value.class_name === '__keras_tensor__';

function historyOf(value: Json | undefined): History | undefined {
  const history = isTensor(value) && isObject(value.config) ? value.config.keras_history : undefined;
  return isHistory(history) ? history : undefined;
}

/**
 * The nodes by which Keras writes the masks of a model down, `keras.ops.not_equal(ids, 0)` for an `Embedding`, each with the layer that the
 * mask is of: here masks find their way without them.
 */
function maskNodes(configs: KerasObject[]): Map<string, KerasObject> {
  const inputsOf = ({ inbound_nodes: nodes }: KerasObject) =>
    (Array.isArray(nodes) ? nodes : []).map((node) =>
      isObject(node) && Array.isArray(node.args) ? node.args : [],
    );
  const key = (value: Json | undefined) => JSON.stringify(historyOf(value));
  const found = new Map<string, KerasObject>();
  for (const config of configs) {
    const [[input, value] = []] = inputsOf(config);
    const name = String(config.name ?? config.config.name);
    const source = configs.find(
      ({ class_name, config: { mask_zero, mask_value } }, i) =>
        inputsOf(configs[i] as KerasObject).some(([one]) => key(one) === key(input)) &&
        ((class_name === 'Embedding' && mask_zero === true && value === 0) ||
          (class_name === 'Masking' && mask_value === value)),
    );
    if (config.class_name === 'NotEqual' && source) found.set(name, source);
    const [compared] = historyOf(input) ?? [];
    const masking = compared === undefined ? undefined : found.get(compared);
    if (config.class_name === 'Any' && masking?.class_name === 'Masking') found.set(name, masking);
  }
  return found;
}

/** A call of a layer. */
interface Call {
  inputs: History[];
  /** The tensor that Keras gives as the mask. */
  mask: History | undefined;
}

function inboundNodes(config: KerasObject): Call[] {
  const where = `${layerName(config)}.inbound_nodes`;
  if (!Array.isArray(config.inbound_nodes))
    throw new KerasFormatError(`${where} is ${show(config.inbound_nodes)}`);
  return config.inbound_nodes.map((node) => {
    if (!isObject(node) || !Array.isArray(node.args) || !isObject(node.kwargs))
      throw new KerasFormatError(`${where} has ${show(node)}, which cannot be read`);
    const { training = null, mask, inputs, sequences, initial_state: states = null, ...others } = node.kwargs;
    const masks = leaves(mask ?? null, isTensor).filter((one) => one !== null);
    const masked = historyOf(masks[0]);
    if (masks.length > 1 || (masks.length === 1 && !masked)) others.mask = mask as Json;
    if (states !== null && !WITH_STATES.includes(config.class_name)) others.initial_state = states;
    for (const [key, value] of Object.entries(others))
      if (value !== null)
        throw new KerasFormatError(`${where} has the argument ${key}: ${show(value)}, which cannot be read`);
    // `False` means nothing: Keras overrides it by `fit` and by `predict`, and writes it for every Dropout.
    if (training !== null && training !== false && TRAINS.test(config.class_name))
      throw new KerasFormatError(
        `${where} has the argument training: ${show(training)}, which tfjs cannot fix at a call`,
      );
    const [only = inputs ?? sequences, ...rest] = node.args;
    if (rest.some((value) => value !== null))
      throw new KerasFormatError(
        `${where} has ${node.args.length} arguments, of which only the first can be read`,
      );
    const tensors = [...leaves(only, isTensor), ...(states === null ? [] : leaves(states, isTensor))];
    return {
      mask: masked,
      inputs: tensors.map((one) => {
        const history = historyOf(one);
        if (!history)
          throw new KerasFormatError(`${where} has the input ${show(one)}, which is no tensor of the model`);
        return history;
      }),
    };
  });
}

/** Layers that compute something else in training. */
const TRAINS =
  /Dropout|Noise|BatchNormalization|LSTM|GRU|RNN|Bidirectional|TimeDistributed|Sequential|Functional/;
