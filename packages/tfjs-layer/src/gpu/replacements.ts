// What takes the place of tfjs's kernels on the `webgl` and `webgpu` backends. tfjs's programs give NaN at ∞ where they mask (LeakyRelu,
// Prelu, Relu and Relu6 on webgl, and fused with a product, in vectors of four, also on webgpu), a number at NaN (Elu, Selu and
// Softplus; Relu6 on webgpu), and lose the digits of a small x in Elu and Selu, of a very negative one in Softplus.
import { type Activation, elu, leakyRelu, relu, relu6, selu, sigmoid, softplus } from '@rectify/core';
import type { KernelBackend, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { activate, fusedProduct, prelu } from './kernels.js';

type Attributes = Record<string, unknown>;
type FunctionOf = (attrs: Attributes) => Activation;
type Inputs = Record<string, TensorInfo>;

/** The last Leaky ReLU: making one costs as much as telling the GPU to run it. */
let last = leakyRelu();
function leakyOf(alpha: unknown): Activation {
  if (last.params.negativeSlope !== alpha) last = leakyRelu({ negativeSlope: alpha as number });
  return last;
}
const [theElu, theRelu, theRelu6, theSelu, theSigmoid, theSoftplus] = [
  elu(),
  relu(),
  relu6(),
  selu(),
  sigmoid(),
  softplus(),
];

/** tfjs's kernels of one input that are functions of core, and have a gradient in one kernel of ours. */
export const FUNCTIONS: Readonly<Record<string, FunctionOf>> = {
  LeakyRelu: ({ alpha }) => leakyOf(alpha),
  Elu: () => theElu,
  Relu: () => theRelu,
  Relu6: () => theRelu6,
  Selu: () => theSelu,
  Softplus: () => theSoftplus,
};

/** What tfjs calls the activations that it fuses with a product; PReLU has a tensor of slopes besides. */
const FUSED: Readonly<Record<string, FunctionOf>> = {
  elu: () => theElu,
  leakyrelu: ({ leakyreluAlpha }) => leakyOf(leakyreluAlpha ?? 0.2),
  relu: () => theRelu,
  relu6: () => theRelu6,
  sigmoid: () => theSigmoid,
};

const floats = (inputs: Inputs) =>
  Object.values(inputs).every((info) => info === undefined || info === null || info.dtype === 'float32');

/** Ours where all inputs are float32, else tfjs's. */
const onFloats =
  (ours: (backend: KernelBackend, inputs: Inputs, attrs: Attributes, stock: KernelFunc) => TensorInfo) =>
  (stock: KernelFunc): KernelFunc =>
  (args) => {
    const inputs = args.inputs as Inputs;
    if (!floats(inputs)) return stock(args);
    return ours(args.backend as KernelBackend, inputs, (args.attrs ?? {}) as Attributes, stock);
  };

const by = (functionOf: FunctionOf) =>
  onFloats((backend, { x }, attrs) => activate(backend, functionOf(attrs), x));

/** Whether the slopes broadcast to the shape of x; tfjs also takes slopes to whose shape x broadcasts. */
export const broadcasts = (x: TensorInfo, alpha: TensorInfo) =>
  tfc.util.arraysEqual(tfc.broadcast_util.assertAndGetBroadcastShape(x.shape, alpha.shape), x.shape);

/** What takes the place of a kernel of tfjs, given that kernel. */
export const REPLACEMENTS: Readonly<Record<string, (stock: KernelFunc) => KernelFunc>> = {
  ...Object.fromEntries(Object.entries(FUNCTIONS).map(([name, functionOf]) => [name, by(functionOf)])),
  // tfjs's leaves σ(0) beside the tensor, where its product of two matrices adds it up.
  Sigmoid: by(() => theSigmoid),
  Prelu: onFloats((backend, { x, alpha }, _, stock) =>
    broadcasts(x, alpha)
      ? prelu(backend, x, alpha)
      : (stock({ inputs: { x, alpha }, backend, attrs: {} }) as TensorInfo),
  ),
  _FusedMatMul: onFloats((backend, inputs, attrs, stock) => {
    const { a, b, bias, preluActivationWeights: alpha } = inputs;
    const transposes = { transposeA: attrs.transposeA === true, transposeB: attrs.transposeB === true };
    const product = (activation: string) =>
      stock({ inputs: { a, b, bias }, backend, attrs: { ...transposes, activation } }) as TensorInfo;
    if (attrs.activation === 'prelu') {
      const x = product('linear');
      const y = prelu(backend, x, alpha);
      backend.disposeData(x.dataId);
      return y;
    }
    const functionOf = FUSED[attrs.activation as string];
    return functionOf
      ? fusedProduct(backend, functionOf(attrs), { a, b, bias }, transposes)
      : product((attrs.activation as string | null) ?? 'linear');
  }),
};
