import { io } from '@tensorflow/tfjs-core';
import { KerasFormatError } from './_format.js';

export type KerasSource = string | URL | io.IOHandler | io.ModelArtifacts | Uint8Array | ArrayBuffer | object;

/** What a source turns out to hold: the bytes of an archive, or artifacts as tfjs calls them. */
export type Loaded = { bytes: Uint8Array } | { artifacts: io.ModelArtifacts };

export async function loadSource(source: KerasSource): Promise<Loaded> {
  if (source instanceof URL) return loadSource(source.href);
  if (typeof source === 'string') return fromPath(source);
  if (source instanceof Uint8Array) return fromBytes(source);
  if (source instanceof ArrayBuffer) return fromBytes(new Uint8Array(source));
  if (typeof source !== 'object' || source === null)
    throw new TypeError(
      `source must be a URL or path, an IOHandler, ModelArtifacts, a topology, or the bytes of a .keras archive, got ${typeof source}`,
    );
  if ('load' in source && typeof source.load === 'function')
    return { artifacts: await (source as Required<io.IOHandler>).load() };
  return { artifacts: asArtifacts(source) };
}

/** ModelArtifacts, or a topology by itself. */
const asArtifacts = (source: object): io.ModelArtifacts =>
  'modelTopology' in source ? (source as io.ModelArtifacts) : { modelTopology: source };

function fromBytes(bytes: Uint8Array): Loaded {
  const [a, b] = bytes;
  if (a === 0x50 && b === 0x4b) return { bytes };
  if (a === 0x89 && b === 0x48)
    throw new KerasFormatError(
      'the bytes are an HDF5 file; Keras writes an archive by model.save("model.keras")',
    );
  return { artifacts: asArtifacts(parse(new TextDecoder().decode(bytes), 'the bytes')) };
}

function parse(text: string, where: string): object {
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    throw new KerasFormatError(`${where} are neither a .keras archive nor JSON`, { cause: error });
  }
}

async function fromPath(path: string): Promise<Loaded> {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(path)?.[1]?.toLowerCase();
  const ours = scheme === undefined || scheme === 'file' || scheme === 'http' || scheme === 'https';
  if (!ours) return { artifacts: (await handlerOf(path).load?.()) as io.ModelArtifacts };
  const loaded = fromBytes(await read(path));
  if ('bytes' in loaded || !('weightsManifest' in loaded.artifacts)) return loaded;
  const manifest = loaded.artifacts.weightsManifest as io.WeightsManifestConfig;
  const folder = path.replace(/[^/\\]*(\?.*)?$/, '');
  const buffers = await Promise.all(
    manifest.flatMap((group) => group.paths).map(async (part) => copy(await read(folder + part))),
  );
  return {
    artifacts: {
      ...loaded.artifacts,
      weightSpecs: manifest.flatMap((group) => group.weights),
      weightData: buffers,
    },
  };
}

/** The bytes alone: a Buffer of Node is a part of a larger array. */
const copy = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

function handlerOf(url: string): io.IOHandler {
  const [handler, ...others] = io.getLoadHandlers(url);
  if (!handler || others.length > 0)
    throw new RangeError(`source ${url} has ${others.length} handlers too many, or none`);
  return handler;
}

/** The bytes at a URL; without a scheme a path is a file in Node and relative to the page in a browser. */
async function read(path: string): Promise<Uint8Array> {
  if (!/^https?:/i.test(path) && 'process' in globalThis && !('document' in globalThis)) {
    const fs = (await import(/* @vite-ignore */ 'node:fs/promises' as string)) as {
      readFile(path: string | URL): Promise<Uint8Array>;
    };
    return fs.readFile(path.startsWith('file:') ? new URL(path) : path);
  }
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: the server answers ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}
