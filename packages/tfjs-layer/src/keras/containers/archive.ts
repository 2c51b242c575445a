import { type Json, KerasFormatError, show } from '../format.js';
import { Hdf5File } from '../hdf5/file.js';
import { parseJson } from '../json.js';
import type { KerasLimits } from '../options.js';
import { Zip } from './zip.js';

/** The topology of a `.keras` archive, and its weights by their places in HDF5. */
export interface KerasArchive {
  topology: Json;
  weights: Hdf5File;
  /** The text of a file that some layers have besides, as the words of a StringLookup; undefined where there is none. */
  asset(path: string): string | undefined;
}

/**
 * Reads a `.keras` archive: a zip of config.json, metadata.json and model.weights.h5, of which the first and the last are unpacked.
 *
 * @param checksum CRC-32 of the runtime, where it has one that is faster than ours.
 */
export function readArchive(
  bytes: Uint8Array,
  limits: Required<KerasLimits>,
  checksum?: (bytes: Uint8Array) => number,
): KerasArchive {
  const zip = new Zip(bytes, limits, checksum);
  const read = (name: string, mostBytes?: number): Uint8Array => {
    const content = zip.read(name, mostBytes);
    if (!content) throw new KerasFormatError(`the archive has no ${name}, only ${show(zip.names)}`);
    return content;
  };
  const config = read('config.json', limits.jsonBytes);
  const topology = parseJson(config, 'config.json of the archive', limits);
  const weights = new Hdf5File(read('model.weights.h5'), limits, 'model.weights.h5 of the archive');
  const asset = (path: string) => {
    const content = zip.read(path, limits.jsonBytes);
    return content && new TextDecoder().decode(content);
  };
  return { topology, weights, asset };
}
