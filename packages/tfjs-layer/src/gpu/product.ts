// tfjs's product of two matrices, bias and activation in one program, with any formula of ours as the activation.
import type { Activation } from '@rectify/core';
import type { DataType, KernelBackend, KernelFunc, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import { stockKernel } from '../tfjs/stock.js';
import { programOf } from './elementwise.js';
import { boundOf } from './formulas.js';
import {
  type ElementwiseProgram,
  each4,
  insideOnly,
  isWebGl,
  runProgram,
  unlessNaN,
  type WebGlBackend,
  type WebGpuBackend,
} from './program.js';

/** What tfjs's programs of a product have beyond the common interface of its programs. */
interface WebGlProduct {
  userCode: string;
  outputShape: number[];
  enableShapeUniforms: boolean;
  customUniforms?: { name: string; type: string }[];
}
interface WebGpuProduct {
  shaderKey: string;
  uniforms: string;
  getUserCode(): string;
}

/** tfjs's activation by the name of "relu", whose text has no braces of its own. */
const GLSL_ACTIVATION = /vec4 activation\(vec4 x\) \{[^}]*\}/;
const WGSL_ACTIVATION = /fn activation\(a : ([^,]+), coords : [^)]+\) -> [^{]+\{[^}]*\}/;

/** False where the program has no such activation. */
function rewriteWebGl(product: WebGlProduct, program: ElementwiseProgram): boolean {
  if (!GLSL_ACTIVATION.test(product.userCode)) return false;
  const activation = `${program.text.glsl}
    vec4 activation(vec4 a) {
      vec4 result = vec4(${each4((part) => unlessNaN('glsl', program, [`a${part}`]))});
      ${insideOnly(product.outputShape, product.enableShapeUniforms)}
      return result;
    }`;
  product.userCode = product.userCode.replace(GLSL_ACTIVATION, () => activation);
  product.customUniforms = program.uniforms.map((name) => ({ name, type: 'float' }));
  return true;
}

function rewriteWebGpu(product: WebGpuProduct, program: ElementwiseProgram): boolean {
  const text = product.getUserCode();
  const [found, type] = WGSL_ACTIVATION.exec(text) ?? [];
  if (!found || !type) return false;
  const value = type.startsWith('vec4')
    ? `vec4<f32>(${each4((part) => unlessNaN('wgsl', program, [`a${part}`]))})`
    : unlessNaN('wgsl', program, ['a']);
  const header = found.slice(0, found.indexOf('{'));
  const activation = `${program.text.wgsl}\n${header} { return ${value}; }`;
  product.getUserCode = () => text.replace(found, () => activation);
  product.shaderKey += `_rectify_${program.key}`;
  product.uniforms += program.uniforms.map((name) => ` ${name} : f32,`).join('');
  return true;
}

/** The backend, but that it puts the program's function in the place of the activation in what it is told to run. */
function rewriting(
  backend: KernelBackend,
  program: ElementwiseProgram,
  uniforms: readonly number[],
  done: () => void,
): KernelBackend {
  const webGl: WebGlBackend['runWebGLProgram'] = (product, inputs, dtype, own) => {
    const rewritten = rewriteWebGl(product as WebGlProduct, program);
    if (rewritten) done();
    const all = rewritten ? [...(own ?? []), ...uniforms.map((value) => [value])] : own;
    return (backend as WebGlBackend).runWebGLProgram(product, inputs, dtype, all);
  };
  const webGpu = (
    product: object,
    inputs: TensorInfo[],
    dtype: DataType,
    own: { type: string; data: number[] }[] | null,
    out?: TensorInfo,
  ) => {
    const rewritten = rewriteWebGpu(product as WebGpuProduct, program);
    if (rewritten) done();
    const all = [...(own ?? []), ...uniforms.map((value) => ({ type: 'float32', data: [value] }))];
    return (backend as WebGpuBackend).runWebGPUProgram(product, inputs, dtype, rewritten ? all : own, out);
  };
  return new Proxy(backend, {
    get(target, name) {
      if (name === 'runWebGLProgram') return webGl;
      if (name === 'runWebGPUProgram') return webGpu;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

export interface Factors {
  a: TensorInfo;
  b: TensorInfo;
  bias?: TensorInfo | undefined;
}
interface Transposes {
  transposeA: boolean;
  transposeB: boolean;
}

const kernelOf = (backend: KernelBackend, name: string): KernelFunc =>
  stockKernel(name, isWebGl(backend) ? 'webgl' : 'webgpu');

/** Runs tfjs's own kernel of that name. */
export const stockOf = (
  backend: KernelBackend,
  name: string,
  inputs: Record<string, TensorInfo>,
  attrs: object,
): TensorInfo => kernelOf(backend, name)({ inputs, backend, attrs: attrs as NamedAttrMap }) as TensorInfo;

const NOT_TRANSPOSED = { transposeA: false, transposeB: false };

/** f(a · b + bias) in one program. */
export function fusedProduct(
  backend: KernelBackend,
  f: Activation,
  factors: Factors,
  transposes: Transposes = NOT_TRANSPOSED,
): TensorInfo {
  const kernel = kernelOf(backend, '_FusedMatMul');
  if (f.name === 'linear')
    return kernel({ inputs: { ...factors }, backend, attrs: { ...transposes } }) as TensorInfo;
  const { formula, numbers } = boundOf(f);
  return activatedProduct(kernel, backend, factors, transposes, programOf(formula, 'f'), numbers);
}

/** The program's function of a · b + bias, by tfjs's own kernel `_FusedMatMul`. */
function activatedProduct(
  stock: KernelFunc,
  backend: KernelBackend,
  factors: Factors,
  transposes: Transposes,
  program: ElementwiseProgram,
  uniforms: readonly number[],
): TensorInfo {
  const run = (on: KernelBackend, activation: string) =>
    stock({ inputs: { ...factors }, backend: on, attrs: { ...transposes, activation } }) as TensorInfo;
  let rewritten = false;
  const out = run(
    rewriting(backend, program, uniforms, () => {
      rewritten = true;
    }),
    'relu',
  );
  if (rewritten) return out;
  // Some other version of tfjs: then in two programs.
  backend.disposeData(out.dataId);
  const product = run(backend, 'linear');
  const result = runProgram(backend, program, [product], uniforms);
  backend.disposeData(product.dataId);
  return result;
}
