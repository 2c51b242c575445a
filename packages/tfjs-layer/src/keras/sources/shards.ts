import { isObject, type Json, KerasFormatError, show } from '../format.js';
import type { Settings } from '../options.js';
import type { Place } from './place.js';

/** Weights that Keras saved in several files: `save_weights('model.weights.json', max_shard_size=…)`. */
export interface Shards {
  /** Names of the HDF5 files, beside the list that names them. */
  shards: string[];
  place: Place | undefined;
}

/** Whether JSON is Keras's list of the files that hold a model's weights. */
export const isShardList = (json: Json): boolean =>
  isObject(json) && isObject(json.weight_map) && json.class_name === undefined;

/** The files that such a list names, each once. */
export function shardNames(json: Json, { limits }: Settings): string[] {
  const map = isObject(json) && isObject(json.weight_map) ? json.weight_map : {};
  const names = new Set(Object.values(map).flat());
  if (names.size === 0 || ![...names].every((name) => typeof name === 'string'))
    throw new KerasFormatError(`weight_map must name files of weights, got ${show(map)}`);
  if (names.size > limits.weights)
    throw new KerasFormatError(`weight_map names ${names.size} files; limits.weights is ${limits.weights}`);
  return [...names] as string[];
}

/** The bytes of the files, one after the other. */
export async function readShards(
  { shards, place }: Shards,
  { limits, signal, onProgress }: Settings,
): Promise<{ name: string; bytes: Uint8Array }[]> {
  if (!place)
    throw new KerasFormatError(
      `the weights lie in ${show(shards)}, and where these lie is not known: give the path or URL of the list, or all files`,
    );
  let read = 0;
  const take = (bytes: number) => {
    read += bytes;
    if (read > limits.bytes)
      throw new KerasFormatError(`the weights are more than ${limits.bytes} bytes, which is limits.bytes`);
    onProgress({ bytes: read });
  };
  const files: { name: string; bytes: Uint8Array }[] = [];
  for (const name of shards)
    files.push({ name, bytes: await place.read(name, take, signal ?? new AbortController().signal) });
  return files;
}
