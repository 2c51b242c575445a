import { tidy } from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { type AttentionCall, AttentionLayer } from '../layers/keras/attention.js';
import { operation } from '../layers/keras/operations.js';
import type { Layer } from '../tfjs/classes.js';
import { assertCalled } from './called.js';
import { canonical, isKeras3 } from './dialect.js';
import { disposeWhole } from './disposal.js';
import { dropped, fields, nameOf, only, type Rule, tfjsName, typeName } from './fields.js';
import {
  assertKerasObject,
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  show,
} from './format.js';
import { layerName, naming } from './kind.js';
import { kindOf, kinds, readLayer } from './layers.js';
import { MaskFlow } from './masks.js';
import {
  type Call,
  type History,
  histories,
  historyOf,
  inboundNodes,
  isTensor,
  leaves,
  maskNodes,
  operatorCalls,
} from './nodes.js';
import { operatorAsLayer, readOperator } from './operators.js';
import { assertReadable } from './readable.js';
import { type CustomObjects, type KerasNote, Reading } from './reading.js';
import { predictTexts } from './texts.js';
import { type Asset, withVocabularies } from './vocabularies.js';
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

const dtype: Rule = (value, where, reading) => {
  const name = typeName(value);
  // Whole numbers that tfjs holds in int32; beyond 2³¹ − 1 nobody counts in an input.
  if (typeof name === 'string' && /^u?int(8|16|32|64)$/.test(name)) return 'int32';
  if (name === null) return undefined;
  if (typeof name === 'string' && /float(16|64)$/.test(name)) {
    reading.note(where, `${name} is computed in float32`);
    return 'float32';
  }
  if (typeof name !== 'string' || !['float32', 'bool', 'string'].includes(name))
    throw new KerasFormatError(
      `${where} is ${show(value)}, and tfjs has only float32, whole numbers, bool and string`,
    );
  return name;
};

/** A list of sizes, of which null are not known. */
const inputShape: Rule = (value, where) => {
  if (value === null) return undefined;
  if (!Array.isArray(value) || !value.every(isSize))
    throw new KerasFormatError(`${where} is ${show(value)}, and must be a list of sizes`);
  return value;
};

const isSize = (size: unknown): boolean => size === null || (Number.isInteger(size) && (size as number) >= 0);

/** Refuses outputs of a shape that nothing can have: tfjs computes one from any numbers. */
function assertShapes(config: KerasObject, outputs: Symbolic[]): void {
  for (const { shape } of outputs)
    if (!shape.every(isSize))
      throw new KerasFormatError(`${layerName(config)} would give the shape [${shape}]`);
}

const inputRules: Record<string, Rule> = {
  name: nameOf,
  trainable: dropped,
  batch_shape: inputShape,
  dtype,
  sparse: only(false, null),
  ragged: only(false, null),
  optional: only(false, null),
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
  reading: Reading;
}

export interface ReadOptions {
  /** Leave out the initializers, for weights that will be set. */
  fast: boolean;
  /** Classes and functions of the user's, by the names that Keras knows them by. */
  customObjects?: CustomObjects;
  /** Files beside the topology, where some layers have their words. */
  asset?: Asset | undefined;
}

/** Frees weights. `model.dispose()` never frees those of a shared layer, and throws for a shared model. */
export function free(weights: tfl.LayerVariable[]): void {
  for (const weight of new Set(weights)) weight.dispose();
}

/**
 * Builds the model that a topology of Keras describes. `fast` leaves out the initializers, for weights that will be set.
 *
 * tfjs's own reader is not used: it re-cases every string, and where a shared layer's second call can be made before its first, it
 * numbers the calls in another order than Keras and connects the wrong tensors.
 */
export function readTopology(
  value: KerasObject,
  { fast, customObjects = {}, asset }: ReadOptions,
): ReadModel & { notes: readonly KerasNote[] } {
  const made: Layer[] = [];
  const reading: Reading = new Reading(customObjects, (inner) => {
    const layer = readLayer(inner, reading);
    made.push(layer);
    return layer;
  });
  const plain = canonical(value, !isKeras3(value));
  const known = asset ? withVocabularies(plain, asset) : plain;
  try {
    assertCalled(known);
    assertReadable(known, customObjects);
    const masks = new MaskFlow();
    const wholes = new WholeNumbers();
    const context = { fast, shared: new Map(), made, masks, wholes, reading };
    // Some of tfjs's initializers leave tensors behind.
    const read = tidied(() => readModel(known, context));
    masks.check();
    disposeWhole(read.model, made);
    predictTexts(read.model);
    return { ...read, notes: reading.notes };
  } catch (error) {
    free(made.flatMap((layer) => (layer.built ? layer.weights : [])));
    throw error;
  }
}

function tidied<T>(make: () => T): T {
  let made: T | undefined;
  tidy(() => {
    made = make();
  });
  return made as T;
}

function readModel(value: KerasObject, context: Context): ReadModel {
  const before = context.masks.heeding;
  const read =
    value.class_name === 'Sequential'
      ? readSequential(value, context)
      : value.class_name === 'Functional'
        ? readFunctional(value, context)
        : undefined;
  if (read) return { ...read, heedsMasks: context.masks.heeding > before };
  throw new KerasFormatError(
    `${layerName(value)} is a model class of its own, whose computation is Python code and not in the file: build it anew as a Functional model, and save that`,
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
      context.reading,
    );
    return { config, layer: tfl.layers.timeDistributed(args as never), inner };
  }
  const layer = readLayer(config, context.reading);
  context.made.push(layer);
  if (context.fast) layer.setFastWeightInitDuringBuild(true);
  return { config, layer };
}

function listOf(value: KerasObject): Json[] {
  const { layers } = value.config;
  if (!Array.isArray(layers))
    throw new KerasFormatError(`${layerName(value)}.layers must be a list, got ${show(layers)}`);
  return layers;
}

const layerList = (value: KerasObject): KerasObject[] =>
  listOf(value).map((layer, i) => {
    assertKerasObject(`${layerName(value)}.layers[${i}]`, layer);
    return layer;
  });

/** An input, with the layers that take it. */
function readInput(config: KerasObject, takers: KerasObject[], { wholes, reading }: Context): Symbolic {
  const read = fields(config.config, inputRules, layerName(config), reading) as {
    batchShape?: number[];
    dtype?: string;
  };
  // Every layer of Keras but an embedding computes in float32, whatever it gets; tfjs casts what it is fed.
  if (read.dtype !== 'string' && !takers.every(({ class_name }) => class_name === 'Embedding'))
    read.dtype = 'float32';
  if (!Array.isArray(read.batchShape))
    throw new KerasFormatError(
      `${layerName(config)}.batch_shape is ${show(config.config.batch_shape)}, and must be a list of sizes`,
    );
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
    assertShapes(config, model.outputs);
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
  const takers = takersOf(configs.filter((config) => !masks.has(keyOf(config))));
  for (const config of configs) {
    if (masks.has(keyOf(config))) continue;
    const made: Symbolic[][] = [];
    calls.set(keyOf(config), made);
    if (config.class_name === 'InputLayer') {
      const input = readInput(config, takers.get(keyOf(config)) ?? [], context);
      made.push([input]);
      read.push({ config, layer: input.sourceLayer });
      continue;
    }
    const operator = readOperator(config);
    if (operator) context.made.push(operator);
    const entry = operator ? { config, layer: operator } : readAny(config, context);
    const nodes = operator ? operatorCalls(config) : inboundNodes(config, signatureOf(config));
    read.push(entry);
    waiting.push({ entry, nodes, made });
  }
  const tensor = ([layer, call, index]: History) => calls.get(layer)?.[call]?.[index];

  // Each layer's calls are made in order, each as soon as its inputs are there: who waits for a tensor is told when it comes.
  const waitingFor = new Map<string, typeof waiting>();
  const ready = [...waiting].reverse();
  for (let next = ready.pop(); next; next = ready.pop()) {
    const { entry, nodes, made } = next;
    const node = nodes[made.length];
    if (!node) continue;
    const missing = node.inputs.find((history) => tensor(history) === undefined);
    if (missing) {
      const call = callName(missing);
      const others = waitingFor.get(call);
      if (others) others.push(next);
      else waitingFor.set(call, [next]);
      continue;
    }
    const inputs = node.inputs.map(tensor) as Symbolic[];
    const { config, layer } = entry;
    if (layer instanceof AttentionLayer) naming(layerName(config), () => layer.bind(attentionCall(node)));
    const given = eachOnce(inputs);
    const outputs = naming(layerName(config), () => layer.apply(given.length === 1 ? given[0] : given));
    made.push([outputs].flat() as Symbolic[]);
    assertShapes(config, made.at(-1) as Symbolic[]);
    const mask = node.mask && (masks.get(node.mask[0]) ?? null);
    context.masks.call(config, entry, inputs, made.at(-1) as Symbolic[], mask);
    context.wholes.call(config, entry.inner, inputs, made.at(-1) as Symbolic[]);
    const call = callName([keyOf(config), made.length - 1, 0]);
    // Its own next call first, then those that waited, in the order of the file.
    ready.push(...(waitingFor.get(call) ?? []).reverse(), next);
    waitingFor.delete(call);
  }
  for (const { entry, nodes, made } of waiting)
    if (made.length < nodes.length)
      throw new KerasFormatError(
        `${layerName(entry.config)}.inbound_nodes name a layer or output that is not there`,
      );

  const models = new Map(configs.filter(isModel).map((config) => [keyOf(config), config]));
  const ends = (field: string, ends: Json | undefined): Symbolic[] =>
    histories(`${where}.${field}`, ends).map((history) => {
      const [layer, call, index] = history;
      // Here, other than in inbound_nodes, Keras counts the calls of a Functional model from 1.
      const inner = models.get(layer);
      const isCounted = inner !== undefined && inner.class_name !== 'Sequential';
      // Keras 2 counts them from 0 there, too.
      const found = (isCounted ? tensor([layer, call - 1, index]) : undefined) ?? tensor(history);
      if (!found) throw new KerasFormatError(`${where}.${field} names ${show(history)}, which is not there`);
      return found;
    });
  const outputs = ends('output_layers', output_layers);
  if (outputs.length === 0)
    throw new KerasFormatError(`${where}.output_layers is empty, so the model gives nothing`);
  // tfjs gives no tensor twice.
  const given = new Set<Symbolic>();
  for (const [i, output] of outputs.entries())
    if (given.has(output)) {
      const again = operation('Identity')({ name: `${output.sourceLayer.name}_again_${i}` });
      outputs[i] = again.apply(output) as Symbolic;
    } else given.add(output);
  const inputs = ends('input_layers', input_layers);
  const model = naming(where, () => tfl.model({ inputs, outputs, name: tfjsName(String(name)) }));
  if (trainable === false) model.trainable = false;
  return { model, name: String(name), layers: read };
}

/** Inputs of which none is there twice: tfjs frees such a one before the next layer has it. */
function eachOnce(inputs: Symbolic[]): Symbolic[] {
  const given = new Set<Symbolic>();
  return inputs.map((input) => {
    if (given.has(input)) return operation('Identity')({}).apply(input) as Symbolic;
    given.add(input);
    return input;
  });
}

/** A call of a layer, as a key. */
const callName = ([layer, call]: History): string => `${call} ${layer}`;

/** The layers that take the output of each layer, by its name. */
function takersOf(configs: KerasObject[]): Map<string, KerasObject[]> {
  const takers = new Map<string, KerasObject[]>();
  for (const taker of configs) {
    const tensors = leaves(taker.inbound_nodes, isTensor).map((one) => historyOf(one)?.[0]);
    for (const name of new Set(tensors)) {
      if (name === undefined) continue;
      const others = takers.get(name);
      if (others) others.push(taker);
      else takers.set(name, [taker]);
    }
  }
  return takers;
}

/** Names of what a call of a layer is given; the user's own layers take tensors. */
const signatureOf = ({ class_name }: KerasObject) =>
  Object.hasOwn(kinds, class_name) ? kinds[class_name]?.signature : undefined;

/** A call of an attention layer: Keras's own names the query, value and key apart, or gives them as a list. */
function attentionCall({ named: { roles, values } }: Call): AttentionCall {
  const list = ['query', 'value', 'key'];
  return {
    roles: roles.map((role, i) => (role === 'inputs' ? (list[i] as string) : role)),
    isCausal: values.use_causal_mask === true,
    returnsScores: values.return_attention_scores === true,
  };
}

function refuseUnknown(rest: JsonObject, where: string): void {
  for (const [key, value] of Object.entries(rest))
    if (value !== null && value !== false && key !== 'batch_shape')
      throw new KerasFormatError(`${where}.${key} is ${show(value)}: a field that cannot be read`);
}
