import { type Json, KerasFormatError } from './format.js';
import { isWeight, type StoredWeight } from './weights.js';

export interface KerasArchive {
  topology: Json;
  readWeights(): Promise<StoredWeight[]>;
}

/** The topology and the weights of a `.keras` archive: a zip of config.json, metadata.json and model.weights.h5. */
export async function readArchive(bytes: Uint8Array): Promise<KerasArchive> {
  const { unzipSync, strFromU8 } = await import('fflate');
  const files = whole('the archive', () => unzipSync(bytes));
  const file = (name: string): Uint8Array => {
    const content = files[name];
    if (!content)
      throw new KerasFormatError(`the archive has no ${name}, only ${Object.keys(files).join(', ')}`);
    return content;
  };
  const config = file('config.json');
  const weights = file('model.weights.h5');
  const topology = whole('config.json of the archive', () => JSON.parse(strFromU8(config)) as Json);
  return { topology, readWeights: () => readWeights(weights) };
}

/** What a library throws at damaged bytes, as an error that says which. */
function whole<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof KerasFormatError) throw error;
    throw new KerasFormatError(`${what} is damaged: ${(error as Error).message ?? error}`, { cause: error });
  }
}

/** Every weight of an HDF5 file by its path. */
async function readWeights(bytes: Uint8Array): Promise<StoredWeight[]> {
  const h5wasm = await import('h5wasm');
  const { FS } = await h5wasm.ready;
  const path = `/rectify-${++files}.h5`;
  FS.writeFile(path, bytes);
  try {
    return whole('model.weights.h5 of the archive', () => {
      const file = new h5wasm.File(path, 'r');
      try {
        const weights: StoredWeight[] = [];
        const visit = (group: InstanceType<typeof h5wasm.Group>) => {
          for (const key of group.keys()) {
            const item = group.get(key);
            const name = `${group.path}/${key}`.replace(/^\/+/, '');
            if (item instanceof h5wasm.Group) visit(item);
            else if (item instanceof h5wasm.Dataset && isWeight(name))
              weights.push({ name, shape: item.shape ?? [], values: toFloat32(name, item) });
          }
        };
        visit(file);
        return weights;
      } finally {
        file.close();
      }
    });
  } finally {
    FS.unlink(path);
  }
}

let files = 0;

function toFloat32(name: string, { value, dtype }: { value: unknown; dtype: unknown }): Float32Array {
  if (value instanceof Float32Array) return value;
  if (typeof value === 'number') return Float32Array.of(value);
  if (value instanceof Float64Array || value instanceof Int32Array) return Float32Array.from(value);
  throw new KerasFormatError(
    `weight ${name} is of the data type ${JSON.stringify(dtype)}, which cannot be read`,
  );
}
