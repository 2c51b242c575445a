import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** What tfjs's `wasm` backend has to write a tensor in its own memory; it is public, but not in tfjs-core's types. */
export interface HeapBackend extends KernelBackend {
  makeOutput(shape: number[], dtype: DataType, memoryOffset?: number): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
}

export const hasHeap = (backend: KernelBackend): backend is HeapBackend => 'typedArrayFromHeap' in backend;
