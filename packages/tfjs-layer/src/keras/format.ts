/** JSON as Keras writes it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** What a Keras object is serialized to: a layer, an initializer, an activation, a whole model. */
export interface KerasObject extends JsonObject {
  class_name: string;
  config: JsonObject;
}

/**
 * A Keras model holds something that cannot be read without changing its meaning, or its file is damaged; the message names layer and
 * field. It is one line of at most 300 characters whatever the file holds, and safe to show in a terminal.
 */
export class KerasFormatError extends Error {
  override readonly name = 'KerasFormatError';

  constructor(message: string, options?: ErrorOptions) {
    super(shortened(escapeControls(message.slice(0, 1000)), 300), options);
  }
}

/** The same of a model that tfjs's own reader would take, and compute as another. */
export class MisreadError extends KerasFormatError {}

/** A source that cannot be had, which is no fault of its format. */
export class UnreachableError extends Error {}

/** Says of a path, a URL or another name why what is there cannot be had. */
export const unreachable = (where: string, why: string, cause?: unknown): UnreachableError =>
  new UnreachableError(
    escapeControls(
      shortened(`${shortened(where)} ${why}${cause ? `: ${(cause as Error).message}` : ''}`, 300),
    ),
    cause ? { cause } : {},
  );

/** Line breaks, terminal escapes, direction marks and lone surrogates would let a name in a file fake or break a message. */
export const escapeControls = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu,
    (mark) => `\\u{${(mark.codePointAt(0) as number).toString(16)}}`,
  );

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function assertKerasObject(where: string, value: Json | undefined): asserts value is KerasObject {
  if (!isObject(value) || typeof value.class_name !== 'string' || !isObject(value.config))
    throw new KerasFormatError(`${where} must have class_name and config, got ${show(value)}`);
}

/** A text for an error message, cut where it gets long. */
export const shortened = (text: string, most = 120): string =>
  text.length > most ? `${text.slice(0, most - 1)}…` : text;

/** A value for an error message. Of a list or an object only the beginning is written out: a file may hold any length of it. */
export function show(value: unknown): string {
  // As below, without its cost: every layer is named so, in case something is wrong with it.
  if (typeof value === 'string') return shortened(JSON.stringify(value.slice(0, 120)));
  let left = 40;
  try {
    const text = JSON.stringify(value, (_, part: unknown) => {
      if (--left < 0) return undefined;
      if (typeof part === 'string') return part.slice(0, 120);
      return Array.isArray(part) ? part.slice(0, 40) : part;
    });
    return shortened(text ?? String(value));
  } catch {
    return `a ${typeof value} that has no JSON`; // it refers to itself, or nests too deeply for the stack
  }
}

/** How messages name a layer, or a model. A class that keeps Keras's own `get_config` is saved without a name. */
export function layerName({ class_name, config, name }: KerasObject, what = 'layer'): string {
  const own = config.name ?? name ?? null;
  return `${what} ${own === null ? 'without a name' : show(own)} (${class_name})`;
}

/** use_bias → useBias: what tfjs calls a field of Keras. */
export const camelCase = (name: string): string =>
  name.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
