// The data types of layers.
import type { Rule } from './fields.js';
import { isObject, type Json, type JsonObject, KerasFormatError, show } from './format.js';
import { quantizedNote } from './quantized.js';

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
