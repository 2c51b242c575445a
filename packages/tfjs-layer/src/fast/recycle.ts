// The arrays of freed tensors of the `cpu` backend, used again. A new array costs several times what a kernel does, since the system
// hands out its memory page by page as it is first written. An array is used again only if nobody but our own kernels has seen it:
// whoever else reads a tensor's `values` keeps them for good.
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { type DataRecords, isUnseen, peekAt, watch } from './watch.js';

/** What tfjs's `cpu` backend has beyond the common interface; it is public, but not in tfjs-core's types. */
export interface CpuBackend extends KernelBackend {
  data: DataRecords;
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

/** Shorter arrays are new ones: they cost less than to keep account of them. */
const SHORT = 4096;
/** How many bytes are kept at most, as many as one large batch of activations takes. */
const MOST = 2 ** 27;

type DisposeData = CpuBackend['disposeData'];
/** Backends whose `disposeData` is ours, with their own. */
const replaced = new Map<CpuBackend, DisposeData>();
/** On a `disposeData` of ours, also one of another copy of this package: ends the recycling of its copy. */
const STOP = Symbol.for('@rectify/tfjs-layer: stop recycling');
/** Arrays that nobody has, the ones kept longest first. */
let kept: Float32Array[] = [];
let keptBytes = 0; // told at every disposal, so not summed up anew
let recycling = false;

export function startRecycling(): void {
  recycling = true;
}

/** Lets all arrays go and puts tfjs's `disposeData` back, that of another copy of this package too. */
export function stopRecycling(): void {
  const disposeData = () => tfc.engine().registry.cpu?.disposeData as { [STOP]?: () => void } | undefined;
  for (let last: unknown, at = disposeData(); at?.[STOP] && at !== last; last = at, at = disposeData())
    at[STOP]();
  stop();
}

function stop(): void {
  recycling = false;
  kept = [];
  keptBytes = 0;
  for (const [backend, own] of replaced) backend.disposeData = own;
  replaced.clear();
}

function keep(array: Float32Array): void {
  if (array.length < SHORT) return;
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
  const ours: DisposeData = (dataId, force) => {
    const record = backend.data.has(dataId) ? backend.data.get(dataId) : undefined;
    const freed = own.call(backend, dataId, force);
    if (freed && record && isUnseen(record)) keep(peekAt(record) as Float32Array);
    return freed;
  };
  backend.disposeData = Object.assign(ours, { [STOP]: stop });
}

/** A float32 tensor of the `cpu` backend, its values not yet written. */
export function makeOnCpu(backend: CpuBackend, shape: number[], size: number): TensorInfo {
  if (!recycling || size < SHORT) return backend.makeTensorInfo(shape, 'float32', new Float32Array(size));
  watchDisposal(backend);
  return makeWatched(backend, shape, take(size));
}

/** A tensor of that array, whose readers are noticed. */
export function makeWatched(backend: CpuBackend, shape: number[], array: Float32Array): TensorInfo {
  const info = backend.makeTensorInfo(shape, 'float32', array);
  watch(backend.data.get(info.dataId), 'values');
  return info;
}

/** The values of a tensor for a kernel that does not keep them. */
export function peek(backend: CpuBackend, dataId: object): ArrayLike<number> {
  const record = backend.data.get(dataId);
  return (peekAt(record) as Float32Array | undefined) ?? record.values;
}
