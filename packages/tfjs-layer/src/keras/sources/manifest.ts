import type { io } from '@tensorflow/tfjs-core';
import { KerasFormatError, show } from '../format.js';
import type { Settings } from '../options.js';
import type { Place } from './place.js';
import { checkedSpecs, totalBytes } from './specs.js';

/** What a `weightsManifest` says: the weights, and the files that hold them one after the other. */
export interface Manifest {
  specs: io.WeightsManifestEntry[];
  parts: string[];
}

export function readManifest(value: unknown, settings: Settings): Manifest {
  const isGroup = (group: Partial<io.WeightsManifestConfig[number]> | null): boolean =>
    Array.isArray(group?.paths) &&
    Array.isArray(group.weights) &&
    group.paths.every((path) => typeof path === 'string');
  if (!Array.isArray(value) || !value.every(isGroup))
    throw new KerasFormatError(
      `weightsManifest must be a list of groups, each of paths and weights, got ${show(value)}`,
    );
  const groups = value as io.WeightsManifestConfig;
  const parts = groups.flatMap(({ paths }) => paths);
  const { weights } = settings.limits;
  if (parts.length > weights)
    throw new KerasFormatError(`weightsManifest names ${parts.length} files; limits.weights is ${weights}`);
  return {
    parts,
    specs: checkedSpecs(
      groups.flatMap((group) => group.weights),
      settings,
    ),
  };
}

/** Reads the files of a manifest, a few at a time, and no more of them than its weights need. */
export async function readParts(
  { parts, specs }: Manifest,
  place: Place,
  { limits, signal, onProgress }: Settings,
): Promise<ArrayBuffer[]> {
  const needed = totalBytes(specs);
  let read = 0;
  const take = (bytes: number) => {
    read += bytes;
    if (read > needed)
      throw new KerasFormatError(
        `the weights of the model are ${read} bytes, and its manifest needs ${needed}`,
      );
    onProgress({ bytes: read, totalBytes: needed });
  };
  const buffers: ArrayBuffer[] = [];
  const failure = new AbortController();
  const ended = signal ? AbortSignal.any([signal, failure.signal]) : failure.signal;
  let next = 0;
  const work = async () => {
    while (next < parts.length && !ended.aborted) {
      const i = next++;
      buffers[i] = alone(await place.read(parts[i] as string, take, ended));
    }
  };
  // When one fails the others end, and none still reads when the failure is told.
  const workers = Array.from({ length: Math.min(limits.fetches, parts.length) }, () =>
    work().catch((error) => failure.abort(error)),
  );
  await Promise.all(workers);
  ended.throwIfAborted();
  return buffers;
}

/** The bytes alone: a Buffer of Node is a part of a larger array. */
export const alone = (bytes: Uint8Array): ArrayBuffer =>
  bytes.byteLength === bytes.buffer.byteLength && bytes.buffer instanceof ArrayBuffer
    ? bytes.buffer
    : bytes.slice().buffer;
