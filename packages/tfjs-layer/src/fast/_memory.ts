import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** What tfjs's `cpu` and `wasm` backends have beyond the common interface; both are public, but not in tfjs-core's types. */
interface CpuBackend extends KernelBackend {
  data: { get(dataId: object): { values: ArrayLike<number> } };
  makeTensorInfo(shape: number[], dtype: DataType, values: Float32Array): TensorInfo;
}
export interface WasmBackend extends KernelBackend {
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
}

export type FastBackend = 'cpu' | 'wasm';
export const FAST_BACKENDS: readonly FastBackend[] = ['cpu', 'wasm'];

/** Runs a loop from the values of float32 tensors to those of a new one, on the backend's own memory: nothing is copied. */
export function onMemory(
  backend: KernelBackend,
  inputs: TensorInfo[],
  shape: number[],
  loop: (out: Float32Array, inputs: Float32Array[]) => void,
): TensorInfo {
  if ('typedArrayFromHeap' in backend) {
    const wasm = backend as WasmBackend;
    // The output first: its allocation may grow the memory, which detaches every view of it.
    const out = wasm.makeOutput(shape, 'float32');
    try {
      loop(
        wasm.typedArrayFromHeap(out),
        inputs.map((info) => wasm.typedArrayFromHeap(info)),
      );
    } catch (error) {
      wasm.disposeData(out.dataId);
      throw error;
    }
    return out;
  }
  const cpu = backend as CpuBackend;
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
  loop(
    values,
    inputs.map(({ dataId }) => asFloats(cpu.data.get(dataId).values)),
  );
  return cpu.makeTensorInfo(shape, 'float32', values);
}

/** The `cpu` backend leaves the values of a cast tensor in the array they came in. */
const asFloats = (values: ArrayLike<number>): Float32Array =>
  values instanceof Float32Array ? values : Float32Array.from(values);
