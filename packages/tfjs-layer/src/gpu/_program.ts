// Runs a function of the numbers at one place of some tensors, at every place, as one program of tfjs's `webgl` or `webgpu` backend.
import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { type Language, type ShaderFunction, shaderText } from './_language.js';

/** What tfjs's GPU backends have beyond the common interface; it is public, but not in tfjs-core's types. */
export interface WebGlBackend extends KernelBackend {
  runWebGLProgram(
    program: object,
    inputs: TensorInfo[],
    dtype: DataType,
    uniforms: number[][] | undefined,
  ): TensorInfo;
}
export interface WebGpuBackend extends KernelBackend {
  runWebGPUProgram(
    program: object,
    inputs: TensorInfo[],
    dtype: DataType,
    uniforms: { type: string; data: number[] }[] | null,
    out?: TensorInfo,
  ): TensorInfo;
}

export type GpuBackend = 'webgl' | 'webgpu';
export const GPU_BACKENDS: readonly GpuBackend[] = ['webgl', 'webgpu'];

export const isGpu = (backendName: string): backendName is GpuBackend =>
  GPU_BACKENDS.includes(backendName as GpuBackend);

export const isWebGl = (backend: KernelBackend): backend is WebGlBackend => 'runWebGLProgram' in backend;

/** A function of the numbers at one place. */
export interface ElementwiseProgram {
  /** Tells it from all others. */
  key: string;
  text: Record<Language, string>;
  /** The function of the text that is run. */
  name: string;
  /** How many of its parameters are tensors' numbers, the first of them being x. */
  tensors: number;
  /** The names of the others, as uniforms that nothing of tfjs's is called. */
  uniforms: readonly string[];
}

/** The program of the last of these functions, which may call the others. */
export function elementwiseProgram(
  key: string,
  functions: readonly ShaderFunction[],
  tensors: number,
): ElementwiseProgram {
  const { name, parameters } = functions.at(-1) as ShaderFunction;
  const text = { glsl: shaderText(functions, 'glsl'), wgsl: shaderText(functions, 'wgsl') };
  return { key, text, name, tensors, uniforms: parameters.slice(tensors).map((own) => `uniform_${own}`) };
}

/** tfjs expects names of tensors to begin with a capital. */
const TENSORS = ['A', 'B', 'C'];

/** The function of numbers by these names, but NaN where x is NaN: asked of its bits, since the functions may not ask. */
export function unlessNaN(language: Language, program: ElementwiseProgram, numbers: string[]): string {
  const [x] = numbers;
  const uniforms = program.uniforms.map((own) => (language === 'glsl' ? own : `uniforms.${own}`));
  const value = `${program.name}(${[...numbers, ...uniforms].join(', ')})`;
  return language === 'glsl' ? `(isnan(${x}) ? ${x} : ${value})` : `select(${value}, ${x}, isnan(${x}))`;
}

/** One for each number of a vector of four. */
export const each4 = (of: (part: string) => string): string => ['.x', '.y', '.z', '.w'].map(of).join(', ');

/**
 * A texel holds 2×2 numbers of the last two axes. What lies outside of the tensor is set to 0, for f(0) is not always 0, and tfjs's product
 * of two matrices adds up what lies there.
 */
export function insideOnly(shape: number[], enableShapeUniforms: boolean): string {
  if (tfc.util.sizeFromShape(shape) === 1) return 'result.yzw = vec3(0.0);';
  const rank = shape.length;
  const sizes = (axis: number) =>
    !enableShapeUniforms ? `${shape[axis]}` : rank === 1 ? 'outShape' : `outShape[${axis}]`;
  const at = (axis: number) => (rank === 1 ? 'place' : `place.${'xyzwuv'[axis]}`);
  const type = rank === 1 ? 'int' : `ivec${rank}`;
  const column = `if (${at(rank - 1)} + 1 >= ${sizes(rank - 1)}) result.yw = vec2(0.0);`;
  const row =
    rank === 1
      ? 'result.zw = vec2(0.0);'
      : `if (${at(rank - 2)} + 1 >= ${sizes(rank - 2)}) result.zw = vec2(0.0);`;
  return `${type} place = getOutputCoords(); ${column} ${row}`;
}

const placed = (variableNames: string[], part = '') => variableNames.map((name) => name.toLowerCase() + part);

function webGlProgram(program: ElementwiseProgram, shape: number[]): object {
  // As tfjs decides it: otherwise it writes shapes into its programs.
  const enableShapeUniforms = shape.length <= 4 && tfc.env().getBool('WEBGL_USE_SHAPES_UNIFORMS');
  const variableNames = TENSORS.slice(0, program.tensors);
  return {
    variableNames,
    outputShape: shape,
    packedInputs: true,
    packedOutput: true,
    enableShapeUniforms,
    customUniforms: program.uniforms.map((name) => ({ name, type: 'float' })),
    userCode: `
      ${program.text.glsl}
      void main() {
        ${variableNames.map((name) => `vec4 ${name.toLowerCase()} = get${name}AtOutCoords();`).join('\n')}
        vec4 result = vec4(${each4((part) => unlessNaN('glsl', program, placed(variableNames, part)))});
        ${insideOnly(shape, enableShapeUniforms)}
        setOutput(result);
      }`,
  };
}

/** How many numbers a workgroup takes, as in tfjs's own programs of one input. */
const WORKGROUP = 128;

function webGpuProgram(program: ElementwiseProgram, shape: number[]): object {
  const variableNames = TENSORS.slice(0, program.tensors);
  return {
    variableNames,
    outputShape: shape,
    shaderKey: `rectify_${program.key}`,
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(tfc.util.sizeFromShape(shape) / WORKGROUP), 1, 1],
    size: true,
    uniforms: program.uniforms.map((name) => `${name} : f32, `).join(''),
    getUserCode: () => `
      ${program.text.wgsl}
      fn main(index : i32) {
        if (index < uniforms.size) {
          ${variableNames.map((name) => `let ${name.toLowerCase()} = get${name}ByOutputIndex(index);`).join('\n')}
          setOutputAtIndex(index, ${unlessNaN('wgsl', program, placed(variableNames))});
        }
      }`,
  };
}

/** The program's function at every place of float32 tensors, of which the later ones broadcast to the shape of the first. */
export function runProgram(
  backend: KernelBackend,
  program: ElementwiseProgram,
  tensors: TensorInfo[],
  uniforms: readonly number[],
): TensorInfo {
  const { shape } = tensors[0] as TensorInfo;
  if (isWebGl(backend))
    return backend.runWebGLProgram(
      webGlProgram(program, shape),
      tensors,
      'float32',
      uniforms.map((value) => [value]),
    );
  return (backend as WebGpuBackend).runWebGPUProgram(
    webGpuProgram(program, shape),
    tensors,
    'float32',
    uniforms.map((value) => ({ type: 'float32', data: [value] })),
  );
}
