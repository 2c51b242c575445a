// The memory of tfjs's `cpu` and `wasm` backends, where core's kernels and our loops run without a copy.
import { type Activation, instantiateKernels, type MemoryKernels } from '@rectify/core/wasm';
import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';

/** What tfjs's `cpu` backend has beyond the common interface; it is public, but not in tfjs-core's types. */
interface CpuBackend extends KernelBackend {
  data: { get(dataId: object): { values: ArrayLike<number> } };
  makeTensorInfo(shape: number[], dtype: DataType, values: Float32Array): TensorInfo;
}

/** And its `wasm` backend. */
export interface WasmBackend extends KernelBackend {
  wasm: { asm?: { memory?: WebAssembly.Memory }; tfjs: { disposeData(id: number): void } };
  dataIdMap: { delete(dataId: object): void };
  makeOutput(shape: number[], dtype: DataType, memoryOffset?: number): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
  getMemoryOffset(dataId: object): number;
}

export type FastBackend = 'cpu' | 'wasm';
export const FAST_BACKENDS: readonly FastBackend[] = ['cpu', 'wasm'];
export const isFast = (backendName: string): backendName is FastBackend =>
  FAST_BACKENDS.includes(backendName as FastBackend);

export const isWasm = (backend: KernelBackend): backend is WasmBackend => 'typedArrayFromHeap' in backend;

/** Core's kernels on the memory of each `wasm` backend. */
const kernelsOf = new WeakMap<WasmBackend, MemoryKernels>();

/** Throws where the memory is out of reach, as in the threaded build of an isolated page, or where WASM has no SIMD. */
export function memoryKernels(backend: WasmBackend): MemoryKernels {
  const known = kernelsOf.get(backend);
  if (known) return known;
  const memory = backend.wasm.asm?.memory;
  if (!memory) throw new Error('the memory of the wasm backend is out of reach');
  const made = instantiateKernels(memory);
  kernelsOf.set(backend, made);
  return made;
}

/** Whether core's kernels run on the memory of a `wasm` backend; where not, core's functions run on views of it. */
export function reaches(backend: WasmBackend): boolean {
  try {
    memoryKernels(backend);
    return true;
  } catch {
    return false;
  }
}

export const sizeOf = ({ shape }: TensorInfo): number => tfc.util.sizeFromShape(shape);

/** A new float32 tensor, its values not yet written. */
export const make = (backend: KernelBackend, shape: number[]): TensorInfo =>
  isWasm(backend)
    ? backend.makeOutput(shape, 'float32')
    : (backend as CpuBackend).makeTensorInfo(
        shape,
        'float32',
        new Float32Array(tfc.util.sizeFromShape(shape)),
      );

/**
 * The values of a float32 tensor where they lie. On `wasm`, any allocation may grow the memory, which detaches every such view.
 * The `cpu` backend leaves the values of a cast tensor in the array they came in: those are copied.
 */
export function values(backend: KernelBackend, info: TensorInfo): Float32Array {
  if (isWasm(backend)) return backend.typedArrayFromHeap(info);
  const own = (backend as CpuBackend).data.get(info.dataId).values;
  return own instanceof Float32Array ? own : Float32Array.from(own);
}

/** The addresses of tensors of the `wasm` backend. */
export const addresses = (backend: WasmBackend, ...infos: TensorInfo[]): number[] =>
  infos.map(({ dataId }) => backend.getMemoryOffset(dataId));

/** Writes f of every element of x to out, which may be x. */
export function forward(backend: KernelBackend, f: Activation, x: TensorInfo, out: TensorInfo): TensorInfo {
  if (isWasm(backend) && reaches(backend)) {
    const [from, to] = addresses(backend, x, out) as [number, number];
    memoryKernels(backend).forward(f, 'float32', from, to, sizeOf(x));
  } else f.forward(values(backend, x), values(backend, out));
  return out;
}

/** Writes dy · f′(x) of every element to out, which may be dy. */
export function backward(
  backend: KernelBackend,
  f: Activation,
  x: TensorInfo,
  dy: TensorInfo,
  out: TensorInfo,
): TensorInfo {
  if (isWasm(backend) && reaches(backend)) {
    const [at, dyAt, to] = addresses(backend, x, dy, out) as [number, number, number];
    memoryKernels(backend).backward(f, 'float32', at, dyAt, to, sizeOf(x));
  } else f.backward(values(backend, x), values(backend, dy), values(backend, out));
  return out;
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
