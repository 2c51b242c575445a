// The kernels of `@rectify/tfjs-layer` on the `webgl` and `webgpu` backends.
import type { Activation } from '@rectify/core';
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { type Bound, boundOf, type FormulaName, formulaOf } from './_formulas.js';
import type { ShaderFunction } from './_language.js';
import { type ElementwiseProgram, runProgram } from './_program.js';

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
  const program = {
    key,
    functions: [...(formula.parts ?? []), inner, outer],
    tensors: 1 + own.length + tensors.length,
  };
  programs.set(key, program);
  return program;
}

const run = (backend: KernelBackend, { formula, numbers }: Bound, part: Part, tensors: TensorInfo[]) =>
  runProgram(backend, programOf(formula, part), tensors, numbers);

/** f of every element of a float32 tensor. */
export const forward = (backend: KernelBackend, f: Activation, x: TensorInfo): TensorInfo =>
  run(backend, boundOf(f), 'f', [x]);

/** dy · f′(x) */
export const backward = (
  backend: KernelBackend,
  f: Activation,
  x: TensorInfo,
  dy: TensorInfo,
): TensorInfo => run(backend, boundOf(f), 'derivative', [x, dy]);

/** ddx · dy · f″(x) */
export const secondBackward = (
  backend: KernelBackend,
  f: Activation,
  [x, dy, ddx]: [TensorInfo, TensorInfo, TensorInfo],
): TensorInfo => run(backend, boundOf(f), 'second', [x, dy, ddx]);

/** x for x ≥ 0, else alpha · x; alpha broadcasts to the shape of x. */
export const prelu = (backend: KernelBackend, x: TensorInfo, alpha: TensorInfo): TensorInfo =>
  runProgram(backend, programOf('leaky', 'f', ['slope']), [x, alpha], []);

/** dy · its derivative in x */
export const preluGradient = (
  backend: KernelBackend,
  x: TensorInfo,
  alpha: TensorInfo,
  dy: TensorInfo,
): TensorInfo => runProgram(backend, programOf('leaky', 'derivative', ['slope']), [x, alpha, dy], []);

const slopeTerm: ElementwiseProgram = {
  key: 'slopeTerm',
  functions: [
    { name: 'outer', parameters: ['x', 'dy'], body: 'return select(0.0, dy * x, x < 0.0);' },
  ],
  tensors: 2,
};

/** dy · min(x, 0): summed over what shares a slope, it is the gradient for that slope. */
export const slopeTerms = (backend: KernelBackend, x: TensorInfo, dy: TensorInfo): TensorInfo =>
  runProgram(backend, slopeTerm, [x, dy], []);
