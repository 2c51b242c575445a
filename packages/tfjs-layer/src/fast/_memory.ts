import { type Activation, instantiateKernels, type MemoryKernels } from '@rectify/core/wasm';
import type { DataType, KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** What tfjs's `cpu` and `wasm` backends have beyond the common interface; it is public, but not in tfjs-core's types. */
interface CpuBackend extends KernelBackend {
  data: { get(dataId: object): { values: ArrayLike<number> } };
  makeTensorInfo(shape: number[], dtype: DataType, values: Float32Array): TensorInfo;
}
export interface WasmBackend extends KernelBackend {
  wasm: { asm?: { memory?: WebAssembly.Memory } };
  makeOutput(shape: number[], dtype: DataType): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
  getMemoryOffset(dataId: object): number;
}

export type FastBackend = 'cpu' | 'wasm';
export const FAST_BACKENDS: readonly FastBackend[] = ['cpu', 'wasm'];

const isWasm = (backend: KernelBackend): backend is WasmBackend => 'typedArrayFromHeap' in backend;

/** Core's kernels on the memory of each `wasm` backend; the threaded build in an isolated page hides its memory. */
const kernelsOf = new WeakMap<WasmBackend, MemoryKernels>();

function memoryKernels(backend: WasmBackend): MemoryKernels {
  const known = kernelsOf.get(backend);
  if (known) return known;
  const memory = backend.wasm.asm?.memory;
  if (!memory) throw new Error('the memory of the wasm backend is out of reach');
  const made = instantiateKernels(memory);
  kernelsOf.set(backend, made);
  return made;
}

const size = (shape: number[]) => shape.reduce((a, b) => a * b, 1);

/** The values of a float32 tensor on the `cpu` backend, which leaves those of a cast tensor in the array they came in. */
function cpuValues(backend: CpuBackend, { dataId }: TensorInfo): Float32Array {
  const { values } = backend.data.get(dataId);
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

/** f of every element, by core's kernels on the backend's own memory: nothing is copied. */
export function forward(backend: KernelBackend, f: Activation, x: TensorInfo): TensorInfo {
  if (!isWasm(backend)) {
    const cpu = backend as CpuBackend;
    return cpu.makeTensorInfo(x.shape, 'float32', f.forward(cpuValues(cpu, x)));
  }
  const kernels = memoryKernels(backend);
  const out = backend.makeOutput(x.shape, 'float32');
  try {
    const [from, to] = [x, out].map(({ dataId }) => backend.getMemoryOffset(dataId)) as [number, number];
    kernels.forward(f, 'float32', from, to, size(x.shape));
  } catch (error) {
    backend.disposeData(out.dataId);
    throw error;
  }
  return out;
}

/** dy · f′(x) of every element, likewise. */
export function backward(backend: KernelBackend, f: Activation, x: TensorInfo, dy: TensorInfo): TensorInfo {
  if (!isWasm(backend)) {
    const cpu = backend as CpuBackend;
    return cpu.makeTensorInfo(x.shape, 'float32', f.backward(cpuValues(cpu, x), cpuValues(cpu, dy)));
  }
  const kernels = memoryKernels(backend);
  const out = backend.makeOutput(x.shape, 'float32');
  const [at, dyAt, to] = [x, dy, out].map(({ dataId }) => backend.getMemoryOffset(dataId)) as [
    number,
    number,
    number,
  ];
  kernels.backward(f, 'float32', at, dyAt, to, size(x.shape));
  return out;
}

/** Runs a loop from the values of float32 tensors, which it may write to, to those of a new one, on the backend's own memory. */
export function onMemory(
  backend: KernelBackend,
  inputs: TensorInfo[],
  shape: number[],
  loop: (out: Float32Array, inputs: Float32Array[]) => void,
): TensorInfo {
  if (isWasm(backend)) {
    // The output first: its allocation may grow the memory, which detaches every view of it.
    const out = backend.makeOutput(shape, 'float32');
    loop(
      backend.typedArrayFromHeap(out),
      inputs.map((info) => backend.typedArrayFromHeap(info)),
    );
    return out;
  }
  const cpu = backend as CpuBackend;
  const values = new Float32Array(size(shape));
  loop(
    values,
    inputs.map((info) => cpuValues(cpu, info)),
  );
  return cpu.makeTensorInfo(shape, 'float32', values);
}
