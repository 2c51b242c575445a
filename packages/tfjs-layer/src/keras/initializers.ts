// Initializers, regularizers and constraints of a layer's weights.
import { Orthogonal } from '../layers/keras/orthogonal.js';
import { kerasClass } from './dialect.js';
import { among, dropped, fields, isKeras, NONE, number, only, type Rule, same, word } from './fields.js';
import { isObject, type Json, type JsonObject, KerasFormatError, show } from './format.js';
import type { Reading } from './reading.js';

const scaling: Record<string, Rule> = {
  scale: number,
  mode: word,
  distribution: (value, where) => {
    const known = among('truncated_normal', 'uniform', 'normal', 'untruncated_normal')(value, where, NONE);
    return word(known === 'untruncated_normal' ? 'normal' : (known as Json), where, NONE);
  },
};

/** Config fields of each initializer that tfjs has under the same name. */
const INITIALIZERS: Record<string, Record<string, Rule>> = {
  Zeros: {},
  Ones: {},
  Constant: { value: number },
  RandomUniform: { minval: number, maxval: number },
  RandomNormal: { mean: number, stddev: number },
  TruncatedNormal: { mean: number, stddev: number },
  Identity: { gain: number },
  Orthogonal: { gain: number },
  VarianceScaling: scaling,
  GlorotUniform: {},
  GlorotNormal: {},
  HeUniform: {},
  HeNormal: {},
  LecunUniform: {},
  LecunNormal: {},
};
/** Names that Keras knows an initializer by, too. */
const SHORT: Record<string, string> = {
  zero: 'Zeros',
  one: 'Ones',
  normal: 'RandomNormal',
  uniform: 'RandomUniform',
  glorot_uniform_v2: 'GlorotUniform',
};
const unset: Rule = (value, where) => only(null)(value, where, NONE);
const ofInitializer = {
  seed: ((value) => (typeof value === 'number' ? value : undefined)) as Rule,
  input_axes: unset,
  output_axes: unset,
  dtype: dropped,
  // A variance scaling by its short name, as tfjs saves it.
  ...Object.fromEntries(Object.keys(scaling).map((key) => [key, dropped])),
};

export const initializer: Rule = (value, where, reading) => {
  const read = optional(value, where, reading, INITIALIZERS, ofInitializer, 'the initial values are others');
  // tfjs's needs the methods of tensors, which the core package alone does not have.
  return read?.className === 'Orthogonal' ? new Orthogonal(read.config) : read;
};

const REGULARIZERS: Record<string, Record<string, Rule>> = {
  L1: { l1: number },
  L2: { l2: number },
  L1L2: { l1: number, l2: number },
};

export const regularizer: Rule = (value, where, reading) => {
  const read = optional(value, where, reading, REGULARIZERS, {}, 'it changes training only');
  // tfjs has one class for the three; a missing factor would default to 0.01.
  return read && { className: 'L1L2', config: { l1: 0, l2: 0, ...read.config } };
};

const CONSTRAINTS: Record<string, Record<string, Rule>> = {
  MaxNorm: { max_value: number, axis: same },
  MinMaxNorm: { min_value: number, max_value: number, rate: number, axis: same },
  NonNeg: {},
  UnitNorm: { axis: same },
};

export const constraint: Rule = (value, where, reading) =>
  optional(value, where, reading, CONSTRAINTS, {}, 'it changes training only');

interface TfjsObject {
  className: string;
  config: Record<string, unknown>;
}

/** A nested object of Keras as tfjs's own `{ className, config }`; one that tfjs lacks is left out, and noted, with what that means. */
function optional(
  value: Json,
  where: string,
  reading: Reading,
  known: Record<string, Record<string, Rule>>,
  common: Record<string, Rule>,
  meaning: string,
): TfjsObject | undefined {
  if (value === null) return undefined;
  try {
    return object(value, where, known, common);
  } catch (error) {
    if (!(error instanceof KerasFormatError)) throw error;
    const name = isObject(value) ? (value.registered_name ?? value.class_name) : value;
    reading.note(where, `${show(name)} is left out: ${meaning}`);
    return undefined;
  }
}

function object(
  value: Json,
  where: string,
  known: Record<string, Record<string, Rule>>,
  common: Record<string, Rule>,
): TfjsObject {
  const given: JsonObject = isObject(value) ? value : { class_name: value };
  const className = typeof given.class_name === 'string' ? longName(given.class_name) : '';
  const rules = Object.hasOwn(known, className) ? known[className] : undefined;
  const own = {
    ...given,
    registered_name: given.registered_name === given.class_name ? null : given.registered_name,
  };
  if (!rules || !isKeras(own as JsonObject, 'keras'))
    throw new KerasFormatError(
      `${where} is ${show(value)}, and tfjs has only ${Object.keys(known).join(', ')}`,
    );
  const config = isObject(given.config ?? null) ? (given.config as JsonObject) : {};
  const read = fields(config, { ...common, ...rules }, where, NONE);
  return { className: className.replace('Lecun', 'LeCun'), config: read };
}

/** glorot_uniform → GlorotUniform, l1_l2 → L1L2, and what other versions call it. */
function longName(name: string): string {
  if (Object.hasOwn(SHORT, name)) return SHORT[name] as string;
  const pascal = name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
  return kerasClass(/^[a-z]/.test(name) ? pascal : name).replace('LeCun', 'Lecun');
}
