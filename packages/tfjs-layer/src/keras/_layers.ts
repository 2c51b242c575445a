import { layers as stock } from '@tensorflow/tfjs-layers';
import type { Layer } from '../_tfjs.js';
import * as ours from '../layers/index.js';
import {
  activationOf,
  among,
  constraint,
  dropped,
  fields,
  float32,
  initializer,
  isKeras,
  number,
  only,
  type Rule,
  regularizer,
  same,
  word,
} from './_fields.js';
import {
  assertKerasObject,
  isObject,
  type Json,
  KerasFormatError,
  type KerasObject,
  show,
} from './_format.js';

interface Kind {
  // tfjs's factories have each their own argument; the rules below are what makes a config fit one.
  make: (args: never) => Layer;
  rules: Record<string, Rule>;
}

/** Fields of every layer. */
const common = { name: same, trainable: same, dtype: float32 };

const kind = (make: Kind['make'], rules: Record<string, Rule>): Kind => ({
  make,
  rules: { ...common, ...rules },
});

/** Initializer, regularizer and constraint of each named weight. */
const weights = (...names: string[]): Record<string, Rule> =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`${name}_initializer`, initializer],
      [`${name}_regularizer`, regularizer],
      [`${name}_constraint`, constraint],
    ]),
  );
const activity = { activity_regularizer: regularizer };
// A seed gives Keras and tfjs different random numbers anyway.
const seeded = { seed: dropped };

const conv = {
  filters: same,
  kernel_size: same,
  strides: same,
  padding: among('valid', 'same'), // tfjs takes 'causal', but cannot compute it
  data_format: word,
  dilation_rate: same,
  groups: only(1),
  activation: activationOf,
  use_bias: same,
  ...weights('kernel', 'bias'),
  ...activity,
};
const pool = { pool_size: same, strides: same, padding: same };
const rnn = {
  units: same,
  activation: activationOf,
  use_bias: same,
  dropout: same,
  recurrent_dropout: same,
  return_sequences: same,
  return_state: same,
  go_backwards: same,
  stateful: same,
  unroll: same,
  zero_output_for_mask: dropped,
  ...seeded,
  ...weights('kernel', 'recurrent', 'bias'),
  ...activity,
};
const lastOnly = { data_format: only('channels_last') };
const global = { keepdims: only(false), data_format: word };

/** The layers of Keras 3 that can be read, each with every field that its config may have. */
export const kinds: Record<string, Kind> = {
  Dense: kind(stock.dense, {
    units: same,
    activation: activationOf,
    use_bias: same,
    quantization_config: only(null),
    ...weights('kernel', 'bias'),
    ...activity,
  }),
  Conv1D: kind(stock.conv1d, conv),
  Conv2D: kind(stock.conv2d, conv),
  Conv3D: kind(stock.conv3d, conv),
  Conv2DTranspose: kind(stock.conv2dTranspose, {
    ...conv,
    output_padding: only(null),
    dilation_rate: only([1, 1], 1),
  }),
  DepthwiseConv2D: kind(stock.depthwiseConv2d, { ...conv, depth_multiplier: same, ...weights('depthwise') }),
  SeparableConv2D: kind(stock.separableConv2d, {
    ...conv,
    depth_multiplier: same,
    ...weights('depthwise', 'pointwise'),
  }),
  BatchNormalization: kind(stock.batchNormalization, {
    axis: same,
    momentum: same,
    epsilon: same,
    center: same,
    scale: same,
    synchronized: only(false),
    renorm: only(false),
    renorm_clipping: dropped,
    renorm_momentum: dropped,
    ...weights('beta', 'gamma'),
    moving_mean_initializer: initializer,
    moving_variance_initializer: initializer,
  }),
  LayerNormalization: kind(stock.layerNormalization, {
    axis: same,
    epsilon: same,
    center: same,
    scale: same,
    rms_scaling: only(false),
    ...weights('beta', 'gamma'),
  }),
  Dropout: kind(stock.dropout, { rate: same, noise_shape: same, ...seeded }),
  SpatialDropout1D: kind(stock.spatialDropout1d, { rate: same, ...seeded }),
  GaussianNoise: kind(stock.gaussianNoise, { stddev: same, ...seeded }),
  GaussianDropout: kind(stock.gaussianDropout, { rate: same, ...seeded }),
  AlphaDropout: kind(stock.alphaDropout, { rate: same, noise_shape: same, ...seeded }),
  Flatten: kind(stock.flatten, { data_format: word }),
  Reshape: kind(stock.reshape, { target_shape: same }),
  Permute: kind(stock.permute, { dims: same }),
  RepeatVector: kind(stock.repeatVector, { n: same }),
  MaxPooling1D: kind(stock.maxPooling1d, { ...pool, ...lastOnly }),
  MaxPooling2D: kind(stock.maxPooling2d, { ...pool, data_format: word }),
  MaxPooling3D: kind(stock.maxPooling3d, { ...pool, data_format: word }),
  AveragePooling1D: kind(stock.averagePooling1d, { ...pool, ...lastOnly }),
  AveragePooling2D: kind(stock.averagePooling2d, { ...pool, data_format: word }),
  AveragePooling3D: kind(stock.averagePooling3d, { ...pool, data_format: word }),
  GlobalAveragePooling1D: kind(stock.globalAveragePooling1d, { ...global, ...lastOnly }),
  GlobalAveragePooling2D: kind(stock.globalAveragePooling2d, global),
  GlobalMaxPooling1D: kind(stock.globalMaxPooling1d, { ...global, ...lastOnly }),
  GlobalMaxPooling2D: kind(stock.globalMaxPooling2d, global),
  // tfjs's bilinear resizing takes other sample points than Keras's.
  UpSampling2D: kind(stock.upSampling2d, { size: same, data_format: word, interpolation: only('nearest') }),
  ZeroPadding2D: kind(stock.zeroPadding2d, { padding: same, data_format: word }),
  Cropping2D: kind(stock.cropping2D, { cropping: same, data_format: word }),
  Embedding: kind(stock.embedding, {
    input_dim: same,
    output_dim: same,
    mask_zero: same,
    quantization_config: only(null),
    ...weights('embeddings'),
    ...activity,
  }),
  SimpleRNN: kind(stock.simpleRNN, rnn),
  LSTM: kind(stock.lstm, { ...rnn, recurrent_activation: activationOf, unit_forget_bias: same }),
  GRU: kind(stock.gru, { ...rnn, recurrent_activation: activationOf, reset_after: only(false) }),
  TimeDistributed: kind(stock.timeDistributed, { layer: inner }),
  Bidirectional: kind(stock.bidirectional, {
    layer: forward,
    merge_mode: same,
    backward_layer: dropped,
  }),
  Add: kind(stock.add, {}),
  Multiply: kind(stock.multiply, {}),
  Average: kind(stock.average, {}),
  Maximum: kind(stock.maximum, {}),
  Minimum: kind(stock.minimum, {}),
  Concatenate: kind(stock.concatenate, { axis: same }),
  Dot: kind(stock.dot, { axes: same, normalize: same }),
  Masking: kind(stock.masking, { mask_value: same }),
  Rescaling: kind(stock.rescaling, { scale: number, offset: number }),
  Activation: kind(stock.activation, { activation: activationOf }),
  LeakyReLU: kind(ours.leakyReLU, { negative_slope: number }),
  ReLU: kind(ours.reLU, { max_value: same, negative_slope: same, threshold: same }),
  PReLU: kind(ours.prelu, { ...weights('alpha'), shared_axes: same }),
  ELU: kind(ours.elu, { alpha: number }),
  Softmax: kind(ours.softmax, { axis: same }),
};

/** A layer of Keras 3, other than a model, as a layer of tfjs. */
export function readLayer(value: KerasObject): Layer {
  const where = layerName(value);
  const known = Object.hasOwn(kinds, value.class_name) ? kinds[value.class_name] : undefined;
  if (!known || !isKeras(value, 'keras'))
    throw new KerasFormatError(
      `${where} is of a class that cannot be read: ${show(value.registered_name ?? value.class_name)}`,
    );
  if (value.class_name === 'Bidirectional') assertMirrored(value, where);
  return known.make(fields(value.config, known.rules, where) as never);
}

/** How messages name a layer. */
export const layerName = (value: KerasObject): string =>
  `layer ${show(value.config.name ?? value.name)} (${value.class_name})`;

export function inner(value: Json, where: string): Layer {
  assertKerasObject(where, value);
  return readLayer(value);
}

/** The forward layer of a Bidirectional, without the prefix that Keras has put before its name and tfjs will put there. */
export function forward(value: Json, where: string): Layer {
  assertKerasObject(where, value);
  const name = String(value.config.name).replace(/^forward_/, '');
  return readLayer({ ...value, config: { ...value.config, name } });
}

/** tfjs makes the backward layer of a Bidirectional from the forward one, so it must be its mirror image. */
function assertMirrored({ config }: KerasObject, where: string): void {
  const { layer, backward_layer: backward } = config;
  if (!isObject(backward) || !isObject(layer)) return;
  const plain = (value: Json | undefined) => {
    const { name, go_backwards, ...rest } = value as Record<string, Json>;
    const text = JSON.stringify(rest, (key, value) => (key === 'shared_object_id' ? undefined : value));
    return [text, go_backwards];
  };
  const [one, ahead] = plain(layer.config);
  const [other, back] = plain(backward.config);
  if (layer.class_name !== backward.class_name || one !== other || ahead === back)
    throw new KerasFormatError(`${where}.backward_layer differs from its layer, which tfjs cannot do`);
}
