// The memory of tfjs's `cpu` and `wasm` backends, where core's kernels and our loops run without a copy.
import { type Activation, instantiateKernels, type MemoryKernels } from '@rectify/core/wasm';
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { type HeapBackend, hasHeap } from '../tfjs/heap.js';
import { type CpuBackend, makeOnCpu, makeWatched, peek } from './recycle.js';
import { type DataRecords, isOursAlone, watch } from './watch.js';

/** What tfjs's `wasm` backend has beyond the common interface. */
export interface WasmBackend extends HeapBackend {
  wasm: { asm?: { memory?: WebAssembly.Memory }; tfjs: { disposeData(id: number): void } };
  dataIdMap: DataRecords & { delete(dataId: object): void };
  getMemoryOffset(dataId: object): number;
}

export type FastBackend = 'cpu' | 'wasm';
export const isFast = (backendName: string): backendName is FastBackend =>
  backendName === 'cpu' || backendName === 'wasm';

export const isWasm = (backend: KernelBackend): backend is WasmBackend => hasHeap(backend);

const kernelsOf = new WeakMap<WasmBackend, MemoryKernels | Error>();

/**
 * Core's kernels on the memory of a `wasm` backend, or why they cannot run there: the threaded build of an isolated page hides its
 * memory, and a runtime may have no SIMD.
 */
export function memoryKernels(backend: WasmBackend): MemoryKernels | Error {
  const known = kernelsOf.get(backend);
  if (known) return known;
  const made = instantiate(backend.wasm.asm?.memory);
  kernelsOf.set(backend, made);
  return made;
}

function instantiate(memory?: WebAssembly.Memory): MemoryKernels | Error {
  if (!memory) return new Error('the memory of the wasm backend is out of reach');
  try {
    return instantiateKernels(memory);
  } catch (error) {
    return error as Error;
  }
}

/** The same, or undefined where core's functions have to run on views of the memory. */
export function kernelsOn(backend: KernelBackend): MemoryKernels | undefined {
  const kernels = isWasm(backend) ? memoryKernels(backend) : undefined;
  return kernels instanceof Error ? undefined : kernels;
}

export const sizeOf = ({ shape }: TensorInfo): number => tfc.util.sizeFromShape(shape);

/** A new float32 tensor, its values not yet written. */
export const make = (backend: KernelBackend, shape: number[]): TensorInfo =>
  isWasm(backend)
    ? backend.makeOutput(shape, 'float32')
    : makeOnCpu(backend as CpuBackend, shape, tfc.util.sizeFromShape(shape));

/** A new float32 tensor that `write` fills; nothing is left of it if that throws. */
export function written(
  backend: KernelBackend,
  shape: number[],
  write: (out: TensorInfo) => void,
): TensorInfo {
  const out = make(backend, shape);
  try {
    write(out);
  } catch (error) {
    backend.disposeData(out.dataId);
    throw error;
  }
  return out;
}

/** A float32 tensor with the values of another, of which {@link mayBeWritten} tells whether it is still nobody else's. */
export function copied(backend: KernelBackend, x: TensorInfo): TensorInfo {
  if (!isWasm(backend)) return makeWatched(backend as CpuBackend, x.shape, values(backend, x).slice());
  const info = written(backend, x.shape, (out) => values(backend, out).set(values(backend, x)));
  watch(backend.dataIdMap.get(info.dataId), 'id');
  return info;
}

/** Whether a tensor was made by {@link copied}, and no clone, reader or kernel of tfjs's has its data. */
export const mayBeWritten = (backend: KernelBackend, { dataId }: TensorInfo): boolean =>
  isOursAlone(backend, isWasm(backend) ? backend.dataIdMap : (backend as CpuBackend).data, dataId);

/**
 * The values of a float32 tensor where they lie. On `wasm`, any allocation may grow the memory, which detaches every such view.
 * The `cpu` backend leaves the values of a cast tensor in the array they came in: those are copied.
 */
export function values(backend: KernelBackend, info: TensorInfo): Float32Array {
  if (isWasm(backend)) return backend.typedArrayFromHeap(info);
  const own = peek(backend as CpuBackend, info.dataId);
  return own instanceof Float32Array ? own : Float32Array.from(own);
}

export const addressOf = (backend: KernelBackend, { dataId }: TensorInfo): number =>
  (backend as WasmBackend).getMemoryOffset(dataId);

/** Writes f of every element of x to out, which may be x. */
export function forward(backend: KernelBackend, f: Activation, x: TensorInfo, out: TensorInfo): void {
  const kernels = kernelsOn(backend);
  if (kernels) kernels.forward(f, 'float32', addressOf(backend, x), addressOf(backend, out), sizeOf(x));
  else f.forward(values(backend, x), values(backend, out));
}

/** f of every element of a tensor that is nobody else's yet, in its own place. */
export function inPlace(backend: KernelBackend, x: TensorInfo, f: Activation | undefined): TensorInfo {
  if (f && f.name !== 'linear')
    try {
      forward(backend, f, x, x);
    } catch (error) {
      backend.disposeData(x.dataId);
      throw error;
    }
  return x;
}

/** Writes dy · f′(x) of every element to out, which may be dy. */
export function backward(
  backend: KernelBackend,
  f: Activation,
  x: TensorInfo,
  dy: TensorInfo,
  out: TensorInfo,
): void {
  const kernels = kernelsOn(backend);
  if (kernels) {
    const [at, dyAt, to] = [addressOf(backend, x), addressOf(backend, dy), addressOf(backend, out)];
    kernels.backward(f, 'float32', at, dyAt, to, sizeOf(x));
  } else f.backward(values(backend, x), values(backend, dy), values(backend, out));
}

/** Calls `use` with a part of a tensor of the `wasm` backend as a tensor of its own, on the same memory. */
export function withPart<Result>(
  backend: WasmBackend,
  whole: TensorInfo,
  from: number,
  shape: number[],
  use: (part: TensorInfo) => Result,
): Result {
  const part = backend.makeOutput(shape, 'float32', backend.getMemoryOffset(whole.dataId) + 4 * from);
  try {
    return use(part);
  } finally {
    // Not disposeData: that would free memory in the middle of the whole.
    backend.wasm.tfjs.disposeData((part.dataId as { id: number }).id);
    backend.dataIdMap.delete(part.dataId);
  }
}
