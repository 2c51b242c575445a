import { shown } from './assert.js';
import { meant } from './options.js';

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
