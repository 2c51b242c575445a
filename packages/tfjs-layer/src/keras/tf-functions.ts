import {
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  layerName,
  show,
} from './format.js';

/** How a function of TensorFlow is written as an operator of Keras 3. */
interface Rewriting {
  /** Class of the operator. */
  to: string;
  /** Arguments that are inputs, too, after the first. */
  inputs?: readonly string[];
  /** Arguments that the operator is made with, each with its own name for it. */
  options?: Readonly<Record<string, string>>;
  /** What the operator is made with always. */
  always?: JsonObject;
}

const elementwise = (to: string): Rewriting => ({ to });
const binary = (to: string): Rewriting => ({ to, inputs: ['y'] });
const reduction = (to: string): Rewriting => ({ to, options: { axis: 'axis', keepdims: 'keepdims' } });
const softmax = (to: string): Rewriting => ({ to, options: { axis: 'axis' }, always: { axis: -1 } });
const place = (to: string): Rewriting => ({ to, options: { axis: 'axis' }, always: { axis: 0 } });
const POOL = { ksize: 'pool_size', strides: 'strides', padding: 'padding' };

/** Functions by the names that Keras 2 writes, without what versions put before them. */
const FUNCTIONS: Readonly<Record<string, Rewriting>> = {
  '__operators__.add': binary('Add'),
  add: binary('Add'),
  subtract: binary('Subtract'),
  multiply: binary('Multiply'),
  truediv: binary('TrueDivide'),
  divide: binary('TrueDivide'),
  divide_no_nan: binary('DivideNoNan'),
  floordiv: binary('FloorDivide'),
  floormod: binary('Mod'),
  mod: binary('Mod'),
  pow: binary('Power'),
  maximum: binary('Maximum'),
  minimum: binary('Minimum'),
  equal: binary('Equal'),
  not_equal: binary('NotEqual'),
  greater: binary('Greater'),
  greater_equal: binary('GreaterEqual'),
  less: binary('Less'),
  less_equal: binary('LessEqual'),
  logical_and: binary('LogicalAnd'),
  logical_or: binary('LogicalOr'),
  logical_not: elementwise('LogicalNot'),
  bias_add: { to: 'Add', inputs: ['bias'] },
  matmul: {
    to: 'Matmul',
    inputs: ['b'],
    options: { transpose_a: 'transpose_a', transpose_b: 'transpose_b' },
  },
  where: { to: 'Where', inputs: ['x', 'y'] },
  ...Object.fromEntries(
    ['Abs', 'Ceil', 'Cos', 'Cosh', 'Erf', 'Exp', 'Expm1', 'Floor', 'Log', 'Log1p', 'Negative'].map((to) => [
      to.toLowerCase(),
      elementwise(to),
    ]),
  ),
  ...Object.fromEntries(
    ['Reciprocal', 'Round', 'Rsqrt', 'Sign', 'Sin', 'Sinh', 'Sqrt', 'Square', 'Tan', 'Tanh'].map((to) => [
      to.toLowerCase(),
      elementwise(to),
    ]),
  ),
  sigmoid: elementwise('Sigmoid'),
  relu: elementwise('Relu'),
  relu6: elementwise('Relu6'),
  elu: elementwise('Elu'),
  selu: elementwise('Selu'),
  silu: elementwise('Silu'),
  swish: elementwise('Silu'),
  softplus: elementwise('Softplus'),
  softsign: elementwise('Softsign'),
  leaky_relu: { to: 'LeakyRelu', options: { alpha: 'negative_slope' }, always: { negative_slope: 0.2 } },
  gelu: { to: 'Gelu', options: { approximate: 'approximate' }, always: { approximate: false } },
  softmax: softmax('Softmax'),
  log_softmax: softmax('LogSoftmax'),
  reduce_sum: reduction('Sum'),
  reduce_mean: reduction('Mean'),
  reduce_max: reduction('Max'),
  reduce_min: reduction('Min'),
  reduce_prod: reduction('Prod'),
  reduce_std: reduction('Std'),
  reduce_variance: reduction('Var'),
  reduce_logsumexp: reduction('Logsumexp'),
  reduce_all: reduction('All'),
  reduce_any: reduction('Any'),
  argmax: place('Argmax'),
  argmin: place('Argmin'),
  cumsum: { to: 'Cumsum', options: { axis: 'axis' }, always: { axis: 0 } },
  l2_normalize: { to: 'Normalize', options: { axis: 'axis' }, always: { order: 2, epsilon: 1e-6 } },
  clip_by_value: { to: 'Clip', options: { clip_value_min: 'x_min', clip_value_max: 'x_max' } },
  cast: { to: 'Cast', options: { dtype: 'dtype' } },
  identity: elementwise('Copy'),
  stop_gradient: elementwise('StopGradient'),
  convert_to_tensor: elementwise('Copy'),
  zeros_like: elementwise('ZerosLike'),
  ones_like: elementwise('OnesLike'),
  reshape: { to: 'Reshape', options: { shape: 'newshape' } },
  transpose: { to: 'Transpose', options: { perm: 'axes' } },
  expand_dims: { to: 'ExpandDims', options: { axis: 'axis' } },
  squeeze: { to: 'Squeeze', options: { axis: 'axis' } },
  concat: { to: 'Concatenate', options: { axis: 'axis' } },
  stack: { to: 'Stack', options: { axis: 'axis' }, always: { axis: 0 } },
  unstack: { to: 'Unstack', options: { num: 'num', axis: 'axis' }, always: { axis: 0 } },
  tile: { to: 'Tile', options: { multiples: 'repeats' } },
  repeat: { to: 'Repeat', options: { repeats: 'repeats', axis: 'axis' } },
  reverse: { to: 'Flip', options: { axis: 'axis' } },
  roll: { to: 'Roll', options: { shift: 'shift', axis: 'axis' } },
  broadcast_to: { to: 'BroadcastTo', options: { shape: 'shape' } },
  gather: { to: 'Take', inputs: ['indices'], options: { axis: 'axis' }, always: { axis: 0 } },
  one_hot: { to: 'OneHot', options: { depth: 'num_classes', axis: 'axis' }, always: { axis: -1 } },
  split: {
    to: 'Split',
    options: { num_or_size_splits: 'indices_or_sections', axis: 'axis' },
    always: { axis: 0 },
  },
  pad: {
    to: 'Pad',
    options: { paddings: 'pad_width', mode: 'mode', constant_values: 'constant_values' },
    always: { mode: 'constant' },
  },
  depth_to_space: { to: 'DepthToSpace', options: { block_size: 'block_size' } },
  space_to_depth: { to: 'SpaceToDepth', options: { block_size: 'block_size' } },
  max_pool2d: { to: 'MaxPool', options: POOL },
  avg_pool2d: { to: 'AveragePool', options: POOL },
  rgb_to_grayscale: elementwise('RGBToGrayscale'),
  resize: { to: 'Resize', options: { size: 'size', method: 'interpolation' } },
};

/** Where TensorFlow has its functions: `math.multiply`, `compat.v1.nn.relu`. */
const HOMES = /^(tf\.)?(compat\.v1\.)?(math|nn|linalg|image)?\.?/;
/** Arguments that change nothing. */
const IDLE = ['name', 'data_format', 'out_type', 'antialias', 'preserve_aspect_ratio', 'half_pixel_centers'];

/** Whether a layer of Keras 2 is a function of TensorFlow between the layers, `x + y` or `tf.reduce_mean(x)`. */
export const isTensorFlow = ({ class_name }: JsonObject): boolean =>
  class_name === 'TFOpLambda' || class_name === 'SlicingOpLambda';

/** A model in which every function of TensorFlow is an operator of Keras 3, but for those that somebody has given. */
export function withoutTensorFlow(model: KerasObject, isGiven: (layer: KerasObject) => boolean): KerasObject {
  const { layers, layer: wrapped = null } = model.config;
  const inner = (value: Json): Json => {
    if (!isObject(value) || typeof value.class_name !== 'string' || !isObject(value.config)) return value;
    const layer = value as KerasObject;
    if (isTensorFlow(layer)) return isGiven(layer) ? layer : asOperator(layer);
    return withoutTensorFlow(layer, isGiven);
  };
  if (Array.isArray(layers)) return { ...model, config: { ...model.config, layers: layers.map(inner) } };
  return isObject(wrapped) ? { ...model, config: { ...model.config, layer: inner(wrapped) } } : model;
}

/** A function of TensorFlow as the operator of Keras 3 that computes the same; it is refused where there is none. */
function asOperator(layer: KerasObject): KerasObject {
  const where = layerName(layer);
  const given = String(layer.config.function);
  const plain = given.replace(/^tf\./, '');
  const name = plain.startsWith('__operators__') ? plain : plain.replace(HOMES, '');
  if (name === '__operators__.getitem') return operator(layer, 'GetItem', {}, sliced);
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!known)
    throw new KerasFormatError(
      `${where} is the function tf.${given.replace(/^tf\./, '')}, which cannot be read: pass customObjects with a function named ${show(layer.config.name ?? layer.class_name)}`,
    );
  const { to, inputs = [], options = {}, always = {} } = known;
  const config: JsonObject = { ...always };
  const args = (call: JsonObject): Json[] => {
    const { args, kwargs } = call as { args: Json[]; kwargs: JsonObject };
    for (const [key, value] of Object.entries(kwargs)) {
      if (value === null || value === false || inputs.includes(key) || IDLE.includes(key)) continue;
      const option = Object.hasOwn(options, key) ? options[key] : undefined;
      if (option === undefined)
        throw new KerasFormatError(`${where} has the argument ${key}: ${show(value)}, which cannot be read`);
      config[option] = optionOf(key, value);
    }
    return [args[0] ?? null, ...inputs.map((key) => kwargs[key] ?? null).filter((one) => one !== null)];
  };
  return operator(layer, to, config, args);
}

/** What an argument says, in Keras's words: TensorFlow writes "SAME", and splits by sizes, not by the places between. */
function optionOf(key: string, value: Json): Json {
  if (typeof value === 'string') return value.toLowerCase();
  if (key !== 'num_or_size_splits' || !Array.isArray(value)) return value;
  let end = 0;
  return value.slice(0, -1).map((size) => {
    end += Number(size);
    return end;
  });
}

/** A layer as an operator, with the inputs that each of its calls has. */
function operator(
  { inbound_nodes: nodes, config: { name = null }, ...rest }: KerasObject,
  class_name: string,
  config: JsonObject,
  argsOf: (call: JsonObject) => Json[],
): KerasObject {
  const calls = (Array.isArray(nodes) ? nodes : []).map((node): Json => {
    if (!isObject(node) || !Array.isArray(node.args) || !isObject(node.kwargs)) return node;
    return { args: argsOf(node), kwargs: {} };
  });
  const made = { ...config, name };
  const module = 'keras.src.ops.tensorflow';
  return { ...rest, class_name, module, registered_name: null, config: made, inbound_nodes: calls };
}

/** x[1:, ..., 0]: the tensor, and what stands in the brackets. */
function sliced({ args, kwargs }: JsonObject): Json[] {
  const [x = null] = Array.isArray(args) ? args : [];
  const { slice_spec: spec = null } = isObject(kwargs ?? null) ? (kwargs as JsonObject) : {};
  const key = (Array.isArray(spec) ? spec : [spec]).map((one): Json => {
    if (!isObject(one) || one.class_name !== undefined) return one;
    const { start = null, stop = null, step = null } = one;
    return { class_name: '__slice__', config: { start, stop, step } };
  });
  return [x, { class_name: '__tuple__', config: key }];
}
