import { type JsonObject, KerasFormatError } from '../format.js';
import { Hdf5File } from '../hdf5/file.js';
import { parseJson } from '../json.js';
import type { KerasLimits } from '../options.js';
import { ofModelFile, type StoredWeight } from '../stored.js';

/** Reads an HDF5 file that holds a whole model, as `model.save("model.h5")` writes it, and before Keras 2.12 under any name. */
export function readModelFile(
  bytes: Uint8Array,
  limits: Required<KerasLimits>,
): { topology: JsonObject; stored: () => StoredWeight[] } {
  const open = () => new Hdf5File(bytes, limits);
  const file = open();
  const config = file.attribute('', 'model_config');
  if (typeof config !== 'string')
    throw new KerasFormatError(
      'the HDF5 file has no model_config: it holds weights alone, as save_weights writes them: give the topology, as to_json() writes it, and this as options.weights',
    );
  const text = new TextEncoder().encode(config);
  const version = file.attribute('', 'keras_version');
  const model_config = parseJson(text, 'model_config of the HDF5 file', limits);
  const topology = { model_config, ...(typeof version === 'string' ? { keras_version: version } : {}) };
  // Opened anew each time: a file gives its values once.
  return { topology, stored: () => ofModelFile(open(), limits) };
}
