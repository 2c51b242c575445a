// A function of core, its derivative and its second derivative over tensors of the `webgl` and `webgpu` backends.
import type { Activation } from '@rectify/core';
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import { type Bound, boundOf, type FormulaName, formulaOf } from './formulas.js';
import type { ShaderFunction } from './language.js';
import { type ElementwiseProgram, elementwiseProgram, runProgram } from './program.js';

type Part = 'f' | 'derivative' | 'second';

/** What is computed of f, f′ or f″, with the tensors' numbers that it takes beside x. */
const OUTER: Record<Part, { tensors: string[]; body: (value: string) => string }> = {
  f: { tensors: [], body: (value) => `return ${value};` },
  derivative: { tensors: ['dy'], body: (value) => `return dy * ${value};` },
  second: { tensors: ['dy', 'ddx'], body: (value) => `return ddx * dy * ${value};` },
};

const programs = new Map<string, ElementwiseProgram>();

/** The program of a formula; its text is made once. `own` names parameters whose numbers come from tensors, not uniforms. */
export function programOf(name: FormulaName, part: Part, own: readonly string[] = []): ElementwiseProgram {
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

/** dy · f′(x) */
export const gradient = (backend: KernelBackend, f: Activation, x: TensorInfo, dy: TensorInfo): TensorInfo =>
  run(backend, boundOf(f), 'derivative', [x, dy]);

/** ddx · dy · f″(x) */
export const secondGradient = (
  backend: KernelBackend,
  f: Activation,
  x: TensorInfo,
  dy: TensorInfo,
  ddx: TensorInfo,
): TensorInfo => run(backend, boundOf(f), 'second', [x, dy, ddx]);
