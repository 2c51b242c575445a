import { assertInteger, shown } from '../arguments/assert.js';
import { meant } from '../arguments/options.js';
import type { CustomObjects } from './reading.js';
import type { KerasSource } from './sources/given.js';
import type { Disk } from './sources/place.js';

/** How much of a stranger's file is believed: each limit is checked before the work that it bounds. */
export interface KerasLimits {
  /** Bytes of the file, or of a `model.json` and all its weights together; default 2 GiB. */
  readonly bytes?: number;
  /** Bytes that one byte of the file may stand for where it is compressed; default 30. The first 16 MiB are not counted. */
  readonly ratio?: number;
  /** Bytes of JSON: of `model.json`, of an archive's `config.json`; default 16 MiB. It may hold a value for every 8 of them. */
  readonly jsonBytes?: number;
  /** How deeply JSON may be nested; default 256. A model within a model takes three. */
  readonly depth?: number;
  /** Weights of the model, and entries of an archive or of a `weightsManifest`; default 100 000. */
  readonly weights?: number;
  /** Files that are fetched at the same time; default 8. */
  readonly fetches?: number;
}

const LIMITS: Required<KerasLimits> = {
  bytes: 2 ** 31,
  ratio: 30,
  jsonBytes: 2 ** 24,
  depth: 256,
  weights: 100_000,
  fetches: 8,
};

/** Every limit, its default where none is given. */
export function checkedLimits(limits: KerasLimits = {}): Required<KerasLimits> {
  if (typeof limits !== 'object' || limits === null)
    throw new TypeError(`limits must be an object, got ${shown(limits)}`);
  const all: Record<string, number> = { ...LIMITS };
  for (const [key, value] of Object.entries(limits)) {
    if (!Object.hasOwn(LIMITS, key)) throw new RangeError(unknown(`limits.${key}`, Object.keys(LIMITS)));
    if (value === undefined) continue;
    assertInteger(`limits.${key}`, value);
    if (value < 1) throw new RangeError(`limits.${key} must be a whole number of at least 1, got ${value}`);
    all[key] = value;
  }
  return all as unknown as Required<KerasLimits>;
}

/** How far a model has come: first its bytes arrive, then its weights are set. */
export type KerasProgress =
  | {
      /** Bytes that came so far, and all that come where that is known. */
      readonly bytes: number;
      readonly totalBytes?: number;
    }
  | {
      /** Weights that are set so far, of all. */
      readonly weights: number;
      readonly totalWeights: number;
    };

/** What stands for Python code, what is refused, and who hears of the loading. */
export interface LoadOptions {
  /** Layers of tfjs and functions by the names of the Python classes and functions they stand for; a function also serves a `Lambda`. */
  readonly customObjects?: CustomObjects;
  /**
   * Weights of a topology that was saved alone (`model.to_json()`): what `save_weights` wrote, a `.weights.h5`, or a `.weights.json` with
   * its files beside it; by path or URL, as bytes, `Blob`, `File`, `Response` or a list of files.
   */
  readonly weights?: KerasSource;
  /** Refuse what would else be left out or computed otherwise, and noted in `notes`. */
  readonly strict?: boolean;
  /** Name of the source, put before every message; by default its path, URL or file name. */
  readonly name?: string;
  readonly limits?: KerasLimits;
  /**
   * Lets a `model.json` name weights on other hosts, by an absolute URL or by a redirect. Otherwise, and always for files of this
   * machine, weights lie in its own folder or below.
   */
  readonly allowOtherHosts?: boolean;
  /** Rejects with the signal's reason, and leaves nothing. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: KerasProgress) => void;
}

/** What loading is told, complete. */
export interface Settings {
  customObjects: CustomObjects;
  weights: KerasSource | undefined;
  strict: boolean;
  name: string | undefined;
  limits: Required<KerasLimits>;
  allowOtherHosts: boolean;
  signal: AbortSignal | undefined;
  onProgress: (progress: KerasProgress) => void;
  /** What reads files of this machine; undefined where there are none. */
  disk: Disk | undefined;
}

const NAMES = [
  'customObjects',
  'weights',
  'strict',
  'name',
  'limits',
  'allowOtherHosts',
  'signal',
  'onProgress',
] as const;

export function checkedOptions(options: LoadOptions, disk?: Disk): Settings {
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`the options of loadKerasModel must be an object, got ${shown(options)}`);
  for (const key of Object.keys(options))
    if (!(NAMES as readonly string[]).includes(key)) throw new RangeError(unknown(key, NAMES));
  const { customObjects = {}, strict = false, name, limits, allowOtherHosts = false, signal } = options;
  const { onProgress = () => {} } = options;
  if (typeof customObjects !== 'object' || customObjects === null)
    throw new TypeError(
      `customObjects must be an object of classes and functions, got ${shown(customObjects)}`,
    );
  if (typeof strict !== 'boolean') throw new TypeError(`strict must be true or false, got ${shown(strict)}`);
  if (name !== undefined && typeof name !== 'string')
    throw new TypeError(`name must be a text, got ${shown(name)}`);
  if (typeof allowOtherHosts !== 'boolean')
    throw new TypeError(`allowOtherHosts must be true or false, got ${shown(allowOtherHosts)}`);
  if (typeof onProgress !== 'function')
    throw new TypeError(`onProgress must be a function, got ${shown(onProgress)}`);
  if (signal !== undefined && typeof signal.throwIfAborted !== 'function')
    throw new TypeError(`signal must be an AbortSignal, got ${shown(signal)}`);
  return {
    customObjects,
    weights: options.weights,
    strict,
    name,
    limits: checkedLimits(limits),
    allowOtherHosts,
    signal,
    onProgress,
    disk,
  };
}

/** An option that nobody knows, with the one that was probably meant. */
const unknown = (name: string, known: readonly string[]): string =>
  `loadKerasModel has no option ${shown(name)}${meant(name.replace(/^limits\./, ''), known)}`;
