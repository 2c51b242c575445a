import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { input as makeInput } from '@tensorflow/tfjs-layers';
import { KerasOperator } from '../../layers/keras/operator.js';
import type { Layer } from '../../tfjs/classes.js';
import { typeName } from '../dtype.js';
import { dropped, fields, nameOf, only, type Rule } from '../fields.js';
import { KerasFormatError, type KerasObject, layerName, show } from '../format.js';
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
export const inputShape: Rule = (value, where) => {
  if (value === null) return undefined;
  // Of no example, or no step, tfjs computes nothing.
  if (!Array.isArray(value) || value.length === 0 || !value.every((size) => isSize(size) && size !== 0))
    throw new KerasFormatError(
      `${where} is ${show(value)}, and must be a list of sizes of at least 1, of which the first is the batch`,
    );
  return value;
};

/** Layers to which whole numbers are names of something. */
const OF_WHOLE_NUMBERS = ['Embedding', 'IntegerLookup', 'Hashing', 'HashedCrossing'];

const inputRules: Record<string, Rule> = {
  name: nameOf,
  trainable: dropped,
  batch_shape: inputShape,
  dtype,
  sparse: only(false, null),
  ragged: only(false, null),
  optional: only(false, null),
};

/** An input: where it is of single numbers, `[batch]`, with a layer that makes those of the `[batch, 1]` that tfjs makes of them. */
export interface Input {
  input: SymbolicTensor;
  numbers?: { layer: Layer; taken: SymbolicTensor };
}

/** Reads an input, given the layers that take it. */
export function readInput(config: KerasObject, takers: KerasObject[], { wholes, reading }: Context): Input {
  const read = fields(config.config, inputRules, layerName(config), reading) as {
    batchShape?: number[];
    dtype?: string;
  };
  // Every other layer of Keras computes in float32, whatever it gets; tfjs casts what it is fed.
  if (read.dtype !== 'string' && !takers.every(({ class_name }) => OF_WHOLE_NUMBERS.includes(class_name)))
    read.dtype = 'float32';
  if (!Array.isArray(read.batchShape))
    throw new KerasFormatError(
      `${layerName(config)}.batch_shape is ${show(config.config.batch_shape)}, and must be a list of sizes of at least 1`,
    );
  const isNumbers = read.batchShape.length === 1;
  // tfjs makes [batch, 1] of single numbers before it predicts.
  if (isNumbers) read.batchShape = [...read.batchShape, 1];
  const input = makeInput(read as Parameters<typeof makeInput>[0]);
  wholes.input(input, config.config.dtype);
  if (!isNumbers) return { input };
  const { name } = input.sourceLayer;
  const call = { class_name: 'Reshape', params: { newshape: [-1] }, inputs: [{ __input__: 0 }] };
  const numbers = new KerasOperator({ name: `${name}_numbers`, call: { name: JSON.stringify(call) } });
  const taken = numbers.apply(input) as SymbolicTensor;
  wholes.input(taken, config.config.dtype);
  return { input, numbers: { layer: numbers, taken } };
}
