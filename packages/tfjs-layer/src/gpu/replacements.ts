// What takes the place of tfjs's kernels on the `webgl` and `webgpu` backends. tfjs's programs give NaN at ∞ where they mask (LeakyRelu,
// Prelu, Relu and Relu6 on webgl, and fused with a product, in vectors of four, also on webgpu), a number at NaN (Elu, Selu and
// Softplus; Relu6 on webgpu), and lose the digits of a small x in Elu and Selu, of a very negative one in Softplus.
import type { KernelBackend, KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { allFloat32, broadcasts } from '../tfjs/infos.js';
import { type Attributes, FUNCTIONS, type FunctionOf, fusedFunction } from '../tfjs/stock-functions.js';
import { activate } from './elementwise.js';
import { prelu } from './prelu.js';
import { fusedProduct } from './product.js';

type Inputs = Record<string, TensorInfo>;

/** Ours where all inputs are float32, else tfjs's. */
const onFloats =
  (ours: (backend: KernelBackend, inputs: Inputs, attrs: Attributes, stock: KernelFunc) => TensorInfo) =>
  (stock: KernelFunc): KernelFunc =>
  (args) => {
    const inputs = args.inputs as Inputs;
    if (!allFloat32(...Object.values(inputs))) return stock(args);
    return ours(args.backend as KernelBackend, inputs, (args.attrs ?? {}) as Attributes, stock);
  };

const by = (functionOf: FunctionOf) =>
  onFloats((backend, { x }, attrs) => activate(backend, functionOf(attrs), x));

/** What takes the place of a kernel of tfjs, given that kernel. */
export const REPLACEMENTS: Readonly<Record<string, (stock: KernelFunc) => KernelFunc>> = {
  // Sigmoid, since tfjs's leaves σ(0) beside the tensor, where its product of two matrices adds it up.
  ...Object.fromEntries(
    ['LeakyRelu', 'Elu', 'Relu', 'Relu6', 'Selu', 'Softplus', 'Sigmoid'].map((name) => [
      name,
      by(FUNCTIONS[name]),
    ]),
  ),
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
    const functionOf = fusedFunction(attrs.activation as string | null);
    return functionOf
      ? fusedProduct(backend, functionOf(attrs), { a, b, bias }, transposes)
      : product((attrs.activation as string | null) ?? 'linear');
  }),
};
