// Whether anybody but our kernels has read a tensor's data, on the `cpu` and `wasm` backends.
//
// tfjs's `cpu` backend gives its arrays away: `dataSync` returns them, slices and casts share them. Its `wasm` backend gives copies,
// but XNNPACK keeps what it made of a tensor by the tensor's number. Both read one property of what the backend keeps of a tensor.
import type { KernelBackend } from '@tensorflow/tfjs-core';

/** What a backend keeps of a tensor: `values` on `cpu`, `id` on `wasm` are what others get at the data by. */
export interface DataRecord {
  values: ArrayLike<number>;
  id: number;
  /** On `wasm`, the shape that the data was made with. */
  shape: number[];
}
export interface DataRecords {
  has(dataId: object): boolean;
  /** Moves the data here from another backend that has it. */
  get(dataId: object): DataRecord;
}

interface Watched {
  value: unknown;
  seen: boolean;
}

/** By the record, not by the tensor's `dataId`: that stays the same when its data moves to another backend and back. */
const watched = new WeakMap<DataRecord, Watched>();

/** From now on whoever reads the property is noticed. */
export function watch(record: DataRecord, property: 'values' | 'id'): void {
  const entry: Watched = { value: record[property], seen: false };
  watched.set(record, entry);
  Object.defineProperty(record, property, {
    configurable: true,
    enumerable: true,
    get() {
      entry.seen = true;
      return entry.value;
    },
  });
}

/** The value that is watched, without being noticed; undefined where none is. */
export const peekAt = (record: DataRecord): unknown => watched.get(record)?.value;

/** Whether the property is watched and nobody has read it. */
export const isUnseen = (record: DataRecord | undefined): boolean =>
  record !== undefined && watched.get(record)?.seen === false;

/** Whether our kernels alone have a tensor's data: no clone and no reader has it. */
export const isOursAlone = (backend: KernelBackend, records: DataRecords, dataId: object): boolean =>
  records.has(dataId) && isUnseen(records.get(dataId)) && backend.refCount(dataId) === 1;
