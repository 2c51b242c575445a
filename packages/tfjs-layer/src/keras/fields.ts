import { activation as coreActivation } from '@rectify/core';
import { activation } from '../activations/activations.js';
import { CustomActivation } from '../layers/keras/custom.js';
import { Orthogonal } from '../layers/keras/orthogonal.js';
import { Sparsemax } from '../layers/keras/sparsemax.js';
import { stockByKeras } from '../tfjs/stock-activations.js';
import { KERAS_2_HARD_SIGMOID, kerasClass } from './dialect.js';
import { camelCase, isObject, type Json, type JsonObject, KerasFormatError, show } from './format.js';
import { quantizedNote } from './quantized.js';
import { type CustomFunction, Reading } from './reading.js';

/** Turns the value of a config field into what tfjs takes; throws a KerasFormatError where it cannot, and notes what it leaves out. */
export type Rule = (value: Json, where: string, reading: Reading) => unknown;

/** A reading for values that stand by themselves. */
const NONE = new Reading();

/** Means the same in tfjs. */
export const same: Rule = (value) => value ?? undefined;

/** Widths and steps of a window: whole numbers of at least 1, one for all axes or one for each. With steps of 0 tfjs computes without end. */
export const steps: Rule = (value, where) => {
  if (value === null) return undefined;
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0 || !list.every((one) => Number.isSafeInteger(one) && (one as number) >= 1))
    throw new KerasFormatError(`${where} is ${show(value)}, and must be whole numbers of at least 1`);
  return value;
};

/** A whole number of at least 1. */
export const count: Rule = (value, where) => {
  if (value !== null && !(Number.isSafeInteger(value) && (value as number) >= 1))
    throw new KerasFormatError(`${where} is ${show(value)}, and must be a whole number of at least 1`);
  return value ?? undefined;
};

/** True or false. */
export const flag: Rule = (value, where) => {
  if (value !== null && typeof value !== 'boolean')
    throw new KerasFormatError(`${where} is ${show(value)}, and must be true or false`);
  return value ?? undefined;
};

/** Means nothing for the function that the layer computes. */
export const dropped: Rule = () => undefined;

/** Means nothing in prediction: where it has another value than Keras gives it by default, that is noted. */
export const onlyInTraining =
  (usual: Json = null): Rule =>
  (value, where, reading) => {
    if (value !== null && value !== false && value !== usual)
      reading.note(where, `${show(value)} is left out: it changes training only`);
    return undefined;
  };

/** A word that tfjs spells in camel case: channels_last. */
export const word: Rule = (value) =>
  typeof value === 'string' && value !== '' ? camelCase(value) : undefined;

/** tfjs does not have the field: it can be read only where it has one of these values. */
export const only =
  (...values: Json[]): Rule =>
  (value, where) => {
    if (!values.some((one) => JSON.stringify(one) === JSON.stringify(value)))
      throw new KerasFormatError(
        `${where} is ${show(value)}, and tfjs has only ${values.map(show).join(' or ')}`,
      );
    return undefined;
  };

/** tfjs has the field, but only these values of it. */
export const among =
  (...values: Json[]): Rule =>
  (value, where) => {
    if (value === null) return undefined;
    if (!values.some((one) => JSON.stringify(one) === JSON.stringify(value)))
      throw new KerasFormatError(
        `${where} is ${show(value)}, and only ${values.map(show).join(', ')} can be read`,
      );
    return value;
  };

/** A name of a layer or model, without what tfjs cannot have in the name of a weight. */
export const tfjsName = (name: string): string => {
  const known = name.replace(/[^-\w./]/g, '_').replace(/^[^a-z0-9]/i, (first) => `layer${first}`);
  return known in {} ? `${known}_` : known; // tfjs keeps names as the keys of objects
};
export const nameOf: Rule = (value) => (typeof value === 'string' ? tfjsName(value) : undefined);

/** One axis, which Keras 2 writes as a list of one. */
export const oneAxis: Rule = (value, where) => {
  const axis = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (!Number.isInteger(axis))
    throw new KerasFormatError(`${where} is ${show(value)}, and must be one whole number`);
  return axis;
};

/** A number, where Keras also takes an array, of which one of a single number will do. */
export const number: Rule = (given, where) => {
  const value = plain(given);
  if (typeof value !== 'number')
    throw new KerasFormatError(`${where} is ${show(given)}, and tfjs takes a number`);
  return value;
};

/** A number, or none for the layer's own default. */
export const numeric: Rule = (value, where) => {
  if (value !== null && typeof value !== 'number')
    throw new KerasFormatError(`${where} is ${show(value)}, and must be a number`);
  return value ?? undefined;
};

/** One axis or several: whole numbers, or none. */
export const axes: Rule = (value, where) => {
  if (value !== null && ![value].flat().every(Number.isInteger))
    throw new KerasFormatError(`${where} is ${show(value)}, and must be whole numbers`);
  return value ?? undefined;
};

/** Numbers, nested as an array is, or none. */
export const numbers: Rule = (value, where) => {
  const isNumbers = (one: Json): boolean =>
    Array.isArray(one) ? one.length > 0 && one.every(isNumbers) : typeof one === 'number';
  if (value !== null && !isNumbers(value))
    throw new KerasFormatError(`${where} is ${show(value)}, and must be numbers`);
  return value ?? undefined;
};

/** Precisions of Keras, which tfjs computes in float32: the same to their own digits. */
const FLOATS = ['float16', 'bfloat16', 'float64', 'mixed_float16', 'mixed_bfloat16'];

/** The name of a data type: a name itself, or what a policy is called; of a map of policies, the first that is not float32. */
export function typeName(value: Json): Json {
  const config = isObject(value) && isObject(value.config ?? null) ? (value.config as JsonObject) : undefined;
  if (!config) return value;
  const { name, mode, default_policy: usual = null, policy_map: map = null } = config;
  if (!isObject(map)) return name ?? mode ?? null;
  const names = [usual, ...Object.values(map)].map(typeName);
  return names.find((one) => one !== null && one !== 'float32') ?? null;
}

/** The data type of a layer, as a name or a policy: tfjs computes in float32. */
export const float32: Rule = (value, where, reading) => {
  const name = typeName(value);
  if (name === null || name === 'float32') return undefined;
  if (typeof name === 'string' && FLOATS.includes(name)) {
    reading.note(where, `${name} is computed in float32`);
    return undefined;
  }
  const quantized = typeof name === 'string' ? quantizedNote(name) : undefined;
  if (quantized !== undefined) {
    reading.note(where, `${name}: ${quantized}`);
    return undefined;
  }
  throw new KerasFormatError(
    `${where} is ${show(name)}, and tfjs computes in float32: save the model again with that, before any quantize()`,
  );
};

/** Activations of Keras 3 that tfjs has too, as the same function, by tfjs's name. */
export const STOCK = /* @__PURE__ */ stockByKeras();

/** An activation: a name, a function, or a layer that serves as one. */
export const activationOf: Rule = (value, where, reading) => {
  // Not left out: tfjs's recurrent layers would take their own.
  if (value === null) return 'linear';
  if (value === KERAS_2_HARD_SIGMOID) return 'hardSigmoid';
  const custom = customActivation(value, reading);
  if (custom) return custom;
  const refuse = () =>
    new KerasFormatError(
      `${where} is ${show(value)}, which is no activation that can be read: pass customObjects with a function of that name`,
    );
  if (typeof value === 'string') return named(value, refuse);
  if (!isObject(value)) throw refuse();
  if (value.class_name === 'function') {
    if (typeof value.config !== 'string' || !(isKeras(value, 'builtins') || isKeras(value, 'keras')))
      throw refuse();
    return named(value.config, refuse);
  }
  if (!isKeras(value, 'keras') || typeof value.class_name !== 'string') throw refuse();
  const { name, trainable, dtype, ...params } = (value.config ?? {}) as JsonObject;
  float32(dtype ?? null, `${where}.dtype`, reading);
  if (value.class_name === 'Identity') return 'linear';
  if (value.class_name === 'Activation') return activationOf(params.activation ?? null, where, reading);
  if (value.class_name === 'Softmax' && (params.axis ?? -1) === -1) return 'softmax';
  if (value.class_name === 'LeakyReLU' && 'alpha' in params) {
    // As Keras 2 calls it.
    const { alpha, ...rest } = params;
    return byCore(value.class_name, { negative_slope: plain(alpha as Json), ...rest }, refuse);
  }
  return byCore(value.class_name, params, refuse);
};

/** A number, also where it was written as an array of one. */
export function plain(value: Json): Json {
  const inner =
    isObject(value) && isObject(value.config ?? null) ? (value.config as JsonObject).value : value;
  return Array.isArray(inner) && inner.length === 1 ? (inner[0] as Json) : (inner ?? null);
}

/** The user's own function, by the name under which it was registered in Python, or by its own. */
function customActivation(value: Json, { customObjects }: Reading): CustomActivation | undefined {
  const { class_name, config, registered_name: registered } = isObject(value) ? value : {};
  for (const name of [value, registered, class_name === 'function' ? config : class_name]) {
    const given =
      typeof name === 'string' && Object.hasOwn(customObjects, name) ? customObjects[name] : undefined;
    if (given && !('className' in given))
      return new CustomActivation(name as string, given as CustomFunction);
  }
  return undefined;
}

const named = (name: string, refuse: () => Error) =>
  (name === 'sparsemax' ? new Sparsemax() : undefined) ??
  (Object.hasOwn(STOCK, name) ? STOCK[name] : undefined) ??
  byCore(name, {}, refuse);

function byCore(name: string, params: JsonObject, refuse: () => Error) {
  try {
    return activation(coreActivation(name, params, { framework: 'keras' }));
  } catch (error) {
    throw Object.assign(refuse(), { cause: error });
  }
}

/** Whether an object is one of Keras's own, not a stranger's with the same class name. */
export function isKeras(value: JsonObject, module: 'keras' | 'builtins'): boolean {
  const { module: from, registered_name: registered } = value;
  const own = [value.class_name, 'function'];
  const foreign = typeof registered === 'string' && !own.includes(registered.replace(/^keras>|^Keras>/, ''));
  return (
    !foreign &&
    (from == null || (typeof from === 'string' && (from === module || from.startsWith(`${module}.`))))
  );
}

/** Layers that take a sequence, and states to begin with. */
export const WITH_STATES = ['LSTM', 'GRU', 'SimpleRNN', 'RNN', 'Bidirectional'];

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

/** Reads every field of a config by its rule; a field without a rule is refused, since it could mean anything, unless it is off. */
export function fields(
  config: JsonObject,
  rules: Record<string, Rule>,
  where: string,
  reading: Reading,
): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const given of Object.keys(config)) {
    const value = config[given] as Json;
    // A file patched by hand, or saved by tfjs, may have tfjs's spelling.
    const key = Object.hasOwn(rules, given) ? given : snakeCase(given);
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (!rule) {
      if (value === null || value === false) continue;
      throw new KerasFormatError(`${where}.${given} is ${show(value)}: a field that cannot be read`);
    }
    const result = rule(value, `${where}.${given}`, reading);
    if (result !== undefined) read[tfjsField(key)] = result;
  }
  return read;
}

/** What tfjs calls each field that some rule has been asked for. */
const tfjsFields = new Map<string, string>();
function tfjsField(key: string): string {
  const known = tfjsFields.get(key) ?? camelCase(key);
  tfjsFields.set(key, known);
  return known;
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
