// Rules by which fields of a layer's config are read.
import { camelCase, isObject, type Json, type JsonObject, KerasFormatError, show } from './format.js';
import { Reading } from './reading.js';

/** Turns the value of a config field into what tfjs takes; throws a KerasFormatError where it cannot, and notes what it leaves out. */
export type Rule = (value: Json, where: string, reading: Reading) => unknown;

/** A reading for values that stand by themselves. */
export const NONE = new Reading();

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

/** A number, also where it was written as an array of one. */
export function plain(value: Json): Json {
  const inner =
    isObject(value) && isObject(value.config ?? null) ? (value.config as JsonObject).value : value;
  return Array.isArray(inner) && inner.length === 1 ? (inner[0] as Json) : (inner ?? null);
}

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
