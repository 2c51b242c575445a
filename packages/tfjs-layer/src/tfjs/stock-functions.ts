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

const leakyOf = (alpha: unknown): Activation => leakyRelu({ negativeSlope: alpha as number });
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
