import { activation as coreActivation } from '@rectify/core';
import { activation } from '../activations/activations.js';
import { camelCase, isObject, type Json, type JsonObject, KerasFormatError, show } from './format.js';

/** Turns the value of a config field into what tfjs takes; throws a KerasFormatError where it cannot. */
export type Rule = (value: Json, where: string) => unknown;

/** Means the same in tfjs. */
export const same: Rule = (value) => value ?? undefined;

/** Means nothing for the function that the layer computes. */
export const dropped: Rule = () => undefined;

/** A word that tfjs spells in camel case: channels_last. */
export const word: Rule = (value) => (typeof value === 'string' ? camelCase(value) : undefined);

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
    only(...values)(value, where);
    return value;
  };

/** A name of a layer or model, without what tfjs cannot have in the name of a weight. */
export const tfjsName = (name: string): string => {
  const known = name.replace(/[^-\w./]/g, '_').replace(/^[^a-z0-9]/i, (first) => `layer${first}`);
  return known in {} ? `${known}_` : known; // tfjs keeps names as the keys of objects
};
export const nameOf: Rule = (value) => (typeof value === 'string' ? tfjsName(value) : undefined);

/** A number, where Keras also takes an array. */
export const number: Rule = (value, where) => {
  if (typeof value !== 'number')
    throw new KerasFormatError(`${where} is ${show(value)}, and tfjs takes a number`);
  return value;
};

/** The data type of a layer, as a name or a policy: tfjs computes in float32. */
export const float32: Rule = (value, where) => {
  const policy =
    isObject(value) && isObject(value.config ?? null) ? (value.config as JsonObject).name : value;
  return only('float32', null)(policy ?? null, where);
};

/** Activations of Keras 3 that tfjs has too, as the same function, by tfjs's name. */
export const STOCK: Readonly<Record<string, string>> = {
  linear: 'linear',
  relu: 'relu',
  relu6: 'relu6',
  elu: 'elu',
  selu: 'selu',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  softmax: 'softmax',
  softplus: 'softplus',
  softsign: 'softsign',
  swish: 'swish',
  silu: 'swish',
  mish: 'mish',
  gelu: 'gelu',
  log_softmax: 'logSoftmax',
};

/** An activation: a name, a function, or a layer that serves as one. */
export const activationOf: Rule = (value, where) => {
  // Not left out: tfjs's recurrent layers would take their own.
  if (value === null) return 'linear';
  const refuse = () =>
    new KerasFormatError(`${where} is ${show(value)}, which is no activation that can be read`);
  if (typeof value === 'string') return named(value, refuse);
  if (!isObject(value)) throw refuse();
  if (value.class_name === 'function') {
    if (typeof value.config !== 'string' || !(isKeras(value, 'builtins') || isKeras(value, 'keras')))
      throw refuse();
    return named(value.config, refuse);
  }
  if (!isKeras(value, 'keras') || typeof value.class_name !== 'string') throw refuse();
  const { name, trainable, dtype, ...params } = (value.config ?? {}) as JsonObject;
  float32(dtype ?? null, `${where}.dtype`);
  if (value.class_name === 'Identity') return 'linear';
  if (value.class_name === 'Activation') return activationOf(params.activation ?? null, where);
  if (value.class_name === 'Softmax' && params.axis === -1) return 'softmax';
  return byCore(value.class_name, params, refuse);
};

const named = (name: string, refuse: () => Error) => STOCK[name] ?? byCore(name, {}, refuse);

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
  const foreign =
    typeof registered === 'string' && registered !== 'function' && registered !== value.class_name;
  return !foreign && (from == null || (typeof from === 'string' && from.split('.')[0] === module));
}

/** Layers that take a sequence, and states to begin with. */
export const WITH_STATES = ['LSTM', 'GRU', 'SimpleRNN', 'Bidirectional'];

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
  VarianceScaling: {
    scale: number,
    mode: word,
    distribution: (value, where) =>
      word(among('truncated_normal', 'uniform', 'normal')(value, where) as Json, where),
  },
  GlorotUniform: {},
  GlorotNormal: {},
  HeUniform: {},
  HeNormal: {},
  LecunUniform: {},
  LecunNormal: {},
};
const ofScaling = { input_axes: only(null), output_axes: only(null) };
const seed: Rule = (value) => (typeof value === 'number' ? value : undefined);

export const initializer: Rule = (value, where) => object(value, where, INITIALIZERS, { seed, ...ofScaling });

const REGULARIZERS: Record<string, Record<string, Rule>> = {
  L1: { l1: number },
  L2: { l2: number },
  L1L2: { l1: number, l2: number },
};

export const regularizer: Rule = (value, where) => {
  const read = object(value, where, REGULARIZERS, {});
  // tfjs has one class for the three; a missing factor would default to 0.01.
  return read && { className: 'L1L2', config: { l1: 0, l2: 0, ...read.config } };
};

const CONSTRAINTS: Record<string, Record<string, Rule>> = {
  MaxNorm: { max_value: number, axis: same },
  MinMaxNorm: { min_value: number, max_value: number, rate: number, axis: same },
  NonNeg: {},
  UnitNorm: { axis: same },
};

export const constraint: Rule = (value, where) => object(value, where, CONSTRAINTS, {});

/** A nested object of Keras as tfjs's own `{ className, config }`. */
function object(
  value: Json,
  where: string,
  known: Record<string, Record<string, Rule>>,
  common: Record<string, Rule>,
): { className: string; config: Record<string, unknown> } | undefined {
  if (value === null) return undefined;
  const className = isObject(value) ? value.class_name : value;
  const rules =
    typeof className === 'string' && Object.hasOwn(known, className) ? known[className] : undefined;
  if (!isObject(value) || typeof className !== 'string' || !rules || !isKeras(value, 'keras'))
    throw new KerasFormatError(
      `${where} is ${show(value)}, and tfjs has only ${Object.keys(known).join(', ')}`,
    );
  const config = fields((value.config ?? {}) as JsonObject, { ...common, ...rules }, where);
  return { className: className.replace('Lecun', 'LeCun'), config };
}

/** Reads every field of a config by its rule; a field without a rule is refused, since it could mean anything. */
export function fields(
  config: JsonObject,
  rules: Record<string, Rule>,
  where: string,
): Record<string, unknown> {
  const read: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(config)) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (!rule) throw new KerasFormatError(`${where}.${key} is ${show(value)}: a field that cannot be read`);
    const result = rule(value, `${where}.${key}`);
    if (result !== undefined) read[camelCase(key)] = result;
  }
  return read;
}
