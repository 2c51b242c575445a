import { type Json, KerasFormatError } from './_format.js';
import type { StoredWeight } from './_weights.js';

export interface KerasArchive {
  topology: Json;
  weights: StoredWeight[];
}

/** The topology and the weights of a `.keras` archive: a zip of config.json, metadata.json and model.weights.h5. */
export async function readArchive(bytes: Uint8Array): Promise<KerasArchive> {
  const { unzipSync, strFromU8 } = await import('fflate');
  const files = unzipSync(bytes);
  const config = files['config.json'];
  if (!config)
    throw new KerasFormatError(`the archive has no config.json, only ${Object.keys(files).join(', ')}`);
  const weights = files['model.weights.h5'];
  if (!weights)
    throw new KerasFormatError(`the archive has no model.weights.h5, only ${Object.keys(files).join(', ')}`);
  return { topology: JSON.parse(strFromU8(config)) as Json, weights: await readWeights(weights) };
}

/** Every array of an HDF5 file by its path, but for the optimizer's and the metrics'. */
async function readWeights(bytes: Uint8Array): Promise<StoredWeight[]> {
  const h5wasm = await import('h5wasm');
  const { FS } = await h5wasm.ready;
  const path = `/rectify-${++files}.h5`;
  FS.writeFile(path, bytes);
  try {
    const file = new h5wasm.File(path, 'r');
    try {
      const weights: StoredWeight[] = [];
      const visit = (group: InstanceType<typeof h5wasm.Group>) => {
        for (const key of group.keys()) {
          const item = group.get(key);
          const name = `${group.path}/${key}`.replace(/^\/+/, '');
          if (item instanceof h5wasm.Group) {
            if (
              !/^(optimizer|metrics|_?loss_tracker|compile_metrics)/.test(name) &&
              !/seed_generator$/.test(name)
            )
              visit(item);
          } else if (item instanceof h5wasm.Dataset) {
            weights.push({ name, shape: item.shape ?? [], values: toFloat32(name, item.value) });
          }
        }
      };
      visit(file);
      return weights;
    } finally {
      file.close();
    }
  } finally {
    FS.unlink(path);
  }
}

let files = 0;

function toFloat32(name: string, value: unknown): Float32Array {
  if (value instanceof Float32Array) return value;
  if (typeof value === 'number') return Float32Array.of(value);
  if (value instanceof Float64Array || value instanceof Int32Array) return Float32Array.from(value);
  throw new KerasFormatError(`weight ${name} is of a data type that cannot be read`);
}
