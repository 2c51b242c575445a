// Which of tfjs's kernels compute which function of core.
import {
  type Activation,
  elu,
  frameworks,
  leakyRelu,
  relu,
  relu6,
  selu,
  sigmoid,
  softplus,
  tanh,
} from '@rectify/core';

export type Attributes = Record<string, unknown>;
/** The function that a kernel computes, from its attributes. */
export type FunctionOf = (attrs: Attributes) => Activation;

let lastLeaky = leakyRelu();
/** A kernel is called with one slope thousands of times, and making a function takes as long as 2,000 elements: the last is kept. */
function leakyOf(alpha: unknown): Activation {
  if (!Object.is(alpha, lastLeaky.params.negativeSlope))
    lastLeaky = leakyRelu({ negativeSlope: alpha as number });
  return lastLeaky;
}
const [theElu, theRelu, theRelu6, theSelu] = [elu(), relu(), relu6(), selu()];
const [theSigmoid, theSoftplus, theTanh] = [sigmoid(), softplus(), tanh()];

/** Kernels of one input, by their names. */
export const FUNCTIONS: Readonly<Record<string, FunctionOf>> = {
  LeakyRelu: ({ alpha }) => leakyOf(alpha),
  Elu: () => theElu,
  Relu: () => theRelu,
  Relu6: () => theRelu6,
  Selu: () => theSelu,
  Sigmoid: () => theSigmoid,
  Softplus: () => theSoftplus,
  Tanh: () => theTanh,
};

/** What tfjs calls the activations that it fuses with a product; it also fuses PReLU, which has a tensor of slopes. */
const FUSED: Readonly<Record<string, FunctionOf>> = {
  elu: () => theElu,
  leakyrelu: ({ leakyreluAlpha }) =>
    leakyOf(leakyreluAlpha ?? frameworks.leaky_relu.tfjs[2].defaults.negativeSlope),
  relu: () => theRelu,
  relu6: () => theRelu6,
  sigmoid: () => theSigmoid,
};

export const fusedFunction = (name: string | null | undefined): FunctionOf | undefined =>
  name != null && Object.hasOwn(FUSED, name) ? FUSED[name] : undefined;
