import { io } from '@tensorflow/tfjs-core';
import { type Json, KerasFormatError, shortened, show } from '../format.js';
import { isHdf5 } from '../hdf5/file.js';
import { parseJson } from '../json.js';
import type { Settings } from '../options.js';
import { asFormatError, understood } from '../understood.js';
import { type Artifacts, completed } from './artifacts.js';
import {
  besideFile,
  type DroppedFile,
  filesIn,
  filesOf,
  isHandle,
  isList,
  modelAmong,
  readBlob,
  weightsTwice,
} from './drop.js';
import type { KerasSource } from './given.js';
import { hostOf, readResponse, readUrl } from './network.js';
import type { Place } from './place.js';
import { isShardList, type Shards, shardNames } from './shards.js';

/**
 * What a source turns out to hold: the bytes of a container, a topology with its weights where it has any, or a list of files of weights;
 * among files there can be a topology and, apart from it, weights.
 */
export type Loaded =
  | { zip: Uint8Array }
  | { hdf5: Uint8Array }
  | { artifacts: Artifacts; apart?: Loaded }
  | Shards;

/** How messages name a source that has a name. */
export function nameOf(source: unknown): string | undefined {
  if (typeof source === 'string') return source;
  if (source instanceof URL) return source.href;
  if (typeof Response !== 'undefined' && source instanceof Response) return source.url || undefined;
  const { name } = (source ?? {}) as { name?: unknown };
  return typeof Blob !== 'undefined' && source instanceof Blob && typeof name === 'string' ? name : undefined;
}

export async function loadSource(source: KerasSource, settings: Settings): Promise<Loaded> {
  if (source instanceof URL) return loadSource(source.href, settings);
  if (typeof source === 'string') return fromPath(source, settings);
  if (typeof source !== 'object' || source === null) throw notASource(typeof source);
  if (source instanceof ArrayBuffer) return fromBytes(new Uint8Array(source), settings);
  if (ArrayBuffer.isView(source))
    return fromBytes(new Uint8Array(source.buffer, source.byteOffset, source.byteLength), settings);
  if (typeof Blob !== 'undefined' && source instanceof Blob)
    return fromBytes(await readBlob(source, counted(settings)), settings);
  if (typeof Response !== 'undefined' && source instanceof Response) {
    const bytes = await readResponse(source, source.url, counted(settings), settings.signal);
    return fromBytes(bytes, settings, source.url ? hostOf(source.url, settings) : undefined);
  }
  if (isHandle(source)) return fromFiles(await filesIn(source, settings.limits.weights), settings);
  if (isList(source)) return fromFiles(filesOf(source), settings);
  if (Symbol.iterator in source) throw notASource('a list of something else than files');
  const given = 'load' in source && typeof source.load === 'function' ? await source.load() : source;
  return fromObject(given as object, settings);
}

const notASource = (got: string) =>
  new TypeError(
    `source must be a path or URL, the bytes of a .keras, .h5 or model.json, a Blob, File or Response of one, a list of files, an IOHandler, ModelArtifacts or a topology, got ${got}`,
  );

/** Refuses bytes beyond the limit, and tells how many came. */
function counted({ limits, onProgress }: Settings): (bytes: number) => void {
  let read = 0;
  return (bytes) => {
    read += bytes;
    if (read > limits.bytes)
      throw new KerasFormatError(`the file has more than ${limits.bytes} bytes, which is limits.bytes`);
    onProgress({ bytes: read });
  };
}

async function fromFiles(files: DroppedFile[], settings: Settings): Promise<Loaded> {
  const [model, weights] = modelAmong(files);
  const read = async (one: DroppedFile) =>
    fromBytes(await readBlob(one.file, counted(settings)), settings, besideFile(one, files));
  const loaded = await read(model);
  if (!weights) return loaded;
  if (!('artifacts' in loaded) || loaded.artifacts.weights) throw weightsTwice(model, weights);
  return { ...loaded, apart: await read(weights) };
}

async function fromPath(path: string, settings: Settings): Promise<Loaded> {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(path)?.[1]?.toLowerCase();
  const isOurs = scheme === undefined || ['file', 'http', 'https', 'blob', 'data'].includes(scheme);
  if (!isOurs) return fromObject((await handlerOf(path).load?.()) as object, settings);
  const { disk, signal } = settings;
  if (/^(https?|blob|data):/i.test(path) || isOfPage(path, settings))
    return fromBytes(await readUrl(path, counted(settings), signal), settings, hostOf(path, settings));
  if (!disk)
    throw new RangeError(
      `source ${shortened(path)} is the path of a file, and no file is read here: give a URL or the bytes, or, in Node, resolve @rectify/tfjs-layer by the condition "node"`,
    );
  const file = disk.plainPath(path);
  const bytes = await disk.read(file, counted(settings), signal);
  const folder = disk.folderOf(file);
  // A file may ask for weights of a host only where the user lets it.
  const host = settings.allowOtherHosts ? hostOf('', settings) : folder;
  const placeOf = (part: string) => (/^https?:/i.test(part) ? host : folder);
  const read: Place['read'] = (part, ...rest) => placeOf(part).read(part, ...rest);
  return fromBytes(bytes, settings, { read });
}

/** Whether a path is relative to a page or worker: there is one, and it reads no files. */
const isOfPage = (path: string, { disk }: Settings): boolean =>
  !/^file:/i.test(path) && ('document' in globalThis || (!disk && 'location' in globalThis));

function handlerOf(url: string): io.IOHandler {
  const handlers = io.getLoadHandlers(url);
  if (handlers.length !== 1)
    throw new RangeError(
      `source ${shortened(url)} is neither a path nor of http:, https:, file:, blob: or data:, and ${handlers.length} handlers of tfjs take it, where one should`,
    );
  return handlers[0] as io.IOHandler;
}

/** What is given as an object or stands in JSON; `place` is where its files of weights lie. */
async function fromObject(source: object, settings: Settings, place?: Place): Promise<Loaded> {
  try {
    return { artifacts: await completed(source, settings, place) };
  } catch (error) {
    throw asFormatError(error);
  }
}

async function fromBytes(bytes: Uint8Array, settings: Settings, place?: Place): Promise<Loaded> {
  if (bytes.length > settings.limits.bytes)
    throw new KerasFormatError(
      `the source has ${bytes.length} bytes; limits.bytes is ${settings.limits.bytes}`,
    );
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { zip: bytes };
  if (isHdf5(bytes.subarray(0, 2))) return { hdf5: bytes };
  const json = understood(() => jsonOf(bytes, settings));
  if (isShardList(json as Json)) return { shards: shardNames(json as Json, settings), place };
  return fromObject(json, settings, place);
}

function jsonOf(bytes: Uint8Array, { limits }: Settings): object {
  const beginning = new TextDecoder().decode(bytes.subarray(0, 1000));
  // As a JSON object, list or word does, after white space or a byte order mark.
  if (!/^[\s\uFEFF]*([[{"\d-]|true|false|null)/.test(beginning))
    throw new KerasFormatError(`neither a .keras archive nor JSON, but ${show(beginning)}`);
  const json = parseJson(bytes, 'the JSON', limits);
  if (typeof json !== 'object' || json === null)
    throw new KerasFormatError(`the JSON is no model, but ${show(json)}`);
  return json;
}
