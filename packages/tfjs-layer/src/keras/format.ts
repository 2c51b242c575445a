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

/** A Keras model holds something that cannot be read without changing its meaning; the message names layer and field. */
export class KerasFormatError extends Error {
  override readonly name = 'KerasFormatError';
}

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function assertKerasObject(where: string, value: Json | undefined): asserts value is KerasObject {
  if (!isObject(value) || typeof value.class_name !== 'string' || !isObject(value.config))
    throw new KerasFormatError(`${where} must have class_name and config, got ${show(value)}`);
}

/** A text for an error message, cut where it gets long. */
export const shortened = (text: string): string => (text.length > 120 ? `${text.slice(0, 117)}…` : text);

/** A value for an error message. */
export const show = (value: unknown): string => shortened(JSON.stringify(value) ?? String(value));

/** use_bias → useBias: what tfjs calls a field of Keras. */
export const camelCase = (name: string): string =>
  name.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
