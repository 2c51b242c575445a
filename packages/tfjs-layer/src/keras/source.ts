import { io } from '@tensorflow/tfjs-core';
import { KerasFormatError, shortened, show } from './format.js';

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
  return { artifacts: asArtifacts(parse(new TextDecoder().decode(bytes))) };
}

function parse(text: string): object {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new KerasFormatError(`neither a .keras archive nor JSON, but ${show(text)}`, { cause: error });
  }
  if (typeof json !== 'object' || json === null)
    throw new KerasFormatError(`the JSON is no model, but ${show(json)}`);
  return json;
}

async function fromPath(path: string): Promise<Loaded> {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(path)?.[1]?.toLowerCase();
  const ours = scheme === undefined || ['file', 'http', 'https', 'blob', 'data'].includes(scheme);
  if (!ours) return { artifacts: (await handlerOf(path).load?.()) as io.ModelArtifacts };
  const loaded = fromBytes(await read(path));
  if ('bytes' in loaded || !('weightsManifest' in loaded.artifacts)) return loaded;
  const manifest = loaded.artifacts.weightsManifest as io.WeightsManifestConfig;
  if (!Array.isArray(manifest) || !manifest.every(isGroup))
    throw new KerasFormatError(
      `weightsManifest must be a list of groups, each of paths and weights, got ${show(manifest)}`,
    );
  const parts = manifest.flatMap((group) => group.paths);
  const buffers = await Promise.all(parts.map(async (part) => copy(await read(beside(path, part)))));
  return {
    artifacts: {
      ...loaded.artifacts,
      weightSpecs: manifest.flatMap((group) => group.weights),
      weightData: buffers,
    },
  };
}

const isGroup = (group: Partial<io.WeightsManifestConfig[number]> | null): boolean =>
  Array.isArray(group?.paths) && Array.isArray(group.weights);

/** Where a part lies that is named relative to a file; it is asked for with the file's query, as by tfjs: that may hold a signature. */
function beside(path: string, part: string): string {
  if (/^https?:/i.test(part)) return part;
  if (isFile(path)) return path.replace(/[^/\\]*$/, '') + part;
  const [, folder = '', query = ''] = /^([^?#]*\/)?[^?#]*(\?[^#]*)?/.exec(path) ?? [];
  return folder + part + (part.includes('?') ? '' : query);
}

/** The bytes alone: a Buffer of Node is a part of a larger array. */
const copy = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

function handlerOf(url: string): io.IOHandler {
  const handlers = io.getLoadHandlers(url);
  if (handlers.length !== 1)
    throw new RangeError(
      `source ${shortened(url)} is neither a path nor of http:, https:, file:, blob: or data:, and ${handlers.length} handlers of tfjs take it, where one should`,
    );
  return handlers[0] as io.IOHandler;
}

/** Whether a path is that of a file: without a scheme it is one in Node, and relative to the page in a browser. */
const isFile = (path: string): boolean =>
  !/^(https?|blob|data):/i.test(path) && 'process' in globalThis && !('document' in globalThis);

async function read(path: string): Promise<Uint8Array> {
  if (isFile(path)) {
    const fs = (await import(/* @vite-ignore */ 'node:fs/promises' as string)) as {
      readFile(path: string | URL): Promise<Uint8Array>;
    };
    return fs.readFile(path.startsWith('file:') ? new URL(path) : path);
  }
  let response: Response;
  let bytes: ArrayBuffer;
  try {
    response = await fetch(path);
    bytes = await response.arrayBuffer();
  } catch (error) {
    // fetch says no more than "fetch failed".
    throw new Error(`${shortened(path)} could not be fetched: ${(error as Error).message}`, { cause: error });
  }
  if (!response.ok)
    throw new Error(`${shortened(path)}: the server answers ${response.status} ${response.statusText}`);
  return new Uint8Array(bytes);
}
