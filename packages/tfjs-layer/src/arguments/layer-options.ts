import { shown } from './assert.js';

/** What every layer of tfjs takes. */
const OF_ALL_LAYERS = [
  'inputShape',
  'batchInputShape',
  'batchSize',
  'dtype',
  'inputDType',
  'name',
  'trainable',
  'weights',
] as const;

/** What a Dense takes beside that. */
export const OF_DENSE = [
  'units',
  'activation',
  'useBias',
  'kernelInitializer',
  'biasInitializer',
  'inputDim',
  'kernelRegularizer',
  'biasRegularizer',
  'activityRegularizer',
  'kernelConstraint',
  'biasConstraint',
] as const;

/** What tfjs's loader adds to the options that it read. */
const OF_THE_LOADER = 'customObjects';

const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * The options of a layer by our names, of which `own` are the layer's: Keras's and PyTorch's spelling (`negative_slope`) is accepted, and
 * a name that is not known is refused with the nearest one. Only what the object itself holds counts, nothing that it inherits.
 *
 * @throws TypeError for what is no object, an unknown name, and one that is given in two spellings
 */
export function layerOptions<Args extends object>(
  layer: string,
  args: Args,
  own: readonly (keyof Args & string)[],
): Args {
  // `leakyReLU(0.1)` would otherwise be one of slope 0.3.
  if (typeof args !== 'object' || args === null || Array.isArray(args))
    throw new TypeError(`the options of ${layer} must be an object, got ${shown(args)}`);
  const known: readonly string[] = [...own, ...OF_ALL_LAYERS];
  const options: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(args)) {
    if (key === OF_THE_LOADER) continue;
    const name = known.includes(key) ? key : camelCase(key);
    if (!known.includes(name))
      throw new TypeError(`${layer} has no option ${shown(key)}${meant(key, known)}`);
    if (Object.hasOwn(options, name))
      throw new TypeError(`${name} of ${layer} is given twice, once as ${shown(key)}`);
    options[name] = value;
  }
  return options as Args;
}

/** What was probably meant, else all that there is. */
function meant(given: string, known: readonly string[]): string {
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
