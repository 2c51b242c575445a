import type { Layer } from '../tfjs/classes.js';
import { float32 } from './dtype.js';
import { dropped, nameOf, only, onlyInTraining, type Rule, same, word } from './fields.js';
import { assertKerasObject, type JsonObject, KerasFormatError } from './format.js';
import { constraint, initializer, regularizer } from './initializers.js';
import type { Reading } from './reading.js';

/** How a layer of Keras is read. */
export interface Kind {
  // tfjs's factories have each their own argument; the rules below are what makes a config fit one.
  make: (args: never, reading: Reading) => Layer;
  rules: Record<string, Rule>;
  /** Refuses what no single field tells. */
  check: (config: JsonObject, where: string) => void;
  /** Names of what a call is given, in order, where that is more than one tensor or a list of them. */
  signature?: readonly string[];
}

/** Fields of every layer. */
const common = { name: nameOf, trainable: same, dtype: float32, autocast: dropped };

export const kind = (
  make: Kind['make'],
  rules: Record<string, Rule>,
  check: Kind['check'] = () => {},
  signature?: readonly string[],
): Kind => ({ make, rules: { ...common, ...rules }, check, ...(signature && { signature }) });

/** A layer of ours where tfjs's does not do, which is the faster one elsewhere. */
export const either =
  <Args>(needsOwn: (args: Args) => boolean, own: new (args: Args) => Layer, make: (args: Args) => Layer) =>
  (args: Args): Layer =>
    needsOwn(args) ? new own(args) : make(args);

export const made =
  <Args>(own: new (args: Args) => Layer) =>
  (args: Args): Layer =>
    new own(args);

/** The layer within another. */
export const inner: Rule = (value, where, { readInner }) => {
  assertKerasObject(where, value);
  return readInner(value);
};

/** Initializer, regularizer and constraint of each named weight. */
export const weights = (...names: string[]): Record<string, Rule> =>
  Object.fromEntries(
    names.flatMap((name) => [
      [`${name}_initializer`, initializer],
      [`${name}_regularizer`, regularizer],
      [`${name}_constraint`, constraint],
    ]),
  );

// tfjs has the field, and throws at the first call.
export const activity = { activity_regularizer: onlyInTraining() };
// A seed gives Keras and tfjs different random numbers anyway.
export const seeded = { seed: dropped };
export const lastOnly = { data_format: only('channels_last', null) };
export const format = { data_format: word };
/** What adds trained or rounded weights beside the layer's own. */
export const plainWeights = {
  // How weights were rounded; that they were, the data type tells.
  quantization_config: dropped,
  // Keras saves the kernel with the trained addition in it.
  lora_rank: dropped,
  lora_alpha: dropped,
};

/** What tfjs itself refuses is refused by the layer's name, too. */
export function naming<T>(where: string, build: () => T): T {
  try {
    return build();
  } catch (error) {
    if (error instanceof KerasFormatError) throw error;
    throw new KerasFormatError(`${where} is refused by tfjs: ${(error as Error).message}`, { cause: error });
  }
}
