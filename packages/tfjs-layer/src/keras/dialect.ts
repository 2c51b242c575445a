import {
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  layerName,
  show,
} from './format.js';

/**
 * Whether Keras 3 wrote a topology. What is in it decides, since files are patched by hand: `batch_shape`, nodes with `args`, a
 * `DTypePolicy` are of Keras 3; `batch_input_shape` and nodes that are lists are of Keras 2 and tfjs. Where neither is there the
 * version decides, and last that Keras 3 writes the module of every object.
 */
export function isKeras3(topology: Json): boolean {
  if (!isObject(topology)) return false;
  const config = topology.model_config ?? topology;
  const found = { 2: false, 3: false };
  look(config, found);
  if (found[2] || found[3]) return found[3];
  const { keras_version: version } = topology;
  if (typeof version === 'string') return /^([3-9]|\d\d)/.test(version);
  return isObject(config) && 'module' in config;
}

function look(value: Json, found: { 2: boolean; 3: boolean }): void {
  if (found[3] || typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const each of value) look(each, found);
    return;
  }
  const { class_name, config, inbound_nodes: nodes, module } = value;
  const own = isObject(config) ? config : {};
  if (class_name === 'DTypePolicy' || class_name === '__keras_tensor__') found[3] = true;
  if (class_name === 'InputLayer' && 'batch_shape' in own) found[3] = true;
  if (typeof module === 'string' && /^keras\.src\.(models|ops)\b/.test(module)) found[3] = true;
  if ('batch_input_shape' in own || (Array.isArray(nodes) && Array.isArray(nodes[0]))) found[2] = true;
  if (typeof module === 'string' && /\bengine\b/.test(module)) found[2] = true;
  for (const key of ['config', 'layers', 'layer', 'inbound_nodes', 'dtype']) look(value[key] ?? null, found);
}

/** Names of classes that versions wrote otherwise than Keras 3.15, or that are written by hand by a name that Keras exports too. */
const CLASSES: Readonly<Record<string, string>> = {
  Model: 'Functional',
  // Keras 3.0 to 3.6 (keras #20484).
  OrthogonalInitializer: 'Orthogonal',
  IdentityInitializer: 'Identity',
  STFTInitializer: 'STFT',
  GroupQueryAttention: 'GroupedQueryAttention',
  // TensorFlow 1 and the compatibility layers of TensorFlow 2.
  BatchNormalizationV1: 'BatchNormalization',
  BatchNormalizationV2: 'BatchNormalization',
  Convolution1D: 'Conv1D',
  Convolution1DTranspose: 'Conv1DTranspose',
  Convolution2D: 'Conv2D',
  Convolution2DTranspose: 'Conv2DTranspose',
  Convolution3D: 'Conv3D',
  Convolution3DTranspose: 'Conv3DTranspose',
  SeparableConvolution1D: 'SeparableConv1D',
  SeparableConvolution2D: 'SeparableConv2D',
};
const POOLING = /^(Global)?(Avg|Max)Pool([123]D)$/;

/** The name by which a class of Keras is read. */
export const kerasClass = (name: string): string =>
  Object.hasOwn(CLASSES, name)
    ? (CLASSES[name] as string)
    : name.replace(POOLING, (_, global = '', kind, rank) => {
        return `${global}${kind === 'Avg' ? 'Average' : 'Max'}Pooling${rank}`;
      });

/** What the words of a file mean. */
export interface Dialect {
  isKeras2: boolean;
  /** A Bidirectional that returns sequences zeroes the steps that a mask leaves out, which its config does not say. */
  zeroesMasked: boolean;
}

/** A Sequential as a model with a name, which Keras before 2.2.3 writes as the list of its layers. */
export function named(value: Json): Json {
  if (!isObject(value) || value.class_name !== 'Sequential' || !Array.isArray(value.config)) return value;
  return { ...value, config: { name: value.name ?? 'sequential', layers: value.config } };
}

/**
 * A model, or a layer, as Keras 3.15 would write it: other versions' names of classes, `batch_input_shape`, and the nodes of Keras 2
 * (`[["in", 0, 0, {}]]`), also where somebody wrote those into a file of Keras 3 so that tfjs loads it.
 */
export function canonical(
  given: KerasObject,
  dialect: Dialect,
  firsts: ReadonlyMap<string, number> = new Map(),
): KerasObject {
  const value = asGraph(given);
  const class_name = kerasClass(value.class_name);
  const config = configOf(class_name, value);
  if (dialect.isKeras2) keepMeaning(config);
  if (class_name === 'Bidirectional') mirrorCells(config);
  if (class_name === 'Bidirectional' && dialect.zeroesMasked) zeroMasked(config);
  const own = firstCalls(dialect.isKeras2 ? config : {});
  const inner = (each: Json): Json => {
    const layer = named(each);
    return isLayer(layer) ? canonical(layer, dialect, own) : each;
  };
  for (const key of ['layer', 'backward_layer', 'cell'])
    if (config[key] !== undefined) config[key] = inner(config[key]);
  if (Array.isArray(config.cells)) config.cells = config.cells.map(inner);
  if (Array.isArray(config.layers)) {
    const layers = class_name === 'Sequential' ? withInput(config.layers) : config.layers;
    config.layers = layers.map(inner);
    if (own.size > 0) config.output_layers = countedFrom0(config.output_layers ?? null, own);
  }
  const { inbound_nodes: nodes, registered_name: registered, ...rest } = value;
  const object: KerasObject = { ...rest, class_name, config };
  if (registered !== undefined)
    object.registered_name = registered === value.class_name ? class_name : registered;
  if (nodes !== undefined)
    object.inbound_nodes = Array.isArray(nodes) ? nodes.map((node) => readNode(node, firsts)) : nodes;
  return object;
}

/**
 * The numbers of the first calls of models within a model: 1, where no call of one is 0. Keras 2 counts from 1 where the model was made from
 * inputs (`_should_skip_first_node`), and from 0 where it got them when it was called first.
 */
function firstCalls({ layers, output_layers: outputs = null }: JsonObject): Map<string, number> {
  const firsts = new Map<string, number>();
  const list = Array.isArray(layers) ? layers.map(named).filter(isLayer) : [];
  const models = list.filter(({ config }) => Array.isArray(config.layers));
  if (models.length === 0) return firsts;
  const names = new Set(models.map(({ name = null, config }) => name ?? config.name));
  const visit = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isReference(value) && names.has(value[0])) {
      const [name, call] = value as [string, number];
      firsts.set(name, Math.min(call, firsts.get(name) ?? 1));
    }
    for (const part of Object.values(value)) visit(part);
  };
  for (const { inbound_nodes = null } of list) visit(inbound_nodes);
  visit(outputs);
  return firsts;
}

/** Outputs by calls that count from 0. */
const countedFrom0 = (value: Json, firsts: ReadonlyMap<string, number>): Json =>
  isReference(value)
    ? value.with(1, callOf(value, firsts))
    : Array.isArray(value)
      ? value.map((one) => countedFrom0(one, firsts))
      : isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, countedFrom0(one, firsts)]))
        : value;

const callOf = ([layer, call]: Json[], firsts: ReadonlyMap<string, number>): number =>
  (call as number) - (firsts.get(String(layer)) ?? 0);

/** Fields of a Sequential. */
const OF_SEQUENCE = ['name', 'trainable', 'dtype', 'layers', 'build_input_shape'];

/** A model of a class of its own, such as one with a `train_step`, as the Functional or Sequential that its config describes. */
function asGraph(value: KerasObject): KerasObject {
  const { class_name, config } = value;
  if (MODELS.includes(class_name) || !Array.isArray(config.layers)) return value;
  const isGraph = config.input_layers !== undefined && config.output_layers !== undefined;
  if (!isGraph && !Object.keys(config).every((key) => OF_SEQUENCE.includes(key))) return value;
  const registered_name = value.registered_name ?? class_name;
  return { ...value, class_name: isGraph ? 'Functional' : 'Sequential', registered_name };
}
const MODELS = ['Functional', 'Model', 'Sequential', 'Pipeline'];

/** The class of its own that a model was saved as. */
export const ownModelClass = ({ registered_name: name }: KerasObject): string | undefined =>
  typeof name === 'string' && !MODELS.includes(name.replace(/^keras>/i, '')) ? name : undefined;

/** The class by which an archive names the group of a layer. */
export const savedClass = (value: KerasObject): string =>
  ownModelClass(value)?.replace(/^.*>/, '') ?? value.class_name;

const isLayer = (value: Json | undefined): value is KerasObject =>
  isObject(value) && typeof value.class_name === 'string' && isObject(value.config);

/** A config of which only an InputLayer keeps the shape of its input, by the name that Keras 3 gives it. */
function configOf(class_name: string, { config, name }: KerasObject): JsonObject {
  const rest = { ...config };
  for (const key of OF_INPUT) delete rest[key];
  if (class_name !== 'InputLayer') return rest;
  const shape = batchShape(config, layerName({ class_name, config: rest, name: name ?? null }));
  return shape === undefined ? rest : { ...rest, batch_shape: shape };
}

/** Fields that tell what a model's input is. */
const SHAPES = ['batch_shape', 'batch_input_shape', 'batchShape', 'batchInputShape'];
const OF_INPUT = [...SHAPES, 'input_shape', 'inputShape', 'input_dtype', 'batch_size'];

/** The shape of an input, by any of its names; those that are there must agree. */
function batchShape(config: JsonObject, where: string): Json | undefined {
  const [first, ...others] = SHAPES.filter((name) => config[name] != null);
  if (first === undefined) {
    const inner = config.input_shape ?? config.inputShape;
    return Array.isArray(inner) ? [config.batch_size ?? null, ...inner] : undefined;
  }
  for (const other of others)
    if (JSON.stringify(config[other]) !== JSON.stringify(config[first]))
      throw new KerasFormatError(
        `${where} has ${first} ${show(config[first])} and ${other} ${show(config[other])}, which must be the same`,
      );
  return config[first] as Json;
}

/** Keras 2 gives the shape of the input to the first layer of a Sequential: it becomes an InputLayer. */
function withInput(layers: Json[]): Json[] {
  const first = named(layers[0] ?? null);
  if (!isLayer(first) || first.class_name === 'InputLayer') return layers;
  const shape = shapeWithin(first);
  if (shape === undefined) return layers;
  const config = { name: `${first.config.name ?? 'model'}_input`, batch_shape: shape, dtype: 'float32' };
  return [{ class_name: 'InputLayer', config }, ...layers];
}

/** The shape that a layer says that it takes, or the first layer of a model within. */
function shapeWithin({ class_name, config }: KerasObject): Json | undefined {
  const shape = batchShape(config, `layer ${show(config.name)} (${class_name})`);
  if (shape !== undefined || !Array.isArray(config.layers)) return shape;
  const inputs = config.layers.map(named).filter(isLayer);
  const first =
    class_name === 'Sequential' ? inputs[0] : inputs.find((one) => one.class_name === 'InputLayer');
  return first && shapeWithin(first);
}

/** Keras 2 writes the backward layer of a Bidirectional only where it was given one: that of cells, which tfjs cannot copy, is written here. */
function mirrorCells(config: JsonObject): void {
  const { layer = null, backward_layer: back = null } = config;
  if (!isLayer(layer) || layer.class_name !== 'RNN' || back !== null) return;
  const name = String(layer.config.name).replace(/^(forward_)?/, 'backward_');
  config.backward_layer = {
    ...layer,
    config: { ...layer.config, name, go_backwards: layer.config.go_backwards !== true },
  };
}

/** Keras 3 and TensorFlow's Keras 2 set this themselves, in every Bidirectional that they make. */
function zeroMasked(config: JsonObject): void {
  for (const key of ['layer', 'backward_layer']) {
    const { [key]: layer = null } = config;
    if (isLayer(layer) && layer.config.return_sequences === true)
      config[key] = { ...layer, config: { ...layer.config, zero_output_for_mask: true } };
  }
}

/** What means something else in Keras 2 than in Keras 3, by a name that says so. */
function keepMeaning(config: JsonObject): void {
  for (const key of ['activation', 'recurrent_activation'])
    if (config[key] === 'hard_sigmoid') config[key] = KERAS_2_HARD_SIGMOID;
}

/** max(0, min(1, 0.2 x + 0.5)), which Keras 2 and tfjs call hard_sigmoid, and Keras 3 no more. */
export const KERAS_2_HARD_SIGMOID = 'keras2>hard_sigmoid';

/** A node of Keras 2, `[["in", 0, 0, {}]]`, as one of Keras 3, `{ args, kwargs }`. */
function readNode(node: Json, firsts: ReadonlyMap<string, number>): Json {
  if (!Array.isArray(node)) return node;
  const list = isReference(node) ? [node] : node;
  if (list.length === 0 || !list.every(isReference)) return node;
  const [first] = list as Json[][];
  const given = first?.[3];
  const kwargs = Object.entries(isObject(given) ? given : {}).map(([key, value]) => [
    key,
    tensors(value, firsts),
  ]);
  const args = list.map((reference) => tensorOf(reference, firsts));
  return { args: args.length === 1 ? args : [args], kwargs: Object.fromEntries(kwargs) };
}

/** How Keras 2 names a tensor: layer, call and output, and what else the call is given. */
const isReference = (value: Json): value is Json[] =>
  Array.isArray(value) &&
  (value.length === 3 || value.length === 4) &&
  typeof value[0] === 'string' &&
  typeof value[1] === 'number' &&
  (typeof value[2] === 'number' || value[0] === CONSTANT);

/** What Keras 2 writes in the place of a layer where a number or an array stands. */
const CONSTANT = '_CONSTANT_VALUE';

function tensorOf(reference: Json[], firsts: ReadonlyMap<string, number>): Json {
  const [layer = null, , value = null] = reference;
  if (layer === CONSTANT) return value;
  return {
    class_name: '__keras_tensor__',
    config: { keras_history: [layer, callOf(reference, firsts), value] },
  };
}

/** What a call is given besides its inputs, in which tensors stand as references. */
const tensors = (value: Json, firsts: ReadonlyMap<string, number>): Json =>
  isReference(value)
    ? tensorOf(value, firsts)
    : Array.isArray(value)
      ? value.map((one) => tensors(one, firsts))
      : value;
