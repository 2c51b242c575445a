import { layers as stock } from '@tensorflow/tfjs-layers';
import * as ours from '../layers/index.js';
import {
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  DepthwiseConv1D,
  DepthwiseConv2D,
  SeparableConv1D,
} from '../layers/keras/convolutions.js';
import { type GRUArgs, ResetAfterGRU } from '../layers/keras/gru.js';
import {
  BatchNormalization,
  GroupNormalization,
  LayerNormalization,
  Normalization,
} from '../layers/keras/normalizations.js';
import { Flatten, operation, Reshape } from '../layers/keras/operations.js';
import type { Layer } from '../tfjs/classes.js';
import {
  activationOf,
  among,
  constraint,
  dropped,
  fields,
  float32,
  initializer,
  isKeras,
  nameOf,
  number,
  only,
  type Rule,
  regularizer,
  same,
  word,
} from './fields.js';
import {
  assertKerasObject,
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  show,
} from './format.js';

interface Kind {
  // tfjs's factories have each their own argument; the rules below are what makes a config fit one.
  make: (args: never) => Layer;
  rules: Record<string, Rule>;
  /** Refuses what no single field tells. */
  check: (config: JsonObject, where: string) => void;
}

/** Fields of every layer. */
const common = { name: nameOf, trainable: same, dtype: float32 };

const kind = (make: Kind['make'], rules: Record<string, Rule>, check: Kind['check'] = () => {}): Kind => ({
  make,
  rules: { ...common, ...rules },
  check,
});

/** A layer of ours where tfjs's does not do, which is the faster one elsewhere. */
const either =
  <Args>(needsOwn: (args: Args) => boolean, own: new (args: Args) => Layer, make: (args: Args) => Layer) =>
  (args: Args): Layer =>
    needsOwn(args) ? new own(args) : make(args);

const made =
  <Args>(own: new (args: Args) => Layer) =>
  (args: Args): Layer =>
    new own(args);

/** Initializer, regularizer and constraint of each named weight. */
const weights = (...names: string[]): Record<string, Rule> =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`${name}_initializer`, initializer],
      [`${name}_regularizer`, regularizer],
      [`${name}_constraint`, constraint],
    ]),
  );
/** tfjs's normalization of layers has no constraints. */
const unconstrained = { beta_constraint: only(null), gamma_constraint: only(null) };
// tfjs has the field, and throws at the first call.
const activity = { activity_regularizer: only(null) };
// A seed gives Keras and tfjs different random numbers anyway.
const seeded = { seed: dropped };
const lastOnly = { data_format: only('channels_last') };
const format = { data_format: word };

const convolution = {
  kernel_size: same,
  strides: same,
  padding: among('valid', 'same'),
  ...format,
  dilation_rate: same,
  activation: activationOf,
  use_bias: same,
  ...weights('bias'),
  ...activity,
};
const conv = { ...convolution, filters: same, groups: only(1), ...weights('kernel') };
const transposed = { ...conv, output_padding: only(null), dilation_rate: only(1, [1], [1, 1], [1, 1, 1]) };
const depthwise = { ...convolution, depth_multiplier: same, ...weights('depthwise') };
const separable = { ...depthwise, filters: same, ...weights('pointwise') };
const pool = { pool_size: same, strides: same, padding: among('valid', 'same') };
const global = { ...format, keepdims: same };
const batch = {
  axis: same,
  momentum: same,
  epsilon: same,
  center: same,
  scale: same,
  ...weights('beta', 'gamma'),
};
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
  zero_output_for_mask: dropped, // assertMasksAgree has looked at it
  ...seeded,
  ...weights('kernel', 'recurrent', 'bias'),
  ...activity,
};

interface ConvFields {
  groups?: number;
  padding?: string;
  dataFormat?: string;
  dilationRate?: number[];
}
const isGrouped = ({ groups = 1 }: ConvFields) => groups !== 1;

/** tfjs pads too little where a stride over three dimensions is larger than the window: it starts at other places. */
const checkSame3D =
  (size: 'kernel_size' | 'pool_size'): Kind['check'] =>
  ({ padding, strides, [size]: window }, where) => {
    const [steps, widths] = [strides ?? window, window].map((value) => [value].flat() as number[]);
    if (padding === 'same' && steps.some((step, i) => step > (widths[i] ?? widths[0])))
      throw new KerasFormatError(
        `${where}.strides is ${show(strides)}, larger than ${size} ${show(window)}, which tfjs pads otherwise`,
      );
  };

/** The noise shape of a dropout that drops whole channels. */
const spatialDropout =
  (rank: number) =>
  ({ dataFormat, ...args }: { rate: number; dataFormat?: string }) => {
    const ones = Array<number>(rank - 2).fill(1);
    const noiseShape = dataFormat === 'channelsFirst' ? [null, null, ...ones] : [null, ...ones, null];
    return stock.dropout({ ...args, noiseShape: noiseShape as number[] });
  };

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
  Conv1D: kind(
    either(
      (args: Parameters<typeof stock.conv1d>[0] & ConvFields) =>
        isGrouped(args) || args.padding === 'causal' || args.dataFormat === 'channelsFirst',
      Conv1D,
      stock.conv1d,
    ),
    { ...conv, padding: among('valid', 'same', 'causal'), groups: same },
  ),
  Conv2D: kind(either<Parameters<typeof stock.conv2d>[0] & ConvFields>(isGrouped, Conv2D, stock.conv2d), {
    ...conv,
    groups: same,
  }),
  Conv3D: kind(stock.conv3d, conv, checkSame3D('kernel_size')),
  Conv1DTranspose: kind(made(Conv1DTranspose), transposed),
  Conv2DTranspose: kind(stock.conv2dTranspose, transposed),
  Conv3DTranspose: kind(stock.conv3dTranspose, transposed, checkSame3D('kernel_size')),
  DepthwiseConv1D: kind(made(DepthwiseConv1D), depthwise),
  DepthwiseConv2D: kind(made(DepthwiseConv2D), depthwise),
  SeparableConv1D: kind(made(SeparableConv1D), separable),
  SeparableConv2D: kind(stock.separableConv2d, { ...separable, ...lastOnly }),
  BatchNormalization: kind(made(BatchNormalization), {
    ...batch,
    synchronized: only(false),
    renorm: only(false),
    renorm_clipping: dropped,
    renorm_momentum: dropped,
    moving_mean_initializer: initializer,
    moving_variance_initializer: initializer,
  }),
  LayerNormalization: kind(made(LayerNormalization), {
    ...batch,
    ...unconstrained,
    rms_scaling: only(false),
  }),
  GroupNormalization: kind(made(GroupNormalization), { ...batch, ...unconstrained, groups: same }),
  UnitNormalization: kind(operation('UnitNormalization'), { axis: same }),
  Normalization: kind(made(Normalization), { axis: same, mean: same, variance: same, invert: same }),
  Dropout: kind(stock.dropout, { rate: same, noise_shape: same, ...seeded }),
  SpatialDropout1D: kind(stock.spatialDropout1d, { rate: same, ...seeded }),
  SpatialDropout2D: kind(spatialDropout(4), { rate: same, ...format, ...seeded }),
  SpatialDropout3D: kind(spatialDropout(5), { rate: same, ...format, ...seeded }),
  GaussianNoise: kind(stock.gaussianNoise, { stddev: same, ...seeded }),
  GaussianDropout: kind(stock.gaussianDropout, { rate: same, ...seeded }),
  AlphaDropout: kind(stock.alphaDropout, { rate: same, noise_shape: same, ...seeded }),
  Flatten: kind(made(Flatten), format),
  Reshape: kind(
    either(
      ({ targetShape }: Parameters<typeof stock.reshape>[0]) => targetShape.includes(-1),
      Reshape,
      stock.reshape,
    ),
    { target_shape: same },
  ),
  Permute: kind(stock.permute, { dims: same }),
  RepeatVector: kind(stock.repeatVector, { n: same }),
  Identity: kind(operation('Identity'), {}),
  MaxPooling1D: kind(stock.maxPooling1d, { ...pool, ...lastOnly }),
  MaxPooling2D: kind(stock.maxPooling2d, { ...pool, ...format }),
  MaxPooling3D: kind(stock.maxPooling3d, { ...pool, ...format }, checkSame3D('pool_size')),
  AveragePooling1D: kind(stock.averagePooling1d, { ...pool, ...lastOnly }),
  AveragePooling2D: kind(stock.averagePooling2d, { ...pool, ...format }),
  AveragePooling3D: kind(stock.averagePooling3d, { ...pool, ...format }, checkSame3D('pool_size')),
  ...operations(
    [
      'GlobalAveragePooling1D',
      'GlobalAveragePooling2D',
      'GlobalAveragePooling3D',
      'GlobalMaxPooling1D',
      'GlobalMaxPooling2D',
      'GlobalMaxPooling3D',
    ],
    global,
  ),
  ...operations(['UpSampling1D'], { size: same }),
  ...operations(['UpSampling2D'], { size: same, ...format, interpolation: among('nearest', 'bilinear') }),
  ...operations(['UpSampling3D'], { size: same, ...format }),
  ...operations(['ZeroPadding1D', 'ZeroPadding3D'], { padding: same, ...format }),
  ZeroPadding2D: kind(stock.zeroPadding2d, { padding: same, ...format }),
  ...operations(['Cropping1D'], { cropping: same }),
  ...operations(['Cropping2D', 'Cropping3D'], { cropping: same, ...format }),
  ...operations(['Resizing'], {
    height: same,
    width: same,
    interpolation: among('nearest', 'bilinear'),
    crop_to_aspect_ratio: only(false),
    pad_to_aspect_ratio: only(false),
    fill_mode: dropped, // what the sides are padded with
    fill_value: dropped,
    antialias: only(false),
    ...format,
  }),
  ...operations(['Rescaling'], { scale: same, offset: same }),
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
  GRU: kind(
    either(({ resetAfter }: GRUArgs) => resetAfter === true, ResetAfterGRU, stock.gru),
    {
      ...rnn,
      recurrent_activation: activationOf,
      reset_after: same,
    },
  ),
  TimeDistributed: kind(stock.timeDistributed, { layer: inner }),
  Bidirectional: kind(
    stock.bidirectional,
    { layer: forward, merge_mode: (value) => value, backward_layer: dropped },
    assertMirrored,
  ),
  Add: kind(stock.add, {}),
  Subtract: kind(operation('Subtract'), {}),
  Multiply: kind(stock.multiply, {}),
  Average: kind(stock.average, {}),
  Maximum: kind(stock.maximum, {}),
  Minimum: kind(stock.minimum, {}),
  Concatenate: kind(stock.concatenate, { axis: same }, ({ axis }, where) => {
    if (typeof axis === 'number' && axis < -1)
      throw new KerasFormatError(
        `${where}.axis is ${axis}, and tfjs counts no axis but the last from the end`,
      );
  }),
  Dot: kind(stock.dot, { axes: same, normalize: same }),
  Masking: kind(stock.masking, { mask_value: same }),
  Activation: kind(stock.activation, { activation: activationOf }),
  LeakyReLU: kind(ours.leakyReLU, { negative_slope: number }),
  ReLU: kind(ours.reLU, { max_value: same, negative_slope: same, threshold: same }),
  PReLU: kind(ours.prelu, { ...weights('alpha'), shared_axes: same }),
  ELU: kind(ours.elu, { alpha: number }),
  // Along the last axis no mask of Keras fits; tfjs would hand the layer the last mask of the model.
  Softmax: kind(
    ({ axis = -1, ...args }: Parameters<typeof ours.softmax>[0] & object) =>
      axis === -1 ? stock.activation({ ...args, activation: 'softmax' }) : ours.softmax({ ...args, axis }),
    { axis: same },
  ),
};

function operations(names: string[], rules: Record<string, Rule>): Record<string, Kind> {
  return Object.fromEntries(names.map((name) => [name, kind(operation(name), rules)]));
}

/** A layer of Keras 3, other than a model, as a layer of tfjs. */
export function readLayer(value: KerasObject): Layer {
  const where = layerName(value);
  const known = kindOf(value);
  known.check(value.config, where);
  const args = fields(value.config, known.rules, where);
  return naming(where, () => known.make(args as never));
}

/** How a layer is read, if it can be. */
export function kindOf(value: KerasObject): Kind {
  const known = Object.hasOwn(kinds, value.class_name) ? kinds[value.class_name] : undefined;
  if (!known || !isKeras(value, 'keras'))
    throw new KerasFormatError(
      `${layerName(value)} is of a class that cannot be read: ${show(value.registered_name ?? value.class_name)}`,
    );
  return known;
}

/** What tfjs itself refuses is refused by the layer's name, too. */
export function naming<T>(where: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (error instanceof KerasFormatError) throw error;
    throw new KerasFormatError(`${where} is refused by tfjs: ${(error as Error).message}`, { cause: error });
  }
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
function assertMirrored(config: JsonObject, where: string): void {
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
