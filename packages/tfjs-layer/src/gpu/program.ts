// Runs a function of the numbers at one place of some tensors, at every place, as one program of tfjs's `webgl` or `webgpu` backend.
import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { type Language, type ShaderFunction, shaderText } from './language.js';

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
  return `select(${value}, ${x}, isnan(${x}))`;
}

/** One for each number of a vector of four. */
export const each4 = (of: (part: string) => string): string => ['.x', '.y', '.z', '.w'].map(of).join(', ');

/**
 * A texel holds 2×2 numbers of the last two axes. What lies outside of the tensor has to be 0, for tfjs's product of two matrices
 * adds up what lies there: so it is set to 0 after a function for which f(0) is not.
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

/** What does not depend on shapes, made once: tfjs compares the text at each call. */
interface WebGlTemplate {
  variableNames: string[];
  customUniforms: { name: string; type: string }[];
  userCode: string;
}
const templates = new WeakMap<ElementwiseProgram, WebGlTemplate>();

/** `clear` stands for what clears outside of the tensor. */
const CLEAR = '/* clear */';

function templateOf(program: ElementwiseProgram): WebGlTemplate {
  const known = templates.get(program);
  if (known) return known;
  const variableNames = TENSORS.slice(0, program.tensors);
  const template = {
    variableNames,
    customUniforms: program.uniforms.map((name) => ({ name, type: 'float' })),
    userCode: `${program.text.glsl}
void main() {
${variableNames.map((name) => `vec4 ${name.toLowerCase()} = get${name}AtOutCoords();`).join('\n')}
vec4 result = vec4(${each4((part) => unlessNaN('glsl', program, placed(variableNames, part)))});${CLEAR}
setOutput(result);
}`,
  };
  templates.set(program, template);
  return template;
}

function webGlProgram(program: ElementwiseProgram, shape: number[], keeps0: boolean): object {
  const template = templateOf(program);
  // As tfjs decides it: otherwise it writes shapes into its programs.
  const enableShapeUniforms = shape.length <= 4 && tfc.env().getBool('WEBGL_USE_SHAPES_UNIFORMS');
  const userCode = keeps0
    ? template.userCode
    : template.userCode.replace(CLEAR, insideOnly(shape, enableShapeUniforms));
  return {
    ...template,
    outputShape: shape,
    packedInputs: true,
    packedOutput: true,
    enableShapeUniforms,
    userCode,
  };
}

/** How many threads a workgroup has, as in tfjs's own programs of one input. */
const WORKGROUP = 128;
/** How many workgroups a dispatch may have along an axis. */
const MOST_GROUPS = 65535;

/** Four numbers a thread where all tensors are of one shape of a multiple of four numbers, else one. */
function webGpuProgram(program: ElementwiseProgram, tensors: TensorInfo[]): object {
  const { shape } = tensors[0] as TensorInfo;
  const variableNames = TENSORS.slice(0, program.tensors);
  const size = tfc.util.sizeFromShape(shape);
  const together = size % 4 === 0 && tensors.every((one) => tfc.util.arraysEqual(one.shape, shape)) ? 4 : 1;
  const groups = Math.max(1, Math.ceil(size / (together * WORKGROUP)));
  const row = groups <= MOST_GROUPS ? groups : Math.ceil(Math.sqrt(groups));
  const value =
    together === 4
      ? `vec4<f32>(${each4((part) => unlessNaN('wgsl', program, placed(variableNames, part)))})`
      : unlessNaN('wgsl', program, placed(variableNames));
  return {
    variableNames,
    outputShape: shape,
    shaderKey: `rectify_${program.key}_${together}`,
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [row, Math.ceil(groups / row), 1],
    outputComponent: together,
    size: true,
    uniforms: program.uniforms.map((name) => `${name} : f32, `).join(''),
    getUserCode: () => `
      ${program.text.wgsl}
      fn main(index : i32) {
        if (index < uniforms.size) {
          ${variableNames.map((name) => `let ${name.toLowerCase()} = get${name}ByOutputIndex(index);`).join('\n')}
          setOutputAtIndex(index, ${value});
        }
      }`,
  };
}

/**
 * The program's function at every place of float32 tensors, of which the later ones broadcast to the shape of the first. `keeps0`
 * says that it is known to be 0 where the tensors' numbers are.
 */
export function runProgram(
  backend: KernelBackend,
  program: ElementwiseProgram,
  tensors: TensorInfo[],
  uniforms: readonly number[],
  keeps0 = false,
): TensorInfo {
  const { shape } = tensors[0] as TensorInfo;
  if (isWebGl(backend))
    return backend.runWebGLProgram(
      webGlProgram(program, shape, keeps0),
      tensors,
      'float32',
      uniforms.map((value) => [value]),
    );
  return (backend as WebGpuBackend).runWebGPUProgram(
    webGpuProgram(program, tensors),
    tensors,
    'float32',
    uniforms.map((value) => ({ type: 'float32', data: [value] })),
  );
}
