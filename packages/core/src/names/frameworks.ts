// Which function of Keras 3, PyTorch, ONNX, tfjs and Hugging Face's transformers is which of ours. This is the one table of names:
// FRAMEWORKS.md is made from it, lookups go by it, and so does tfjs-layer.

/** Whose names and defaults: Keras 3, PyTorch, ONNX, TensorFlow.js, or the `hidden_act` of Hugging Face's transformers. */
export type Framework = 'keras' | 'pytorch' | 'onnx' | 'tfjs' | 'transformers';

/** A function's name in a framework. */
export interface ForeignName {
  /** As the framework writes it. */
  name: string;
  /** Its parameter names, and ours for the same thing. */
  params?: Readonly<Record<string, string>>;
  /** Its defaults, in our parameter names, where they are not ours. */
  defaults?: Readonly<Record<string, unknown>>;
  /** Parameters that the name itself stands for, whoever asks. */
  means?: Readonly<Record<string, unknown>>;
  /** In tfjs: what its layers take as `activation`. Its other names are those of layers and operations. */
  isActivation?: true;
}

type Row = Readonly<Partial<Record<Framework, readonly (ForeignName | string)[]>>>;

const alphaSlope = { alpha: 'negativeSlope' };
const negativeSlope = { negative_slope: 'negativeSlope' };
const lambd = { lambd: 'lambda' };
const lambdaThreshold = { threshold: 'lambda' };
const reluParams = { negative_slope: 'negativeSlope', max_value: 'maxValue', threshold: 'threshold' };
const taken = <Name extends string>(name: Name) => ({ name, isActivation: true }) as const;
const own = (...names: string[]) => Object.fromEntries(names.map((name) => [name, name]));

/** Frozen to the innermost: lookups go by it, so nobody may write to it. */
function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object') frozen(inner);
  return Object.freeze(value);
}

/** Every function by canonical name, with its names in each framework; the first name of each is the usual one. */
export const frameworks = /* @__PURE__ */ frozen({
  linear: {
    keras: ['linear'],
    pytorch: ['Identity'],
    onnx: ['Identity'],
    tfjs: [taken('linear')],
    transformers: ['linear'],
  },
  relu: {
    keras: [
      { name: 'ReLU', params: reluParams },
      { name: 'relu', params: reluParams },
    ],
    pytorch: ['ReLU', 'relu'],
    onnx: ['Relu'],
    tfjs: [{ name: 'ReLU', params: { maxValue: 'maxValue' } }, taken('relu')],
    transformers: ['relu'],
  },
  leaky_relu: {
    keras: [
      { name: 'LeakyReLU', params: negativeSlope, defaults: { negativeSlope: 0.3 } },
      { name: 'leaky_relu', params: negativeSlope, defaults: { negativeSlope: 0.2 } },
    ],
    pytorch: [
      { name: 'LeakyReLU', params: negativeSlope },
      { name: 'leaky_relu', params: negativeSlope },
    ],
    onnx: [{ name: 'LeakyRelu', params: alphaSlope }],
    tfjs: [
      { name: 'LeakyReLU', params: alphaSlope, defaults: { negativeSlope: 0.3 } },
      { name: 'leakyReLU', params: alphaSlope, defaults: { negativeSlope: 0.3 } },
      { name: 'leakyRelu', params: alphaSlope, defaults: { negativeSlope: 0.2 } },
    ],
    transformers: [{ name: 'leaky_relu', params: negativeSlope }],
  },
  prelu: {
    keras: [{ name: 'PReLU', defaults: { negativeSlope: 0 } }],
    pytorch: [{ name: 'PReLU', params: { init: 'negativeSlope' } }],
    onnx: [{ name: 'PRelu', params: { slope: 'negativeSlope' } }],
    tfjs: [{ name: 'PReLU', params: alphaSlope, defaults: { negativeSlope: 0 } }],
    transformers: [{ name: 'prelu', params: { init: 'negativeSlope' } }],
  },
  rrelu: { pytorch: [{ name: 'RReLU', params: own('lower', 'upper') }] },
  relu_squared: { transformers: ['relu2'] },
  relu6: { keras: ['relu6'], pytorch: ['ReLU6'], tfjs: [taken('relu6')], transformers: ['relu6'] },
  threshold: {
    keras: [{ name: 'threshold', params: { threshold: 'threshold', default_value: 'value' } }],
    pytorch: [{ name: 'Threshold', params: own('threshold', 'value') }],
  },
  thresholded_relu: {
    onnx: [{ name: 'ThresholdedRelu', params: { alpha: 'theta' } }],
    tfjs: [{ name: 'ThresholdedReLU', params: own('theta') }],
  },
  elu: {
    keras: [{ name: 'ELU', params: own('alpha') }],
    pytorch: [{ name: 'ELU', params: own('alpha') }],
    onnx: [{ name: 'Elu', params: own('alpha') }],
    tfjs: [{ name: 'ELU', params: own('alpha') }, taken('elu')],
  },
  xielu: {
    transformers: [
      { name: 'xielu', params: { alpha_p_init: 'alphaP', alpha_n_init: 'alphaN', beta: 'beta' } },
    ],
  },
  selu: { keras: ['selu'], pytorch: ['SELU'], onnx: ['Selu'], tfjs: [taken('selu')] },
  celu: {
    keras: [{ name: 'celu', params: own('alpha') }],
    pytorch: [{ name: 'CELU', params: own('alpha') }],
    onnx: [{ name: 'Celu', params: own('alpha') }],
  },
  gelu: {
    keras: [{ name: 'gelu', params: own('approximate') }],
    pytorch: [{ name: 'GELU', params: own('approximate') }],
    onnx: [{ name: 'Gelu', params: own('approximate') }],
    tfjs: [taken('gelu'), { ...taken('gelu_new'), means: { approximate: 'tanh' } }],
    transformers: [
      'gelu',
      'gelu_python',
      ...['gelu_new', 'gelu_fast', 'gelu_pytorch_tanh', 'gelu_python_tanh', 'gelu_accurate'].map((name) => ({
        name,
        means: { approximate: 'tanh' },
      })),
    ],
  },
  quick_gelu: { transformers: ['quick_gelu'] },
  silu: {
    keras: ['silu', 'swish'],
    pytorch: ['SiLU'],
    onnx: [{ name: 'Swish', params: { alpha: 'beta' } }],
    tfjs: [taken('swish')],
    transformers: ['silu', 'swish'],
  },
  hard_silu: {
    keras: ['hard_silu', 'hard_swish'],
    pytorch: ['Hardswish'],
    onnx: ['HardSwish'],
    transformers: ['hardswish'],
  },
  mish: { keras: ['mish'], pytorch: ['Mish'], onnx: ['Mish'], tfjs: [taken('mish')], transformers: ['mish'] },
  softplus: {
    keras: ['softplus'],
    pytorch: [{ name: 'Softplus', params: own('beta', 'threshold'), defaults: { threshold: 20 } }],
    onnx: ['Softplus'],
    tfjs: [taken('softplus')],
  },
  softsign: { keras: ['softsign'], pytorch: ['Softsign'], onnx: ['Softsign'], tfjs: [taken('softsign')] },
  squareplus: { keras: [{ name: 'squareplus', params: own('b') }] },
  sparse_plus: { keras: ['sparse_plus'] },
  sigmoid: {
    keras: ['sigmoid'],
    pytorch: ['Sigmoid'],
    onnx: ['Sigmoid'],
    tfjs: [taken('sigmoid')],
    transformers: ['sigmoid'],
  },
  log_sigmoid: { keras: ['log_sigmoid'], pytorch: ['LogSigmoid'], tfjs: ['logSigmoid'] },
  laplace: { transformers: [{ name: 'laplace', params: own('mu', 'sigma') }] },
  hard_sigmoid: {
    keras: ['hard_sigmoid'],
    pytorch: ['Hardsigmoid'],
    onnx: [{ name: 'HardSigmoid', params: { alpha: 'slope', beta: 'offset' }, defaults: { slope: 0.2 } }],
    tfjs: [{ ...taken('hardSigmoid'), defaults: { slope: 0.2 } }],
  },
  sparse_sigmoid: { keras: ['sparse_sigmoid'] },
  tanh: { keras: ['tanh'], pytorch: ['Tanh'], onnx: ['Tanh'], tfjs: [taken('tanh')], transformers: ['tanh'] },
  softcap: {},
  lisht: {},
  hard_tanh: {
    keras: ['hard_tanh'],
    pytorch: [{ name: 'Hardtanh', params: { min_val: 'minValue', max_val: 'maxValue' } }],
  },
  tanh_shrink: { keras: ['tanh_shrink'], pytorch: ['Tanhshrink'] },
  soft_shrink: {
    keras: [{ name: 'soft_shrink', params: lambdaThreshold }],
    pytorch: [{ name: 'Softshrink', params: lambd }],
  },
  hard_shrink: {
    keras: [{ name: 'hard_shrink', params: lambdaThreshold }],
    pytorch: [{ name: 'Hardshrink', params: lambd }],
    onnx: [{ name: 'Shrink', params: lambd }],
  },
  snake: {},
  exponential: { keras: ['exponential'], pytorch: ['exp'], onnx: ['Exp'], tfjs: ['exp'] },
  step: { tfjs: [{ name: 'step', params: own('alpha') }] },
  softmax: { keras: ['softmax'], pytorch: ['Softmax'], onnx: ['Softmax'], tfjs: [taken('softmax')] },
  log_softmax: {
    keras: ['log_softmax'],
    pytorch: ['LogSoftmax'],
    onnx: ['LogSoftmax'],
    tfjs: [taken('logSoftmax')],
  },
  softmin: { pytorch: ['Softmin'] },
  hardmax: { onnx: ['Hardmax'] },
  sparsemax: { keras: ['sparsemax'] },
  glu: { keras: ['glu'], pytorch: ['GLU'] },
  swiglu: {},
  geglu: {},
  reglu: {},
} as const satisfies Record<string, Row>);

/** A function's canonical name. */
export type CanonicalName = keyof typeof frameworks;

/** Those of them that work on vectors, not on single elements. */
export const vectorNames = /* @__PURE__ */ Object.freeze([
  'softmax',
  'log_softmax',
  'softmin',
  'hardmax',
  'sparsemax',
  'glu',
  'swiglu',
  'geglu',
  'reglu',
] as const satisfies readonly CanonicalName[]);

/** A canonical name that `vectorActivation` knows. */
export type VectorName = (typeof vectorNames)[number];

/** The names of a function in a framework. */
export const namesIn = (name: CanonicalName, framework: Framework): readonly ForeignName[] =>
  ((frameworks[name] as Row)[framework] ?? []).map((known) =>
    typeof known === 'string' ? { name: known } : known,
  );

/** The frameworks of the table. */
export const frameworkNames: readonly Framework[] = Object.freeze([
  'keras',
  'pytorch',
  'onnx',
  'tfjs',
  'transformers',
] as const);
