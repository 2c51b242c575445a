import { activation as coreActivation } from '@rectify/core';
import type { LayersModel, LayerVariable } from '@tensorflow/tfjs-layers';
import { TensorActivation } from '../activations/activations.js';
import { assertModel } from '../arguments/options.js';
import { Operator } from '../layers/keras/operations.js';
import { Sparsemax } from '../layers/keras/sparsemax.js';
import type { Layer } from '../tfjs/classes.js';
import { activationOf, STOCK } from './activation.js';
import { dropped, word } from './fields.js';
import {
  camelCase,
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  show,
} from './format.js';
import { isModel, isSequential, modelsThatShare, nameOf, writeGraph } from './graph.js';
import { constraint, initializer, regularizer } from './initializers.js';
import { inner } from './kind.js';
import { backward, forward, inners } from './kinds/recurrent.js';
import { kinds } from './layers.js';
import { ownConfig } from './own-configs.js';
import { Reading } from './reading.js';

/**
 * Writes the topology of a model as Keras 3 reads it (`keras.models.model_from_json(json.dumps(config))`).
 *
 * Keras's `set_weights` takes the weights layer by layer, a model within the model too, as `layer.getWeights()` gives them;
 * `model.getWeights()` has those that are not trained at its end. Normalizations that were adapted then need their `finalize_state()`.
 *
 * An inner model that shares a layer with what is around it is written as its layers, in the model around it, since Keras reads a
 * layer of two models from JSON as two: give those layers their weights by name.
 *
 * @throws KerasFormatError when a layer or a setting has no equal in Keras 3; its message names both.
 */
export function toKerasConfig(model: LayersModel): JsonObject {
  assertModel(model);
  return writeModel(model, {
    dissolved: modelsThatShare(model),
    trained: new Set(model.trainableWeights),
    seen: new Set(),
  });
}

interface Context {
  /** Models that are written as their layers, in the model around them. */
  dissolved: Set<Layer>;
  trained: Set<LayerVariable>;
  /** The layers that are written: of one that is written twice Keras would make two. */
  seen: Set<Layer>;
}

function writeModel(model: LayersModel, context: Context): KerasObject {
  const { dissolved } = context;
  const common = { name: model.name, trainable: model.trainable };
  if (isSequential(model, dissolved)) {
    const rest = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
    const layers = [...model.inputs.map(({ sourceLayer }) => sourceLayer), ...rest];
    return {
      module: 'keras',
      class_name: 'Sequential',
      config: { ...common, layers: layers.map((layer) => writeLayer(layer, context)) },
      registered_name: null,
    };
  }
  const graph = writeGraph(model, dissolved, (layer, isFrozen) => {
    const object = writeLayer(layer, context);
    // Only a layer with weights: not every other one of Keras takes the argument.
    return isFrozen &&
      layer.weights.length > 0 &&
      !layer.weights.some((weight) => context.trained.has(weight))
      ? { ...object, config: { ...object.config, trainable: false } }
      : object;
  });
  return {
    module: 'keras.src.models.functional',
    class_name: 'Functional',
    config: { ...common, ...graph },
    registered_name: 'Functional',
  };
}

/** Classes whose name in tfjs or here is not Keras's, and those that share a name but not a meaning. */
const KERAS_CLASS: Record<string, string | undefined> = {
  RectifyLeakyReLU: 'LeakyReLU',
  RectifyReLU: 'ReLU',
  RectifyELU: 'ELU',
  RectifyPReLU: 'PReLU',
  RectifySoftmax: 'Softmax',
  RectifyActivationLayer: 'Activation',
  RectifyAdaptiveAveragePooling1D: 'AdaptiveAveragePooling1D',
  RectifyAdaptiveAveragePooling2D: 'AdaptiveAveragePooling2D',
  RectifyAdaptiveAveragePooling3D: 'AdaptiveAveragePooling3D',
  RectifyAdaptiveMaxPooling1D: 'AdaptiveMaxPooling1D',
  RectifyAdaptiveMaxPooling2D: 'AdaptiveMaxPooling2D',
  RectifyAdaptiveMaxPooling3D: 'AdaptiveMaxPooling3D',
  RectifyBatchNormalization: 'BatchNormalization',
  RectifyConcatenate: 'Concatenate',
  RectifyConv1D: 'Conv1D',
  RectifyConv1DTranspose: 'Conv1DTranspose',
  RectifyConv2D: 'Conv2D',
  RectifyConv3D: 'Conv3D',
  RectifyConv2DTranspose: 'Conv2DTranspose',
  RectifyConvLSTM1D: 'ConvLSTM1D',
  RectifyDepthwiseConv1D: 'DepthwiseConv1D',
  RectifyDepthwiseConv2D: 'DepthwiseConv2D',
  RectifyGroupNormalization: 'GroupNormalization',
  RectifyGRU: 'GRU',
  RectifyGRUCell: 'GRUCell',
  RectifyLayerNormalization: 'LayerNormalization',
  RectifyMaskedGRU: 'GRU',
  RectifyMaskedLSTM: 'LSTM',
  RectifyMaskedResetAfterGRU: 'GRU',
  RectifyMaskedSimpleRNN: 'SimpleRNN',
  RectifyNormalization: 'Normalization',
  RectifyAttention: 'Attention',
  RectifyBidirectional: 'Bidirectional',
  RectifyRMSNormalization: 'RMSNormalization',
  RectifyReshape: 'Reshape',
  RectifySeparableConv1D: 'SeparableConv1D',
};
/** What tfjs's layers compute otherwise than Keras's of the same name: the field that tells, and when. */
const DIFFERS: Record<string, [field: string, differs: (value: Json | undefined) => boolean]> = {
  Resizing: ['interpolation', () => true],
  UpSampling2D: ['interpolation', (value) => value !== 'nearest'],
  DepthwiseConv2D: ['dilationRate', (value) => [value].flat().some((rate) => (rate ?? 1) !== 1)],
};
/** Fields of tfjs's layers that Keras has elsewhere, or not at all. */
const ELSEWHERE = new Set([
  'batchInputShape',
  'dtype',
  'inputDim',
  'inputLength',
  'implementation',
  'activityRegularizer',
  'resetAfter',
  'kind',
  'calledAs',
  'heedsMask',
  'maskUse',
]);
/** Fields that tfjs calls otherwise. */
const RENAMED: Record<string, Record<string, string>> = { LeakyReLU: { alpha: 'negativeSlope' } };
/** Layers that are read, and that Keras 3 has no more. */
const GONE = ['ThresholdedReLU', 'RandomHeight', 'RandomWidth'];

function writeLayer(layer: Layer, context: Context): KerasObject {
  const { seen } = context;
  const where = nameOf(layer);
  if (seen.has(layer))
    throw new KerasFormatError(
      `${where} is in two models or wrappers at once, of which Keras would make two layers`,
    );
  seen.add(layer);
  if (isModel(layer)) return writeModel(layer as unknown as LayersModel, context);
  const own = layer.getClassName();
  if (own === 'InputLayer') return writeInput(layer);
  const [class_name, given] = ownConfig(layer, layer.getConfig() as JsonObject) ?? [
    layer instanceof Operator ? layer.kind : (KERAS_CLASS[own] ?? own),
    layer.getConfig() as JsonObject,
  ];
  const isKnown = Object.hasOwn(kinds, class_name) && !GONE.includes(class_name);
  const kind = isKnown ? kinds[class_name] : undefined;
  if (!kind) throw new KerasFormatError(`${where} has no equal in Keras 3 that is written here`);
  const [told, differs] = DIFFERS[own] ?? [];
  if (told && differs?.(given[told]))
    throw new KerasFormatError(`${where}.${told} is ${show(given[told])}, which Keras 3 computes otherwise`);
  const renamed: Record<string, string> = RENAMED[own] ?? {};
  const values = Object.fromEntries(
    Object.entries(given).map(([key, value]) => [renamed[key] ?? key, value]),
  );
  const config: JsonObject = {};
  for (const [field, rule] of Object.entries(kind.rules)) {
    const key = camelCase(field);
    // tfjs leaves the depth multiplier of a separable convolution out of its config.
    const { depthMultiplier } = layer as { depthMultiplier?: number };
    const value = (key === 'depthMultiplier' ? depthMultiplier : values[key]) as Json | undefined;
    delete values[key];
    // True is Keras's default, and its SpatialDropout does not take the argument.
    if (field === 'trainable' && value === true) continue;
    // What gives whole numbers has a type of its own.
    if (field === 'dtype' && rule !== dropped) config.dtype = 'float32';
    else if (value !== undefined && rule !== dropped)
      config[field] = write(rule, value, layer, context, `${where}.${key}`);
  }
  for (const [key, value] of Object.entries(values))
    if (value != null && value !== false && !ELSEWHERE.has(key))
      throw new KerasFormatError(`${where}.${key} is ${show(value)}, which has no equal in Keras 3`);
  // Keras has it under another name than its own.
  const exported = class_name === 'GroupedQueryAttention' ? 'GroupQueryAttention' : class_name;
  return { module: 'keras.layers', class_name: exported, config, registered_name: null };
}

function writeInput(layer: Layer): KerasObject {
  const { batchInputShape } = layer as unknown as { batchInputShape: number[] };
  const config = { batch_shape: batchInputShape, dtype: layer.dtype, name: layer.name };
  return { module: 'keras.layers', class_name: 'InputLayer', config, registered_name: null };
}

type Rule = (typeof kinds)[string]['rules'][string];

/** The inverse of a rule by which a field is read. */
function write(rule: Rule, value: Json, layer: Layer, context: Context, where: string): Json {
  if (rule === activationOf) return writeActivation(value, where);
  const within = layer as unknown as { layer?: Layer; cell?: Layer; cells?: Layer[] };
  if (rule === inner) return writeLayer((within.layer ?? within.cell) as Layer, context);
  if (rule === inners) return (within.cells ?? []).map((cell) => writeLayer(cell, context));
  if (rule === forward)
    return writeLayer((layer as unknown as { forwardLayer: Layer }).forwardLayer, context);
  if (rule === backward)
    return writeLayer((layer as unknown as { backwardLayer: Layer }).backwardLayer, context);
  if (typeof value === 'string' && (rule === word || value.startsWith('channels'))) return snakeCase(value);
  if (rule === initializer || rule === regularizer || rule === constraint)
    return writeObject(rule, value, where);
  return value;
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function writeObject(rule: Rule, value: Json, where: string): Json {
  if (value === null) return null;
  const { className, config } = value as { className: string; config: JsonObject };
  const module =
    rule === initializer
      ? 'keras.initializers'
      : rule === regularizer
        ? 'keras.regularizers'
        : 'keras.constraints';
  const written = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      snakeCase(key),
      // tfjs writes the mode and the distribution of an initializer in camel case.
      rule === initializer && typeof value === 'string' ? snakeCase(value) : value,
    ]),
  );
  const class_name = className.replace('LeCun', 'Lecun');
  const object = { module, class_name, config: written, registered_name: null };
  const reading = new Reading();
  rule(object, where, reading); // what cannot be read back would not be the same
  const [note] = reading.notes;
  if (note) throw new KerasFormatError(`${where}: ${note.what}`);
  return object;
}

/** Keras 3's name for each of tfjs's activations that is the same function; its hardSigmoid and gelu_new are not there. */
const KERAS_NAME: Record<string, string> = {
  ...Object.fromEntries(Object.entries(STOCK).map(([keras, tfjs]) => [tfjs, keras])),
  [Sparsemax.className]: 'sparsemax',
};
/** Functions with parameters that Keras has as layers, which a Dense takes as an activation too. */
const AS_LAYER: Record<string, string> = { leaky_relu: 'LeakyReLU', relu: 'ReLU', elu: 'ELU' };

/** An activation as a layer's config holds it: tfjs's by name, ours as an object, within a layer of its own as JSON. */
function writeActivation(value: Json, where: string): Json {
  const ours = isObject(value)
    ? value.className === TensorActivation.className
      ? value.config
      : value
    : null;
  if (!isObject(ours) || typeof ours.name !== 'string') {
    const known =
      typeof value === 'string' && Object.hasOwn(KERAS_NAME, value) ? KERAS_NAME[value] : undefined;
    if (!known) throw new KerasFormatError(`${where} is ${show(value)}, which has no equal in Keras 3`);
    return known;
  }
  const f = coreActivation({ name: ours.name, params: ours.params as object });
  const { name, params } = f.toJSON();
  try {
    const usual = coreActivation(name, {}, { framework: 'keras' });
    if (JSON.stringify(usual) === JSON.stringify(f)) return name;
  } catch {
    // Keras has no function of that name; it may have a layer.
  }
  const class_name = AS_LAYER[name];
  if (!class_name) throw new KerasFormatError(`${where} is ${show(f)}, which has no equal in Keras 3`);
  const config = Object.fromEntries(
    Object.entries(params).map(([key, value]) => [snakeCase(key), value as Json]),
  );
  return {
    module: 'keras.layers',
    class_name,
    config: { dtype: 'float32', ...config },
    registered_name: null,
  };
}
