import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { input as makeInput } from '@tensorflow/tfjs-layers';
import { dropped, fields, nameOf, only, type Rule, typeName } from '../fields.js';
import { KerasFormatError, type KerasObject, show } from '../format.js';
import { layerName } from '../kind.js';
import { type Context, isSize } from './context.js';

const dtype: Rule = (value, where, reading) => {
  const name = typeName(value);
  // Whole numbers that tfjs holds in int32; beyond 2³¹ − 1 nobody counts in an input.
  if (typeof name === 'string' && /^u?int(8|16|32|64)$/.test(name)) return 'int32';
  if (name === null) return undefined;
  if (typeof name === 'string' && /float(16|64)$/.test(name)) {
    reading.note(where, `${name} is computed in float32`);
    return 'float32';
  }
  if (typeof name !== 'string' || !['float32', 'bool', 'string'].includes(name))
    throw new KerasFormatError(
      `${where} is ${show(value)}, and tfjs has only float32, whole numbers, bool and string`,
    );
  return name;
};

/** A list of sizes, of which null are not known. */
const inputShape: Rule = (value, where) => {
  if (value === null) return undefined;
  if (!Array.isArray(value) || !value.every(isSize))
    throw new KerasFormatError(`${where} is ${show(value)}, and must be a list of sizes`);
  return value;
};

const inputRules: Record<string, Rule> = {
  name: nameOf,
  trainable: dropped,
  batch_shape: inputShape,
  dtype,
  sparse: only(false, null),
  ragged: only(false, null),
  optional: only(false, null),
};

/** An input, with the layers that take it. */
export function readInput(
  config: KerasObject,
  takers: KerasObject[],
  { wholes, reading }: Context,
): SymbolicTensor {
  const read = fields(config.config, inputRules, layerName(config), reading) as {
    batchShape?: number[];
    dtype?: string;
  };
  // Every layer of Keras but an embedding computes in float32, whatever it gets; tfjs casts what it is fed.
  if (read.dtype !== 'string' && !takers.every(({ class_name }) => class_name === 'Embedding'))
    read.dtype = 'float32';
  if (!Array.isArray(read.batchShape))
    throw new KerasFormatError(
      `${layerName(config)}.batch_shape is ${show(config.config.batch_shape)}, and must be a list of sizes`,
    );
  if (read.batchShape.length < 2)
    throw new KerasFormatError(
      `${layerName(config)}.batch_shape is ${show(read.batchShape)}: tfjs takes no single numbers`,
    );
  const input = makeInput(read as Parameters<typeof makeInput>[0]);
  wholes.input(input, config.config.dtype);
  return input;
}
