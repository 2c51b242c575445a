import { KerasFormatError } from './format.js';
import { type Hdf5Dataset, Hdf5File } from './hdf5/file.js';
import type { Settings } from './options.js';
import { readShards } from './sources/shards.js';
import type { Loaded } from './sources/source.js';
import { isWeight, ofModelFile, type WeightFile } from './stored.js';
import { archiveStore, namedStore, type Store } from './weights.js';

/** Weights that were saved without their model: where they are found, and how many bytes they have. */
export interface Apart {
  storeOf: (modelName: string) => Store;
  bytes: number;
}

/** Opens what `save_weights` wrote: one HDF5 file of Keras 3 or 2, or several that a `.weights.json` names. */
export async function openApart(loaded: Loaded, settings: Settings): Promise<Apart> {
  const { limits } = settings;
  if ('hdf5' in loaded) {
    const file = new Hdf5File(loaded.hdf5, limits, 'the file of weights');
    const bytes = loaded.hdf5.length;
    // Keras 2 names every weight; Keras 3 numbers those of each layer.
    if (file.attribute('', 'layer_names') === undefined && file.attribute('', 'layer_names0') === undefined)
      return { storeOf: () => archiveStore(file), bytes };
    const stored = ofModelFile(file, limits).filter(({ name }) => isWeight(name));
    return { storeOf: (name) => namedStore(stored, name), bytes };
  }
  if (!('shards' in loaded))
    throw new KerasFormatError(
      'weights must be what save_weights writes, a .weights.h5 or a .weights.json, and are a whole model',
    );
  const files = await readShards(loaded, settings);
  const bytes = files.reduce((sum, one) => sum + one.bytes.length, 0);
  const opened = files.map(({ name, bytes }) => new Hdf5File(bytes, limits, name));
  return { storeOf: () => archiveStore(together(opened)), bytes };
}

/** Several files as one: a layer has its weights in one of them, or in two of which the second begins where the first was full. */
const together = (files: Hdf5File[]): WeightFile => ({
  children(path: string): string[] | undefined {
    const found = files.flatMap((file) => file.children(path) ?? []);
    return found.length > 0 || files.some((file) => file.children(path)) ? [...new Set(found)] : undefined;
  },
  dataset(path: string): Hdf5Dataset | undefined {
    for (const file of files) {
      const dataset = file.dataset(path);
      if (dataset) return dataset;
    }
    return undefined;
  },
});
