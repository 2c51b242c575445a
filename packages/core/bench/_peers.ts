// The packages that core is measured beside, fetched when a benchmark asks for them (scripts/tools.mjs); as much of their types as the
// benchmarks use.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fetchTools } from '../../../scripts/tools.mjs';

const load = (file: string): Promise<unknown> => import(pathToFileURL(join(fetchTools('peers'), file)).href);

export interface OnnxTensor {
  readonly data: ArrayLike<number>;
  dispose(): void;
}
export interface OnnxSession {
  run(inputs: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor | undefined>>;
  release(): Promise<void>;
}
export interface Onnx {
  readonly env: { readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => OnnxTensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: { executionProviders: readonly string[] }): Promise<OnnxSession>;
  };
}

/** onnxruntime-web, by `require`: vite, which runs the benchmarks, takes the modules that it imports itself for its own. */
export const loadOnnx = (): Onnx =>
  createRequire(import.meta.url)(join(fetchTools('peers'), 'onnxruntime-web/dist/ort.node.min.js')) as Onnx;

export interface JaxArray {
  /** The array once more, for a function that uses up what it is given. */
  readonly ref: JaxArray;
  dispose(): void;
}
type JaxFunction = (x: JaxArray) => JaxArray;
type JaxName = 'relu' | 'relu6' | 'elu' | 'celu' | 'silu' | 'mish' | 'softplus' | 'sigmoid';
interface Jax {
  init(device: string): Promise<unknown>;
  defaultDevice(device: string): void;
  jit(f: JaxFunction): JaxFunction;
  blockUntilReady(x: JaxArray): Promise<unknown>;
  readonly numpy: { array(data: Float32Array): JaxArray; readonly tanh: JaxFunction };
  readonly nn: Record<JaxName, JaxFunction> & {
    leakyRelu(x: JaxArray, negativeSlope: number): JaxArray;
    gelu(x: JaxArray, options: { approximate: boolean }): JaxArray;
  };
}

/** jax-js. */
export const loadJax = () => load('@jax-js/jax/dist/index.js') as Promise<Jax>;
