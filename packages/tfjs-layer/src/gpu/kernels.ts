// The kernels of `@rectify/tfjs-layer` on the `webgl` and `webgpu` backends.
import type { Activation } from '@rectify/core';
import type { KernelBackend, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { stockKernel } from '../tfjs/stock.js';
import { type Bound, boundOf, type FormulaName, formulaOf } from './formulas.js';
import type { ShaderFunction } from './language.js';
import { activatedProduct, type Factors, type Transposes } from './product.js';
import { type ElementwiseProgram, elementwiseProgram, isWebGl, runProgram } from './program.js';

type Part = 'f' | 'derivative' | 'second';

/** What is computed of f, f′ or f″, with the tensors' numbers that it takes beside x. */
const OUTER: Record<Part, { tensors: string[]; body: (value: string) => string }> = {
  f: { tensors: [], body: (value) => `return ${value};` },
  derivative: { tensors: ['dy'], body: (value) => `return dy * ${value};` },
  second: { tensors: ['dy', 'ddx'], body: (value) => `return ddx * dy * ${value};` },
};

const programs = new Map<string, ElementwiseProgram>();

/** The program of a formula; its text is made once. `own` names parameters whose numbers come from tensors, not uniforms. */
function programOf(name: FormulaName, part: Part, own: readonly string[] = []): ElementwiseProgram {
  const key = [name, part, ...own].join('_');
  const known = programs.get(key);
  if (known) return known;
  const formula = formulaOf(name);
  const { tensors, body } = OUTER[part];
  const uniforms = formula.parameters.filter((parameter) => !own.includes(parameter));
  const inner: ShaderFunction = {
    name: 'inner',
    parameters: ['x', ...formula.parameters],
    body: formula[part] ?? 'return 0.0;',
  };
  const outer: ShaderFunction = {
    name: 'outer',
    parameters: ['x', ...own, ...tensors, ...uniforms],
    body: body(`inner(${inner.parameters.join(', ')})`),
  };
  const functions = [...(formula.parts ?? []), inner, outer];
  const program = elementwiseProgram(key, functions, 1 + own.length + tensors.length);
  programs.set(key, program);
  return program;
}

/** f′ and f″ are 0 where the dy that they are multiplied with is. */
const run = (
  backend: KernelBackend,
  { formula, numbers }: Bound,
  part: Part,
  tensors: TensorInfo[],
  keeps0 = true,
) => runProgram(backend, programOf(formula, part), tensors, numbers, keeps0);

/** f of every element of a float32 tensor. */
export const activate = (backend: KernelBackend, f: Activation, x: TensorInfo): TensorInfo =>
  run(backend, boundOf(f), 'f', [x], f(0) === 0);

/** x for x ≥ 0, else alpha · x; alpha broadcasts to the shape of x. */
export const prelu = (backend: KernelBackend, x: TensorInfo, alpha: TensorInfo): TensorInfo =>
  runProgram(backend, programOf('leaky', 'f', ['slope']), [x, alpha], [], true);

/** dy · min(x, 0), whose sum is the gradient for a slope. */
const slopeTerm = /* @__PURE__ */ elementwiseProgram(
  'slopeTerm',
  [{ name: 'outer', parameters: ['x', 'dy'], body: 'return select(0.0, dy * x, x < 0.0);' }],
  2,
);

const stockOf = (backend: KernelBackend, name: string) =>
  stockKernel(name, isWebGl(backend) ? 'webgl' : 'webgpu');

/** Runs tfjs's own kernel of that name. */
const stock = (backend: KernelBackend, name: string, inputs: Record<string, TensorInfo>, attrs: object) =>
  stockOf(backend, name)({ inputs, backend, attrs: attrs as NamedAttrMap }) as TensorInfo;

/** The gradient for the slopes, each the sum over what shares it. */
function slopeGradient(backend: KernelBackend, x: TensorInfo, alpha: TensorInfo, dy: TensorInfo): TensorInfo {
  const terms = runProgram(backend, slopeTerm, [x, dy], [], true);
  const axis = tfc.broadcast_util.getReductionAxes(alpha.shape, x.shape);
  const sums = axis.length > 0 ? stock(backend, 'Sum', { x: terms }, { axis, keepDims: false }) : terms;
  const shaped = stock(backend, 'Reshape', { x: sums }, { shape: alpha.shape });
  for (const { dataId } of new Set([terms, sums])) backend.disposeData(dataId);
  return shaped;
}

const NOT_TRANSPOSED = { transposeA: false, transposeB: false };

/** f(a · b + bias) in one program. */
export function fusedProduct(
  backend: KernelBackend,
  f: Activation,
  factors: Factors,
  transposes: Transposes = NOT_TRANSPOSED,
): TensorInfo {
  const kernel = stockOf(backend, '_FusedMatMul');
  if (f.name === 'linear')
    return kernel({ inputs: { ...factors }, backend, attrs: { ...transposes } }) as TensorInfo;
  const { formula, numbers } = boundOf(f);
  return activatedProduct(kernel, backend, factors, transposes, programOf(formula, 'f'), numbers);
}

/** What these kernels take as attributes, each its own. */
interface Attributes extends Transposes {
  f: Activation;
}
type Kernel = (backend: KernelBackend, inputs: Record<string, TensorInfo>, attrs: Attributes) => TensorInfo;

/** The kernels of our own operations, which tfjs does not have. */
export const KERNELS: Readonly<Record<string, Kernel>> = {
  RectifyActivation: (backend, { x }, { f }) => activate(backend, f, x),
  RectifyActivationGrad: (backend, { x, dy }, { f }) => run(backend, boundOf(f), 'derivative', [x, dy]),
  RectifyActivationGradGrad: (backend, { x, dy, ddx }, { f }) =>
    run(backend, boundOf(f), 'second', [x, dy, ddx]),
  RectifyDense: (backend, { x, kernel, bias }, { f }) => fusedProduct(backend, f, { a: x, b: kernel, bias }),
  RectifyMatMul: (backend, { a, b }, { transposeA, transposeB }) =>
    stock(backend, 'BatchMatMul', { a, b }, { transposeA, transposeB }),
  RectifyColumnSums: (backend, { x }) => stock(backend, 'Sum', { x }, { axis: [0], keepDims: false }),
  RectifyPrelu: (backend, { x, alpha }) => prelu(backend, x, alpha),
  RectifyPreluGrad: (backend, { x, alpha, dy }) =>
    runProgram(backend, programOf('leaky', 'derivative', ['slope']), [x, alpha, dy], [], true),
  RectifyPreluSlopeGrad: (backend, { x, alpha, dy }) => slopeGradient(backend, x, alpha, dy),
};
