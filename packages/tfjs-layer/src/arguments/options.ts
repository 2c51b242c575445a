// Options by their names: one that nobody knows is refused, with the nearest.
import { nearest } from '@rectify/core';
import { LayersModel } from '@tensorflow/tfjs-layers';
import { shown } from './assert.js';

/**
 * @throws TypeError for what is no object, and for an option that is not known
 */
export function assertOptions(what: string, options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new TypeError(`the options of ${what} must be an object, got ${shown(options)}`);
  for (const name of Object.keys(options))
    if (!known.includes(name))
      throw new TypeError(`${what} has no option ${shown(name)}${meant(name, known)}`);
}

/**
 * @throws TypeError for what is no model
 */
export function assertModel(model: unknown): asserts model is LayersModel {
  if (!(model instanceof LayersModel))
    throw new TypeError(`model must be a LayersModel of @tensorflow/tfjs-layers, got ${shown(model)}`);
}

/** What was probably meant, else all that there is. */
export function meant(given: string, known: readonly string[]): string {
  const [near] = nearest(given, known);
  return near === undefined ? `; it takes ${known.join(', ')}` : `; did you mean ${shown(near)}?`;
}
