import { backend, cast, engine, io, type Tensor, type TensorInfo, tensor } from '@tensorflow/tfjs-core';
import { hasHeap } from '../tfjs/heap.js';
import { KerasFormatError, show } from './format.js';
import type { Hdf5File } from './hdf5/file.js';
import type { KerasLimits } from './options.js';
import type { Artifacts } from './sources/artifacts.js';
import { byteLength } from './sources/specs.js';

/** One array of a file: how it is called there, and its values when they are asked for, in float32. */
export interface StoredWeight {
  name: string;
  shape: number[];
  /** How its numbers are stored, where that is not float32. */
  type?: string;
  /** Names of arrays beside it that it is made of. */
  also?: string[];
  /** Of a whole model in HDF5: the layer of the outermost model in whose group it lies. */
  layer?: string;
  read(): Tensor;
}

/** Whether an array is a weight, and not the state of an optimizer, a metric, a random generator or a spectral normalization. */
export const isWeight = (name: string): boolean =>
  !/(^|\/)vector_u(:0)?$/.test(name) &&
  !/(^|\/)(optimizer|metrics|_?loss_tracker|compile_metrics|_compile_metrics|_metrics|seed_generator(_\d+)?)\//.test(
    name,
  );

export const sizeOf = ({ shape }: { shape: number[] }): number => shape.reduce((a, b) => a * b, 1);

type Spec = io.WeightsManifestEntry;

/** The weights of tfjs's artifacts, each decoded when it is read; by default those of the model. */
export function ofArtifacts(
  { specs, data }: NonNullable<Artifacts['weights']>,
  isWanted = ({ group }: Spec) => group !== 'optimizer',
): StoredWeight[] {
  const part = slicer(data);
  let at = 0;
  return specs.flatMap((spec) => {
    const [from, to] = [at, at + byteLength(spec)];
    at = to;
    if (!isWanted(spec)) return [];
    const read = () => {
      const decoded = io.decodeWeights(part(from, to), [spec])[spec.name] as Tensor;
      if (decoded.dtype === 'float32') return decoded;
      try {
        return cast(decoded, 'float32');
      } finally {
        decoded.dispose();
      }
    };
    return [{ name: spec.name, shape: spec.shape, read }];
  });
}

/** Copies a range of several buffers; tfjs 4.22's own reads zeros from two of which the second is the larger. */
function slicer(buffers: ArrayBuffer[]): (from: number, to: number) => ArrayBuffer {
  let end = 0;
  const ends = buffers.map(({ byteLength }) => (end += byteLength));
  // Ranges come in order.
  let first = 0;
  return (from, to) => {
    const bytes = new Uint8Array(to - from);
    if (first > 0 && from < (ends[first - 1] as number)) first = 0;
    while (first < ends.length && (ends[first] as number) <= from) first++;
    for (let i = first, at = from; at < to; i++) {
      const [start, stop] = [ends[i - 1] ?? 0, Math.min(ends[i] as number, to)];
      bytes.set(new Uint8Array(buffers[i] as ArrayBuffer, at - start, stop - at), at - from);
      at = stop;
    }
    return bytes.buffer;
  };
}

/** What of an HDF5 file is asked for weights. */
export type WeightFile = Pick<Hdf5File, 'children' | 'dataset'>;

/** A dataset of an HDF5 file as a weight. */
export function ofDataset(file: WeightFile, path: string, name = path): StoredWeight | undefined {
  const dataset = file.dataset(path);
  if (!dataset) return undefined;
  const { shape, type } = dataset;
  return { name, shape, type, read: () => tensorOf(shape, (room) => dataset.read(room)) };
}

/**
 * A tensor of the values that `read` puts into the array it is given: on tfjs's `wasm` backend that is its own memory, so that there is no
 * second copy that waits to be collected. Every other backend keeps an array made for it.
 */
function tensorOf(shape: number[], read: (room?: (count: number) => Float32Array) => Float32Array): Tensor {
  const of = backend();
  if (!hasHeap(of)) return tensor(read(), shape, 'float32');
  const made: TensorInfo[] = [];
  try {
    read(() => {
      const info = of.makeOutput(shape, 'float32');
      made.push(info);
      // To be written at once: whatever is allocated later may take the memory from under the view.
      return of.typedArrayFromHeap(info);
    });
    return engine().makeTensorFromTensorInfo(made[0] as TensorInfo);
  } catch (error) {
    for (const { dataId } of made) of.disposeData(dataId);
    throw error;
  }
}

/** The weights of a model that Keras saved as HDF5, by the names that Keras gave them. */
export function ofModelFile(file: Hdf5File, { weights }: Required<KerasLimits>): StoredWeight[] {
  const root = file.children('model_weights') ? 'model_weights' : '';
  const stored = namesIn(file, root, 'layer_names').flatMap((layer) => {
    const group = `${root}/${layer}`;
    return namesIn(file, group, 'weight_names').map((name) => {
      const weight = ofDataset(file, `${group}/${name}`, name);
      if (!weight)
        throw new KerasFormatError(`the HDF5 file has no weight ${show(name)} of layer ${show(layer)}`);
      return { ...weight, layer };
    });
  });
  if (stored.length > weights)
    throw new KerasFormatError(`the file has ${stored.length} weights; limits.weights is ${weights}`);
  return stored;
}

/** A list of names that Keras cuts into several attributes where it is long: `weight_names`, or `weight_names0`, `weight_names1`, … */
function namesIn(file: Hdf5File, group: string, attribute: string): string[] {
  const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);
  const whole = file.attribute(group, attribute);
  if (whole !== undefined) return list(whole);
  const names: string[] = [];
  for (let i = 0; ; i++) {
    const part = file.attribute(group, `${attribute}${i}`);
    if (part === undefined) return names;
    names.push(...list(part));
  }
}
