// The arrays of freed tensors of the `cpu` backend, used again. A new array costs several times what a kernel does, since the system
// hands out its memory page by page as it is first written.
//
// tfjs's `cpu` backend gives its arrays away: `dataSync` returns them, slices and casts share them. So an array is used again only if
// nobody but our own kernels has seen it: whoever else reads a tensor's `values` keeps them for good.
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

/** What tfjs's `cpu` backend has beyond the common interface; it is public, but not in tfjs-core's types. */
export interface CpuBackend extends KernelBackend {
  data: { get(dataId: object): { values: ArrayLike<number> } };
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

/** Shorter arrays are new ones: they cost less than to keep account of them. */
const SHORT = 4096;
/** How many bytes are kept at most, as many as one large batch of activations takes. */
const MOST = 2 ** 27;

interface Tracked {
  array: Float32Array;
  seen: boolean;
}

/** The tensors made here whose data is not freed yet. */
const tracked = new WeakMap<object, Tracked>();
/** Backends whose `disposeData` is ours, with their own. */
const replaced = new Map<CpuBackend, CpuBackend['disposeData']>();
/** Arrays that nobody has, the ones kept longest first. */
let kept: Float32Array[] = [];
let keptBytes = 0; // told at every disposal, so not summed up anew
let recycling = false;

export function startRecycling(): void {
  recycling = true;
}

/** Lets all arrays go and puts tfjs's `disposeData` back. */
export function stopRecycling(): void {
  recycling = false;
  kept = [];
  keptBytes = 0;
  for (const [backend, own] of replaced) backend.disposeData = own;
  replaced.clear();
}

function keep(array: Float32Array): void {
  kept.push(array);
  keptBytes += array.byteLength;
  while (keptBytes > MOST) keptBytes -= (kept.shift() as Float32Array).byteLength;
}

/** An array of that length that nobody has. */
function take(length: number): Float32Array {
  const at = kept.findLastIndex((array) => array.length === length);
  const array = kept[at];
  if (!array) return new Float32Array(length);
  kept.splice(at, 1);
  keptBytes -= array.byteLength;
  return array;
}

function watchDisposal(backend: CpuBackend): void {
  if (replaced.has(backend)) return;
  const own = backend.disposeData;
  replaced.set(backend, own);
  backend.disposeData = (dataId, force) => {
    const freed = own.call(backend, dataId, force);
    const entry = tracked.get(dataId);
    if (freed && entry) {
      tracked.delete(dataId);
      if (!entry.seen) keep(entry.array);
    }
    return freed;
  };
}

/** A float32 tensor of the `cpu` backend, its values not yet written. */
export function makeOnCpu(backend: CpuBackend, shape: number[], size: number): TensorInfo {
  if (!recycling || size < SHORT) return backend.makeTensorInfo(shape, 'float32', new Float32Array(size));
  watchDisposal(backend);
  const array = take(size);
  const info = backend.makeTensorInfo(shape, 'float32', array);
  const entry: Tracked = { array, seen: false };
  tracked.set(info.dataId, entry);
  Object.defineProperty(backend.data.get(info.dataId), 'values', {
    configurable: true,
    enumerable: true,
    get() {
      entry.seen = true;
      return entry.array;
    },
  });
  return info;
}

/** The values of a tensor for a kernel that does not keep them. */
export const peek = (backend: CpuBackend, dataId: object): ArrayLike<number> =>
  tracked.get(dataId)?.array ?? backend.data.get(dataId).values;
