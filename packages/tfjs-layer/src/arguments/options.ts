// Options by their names: one that nobody knows is refused, with the nearest.
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
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
  const ranked = known
    .map((name) => ({ name, distance: distance(plain(given), plain(name)) }))
    .sort((a, b) => a.distance - b.distance);
  const [{ name, distance: least }] = ranked;
  return least <= Math.max(2, name.length / 3)
    ? `; did you mean ${shown(name)}?`
    : `; it takes ${known.join(', ')}`;
}

/** How many letters have to be put in, left out or changed (Levenshtein); a part of a name is near to it. */
function distance(a: string, b: string): number {
  if (a.length > 2 && (b.includes(a) || a.includes(b))) return 1;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...a.slice(0, 60)].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries())
      next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (letter === other ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}
