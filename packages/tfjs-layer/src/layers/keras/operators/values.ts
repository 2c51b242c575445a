import * as tfc from '@tensorflow/tfjs-core';
import { Tensor } from '@tensorflow/tfjs-core';

/** What an operator is given: tensors, and what Keras wrote of everything else. */
export type Value = Tensor | number | boolean | string | null | Value[] | { [key: string]: Value };
export type Params = Record<string, Value | undefined>;
/** An operator of Keras: its inputs, and what it was made with. */
export type Operator = (inputs: Value[], params: Params) => Tensor | Tensor[];

export const isTensor = (value: Value | undefined): value is Tensor => value instanceof Tensor;

/** A tensor, or a number or list of them as one. */
export const tensor = (value: Value | undefined): Tensor => {
  if (isTensor(value)) return value;
  if (typeof value === 'boolean') return tfc.scalar(value, 'bool');
  if (typeof value === 'number') return tfc.scalar(value);
  if (Array.isArray(value)) {
    if (!value.some(holdsTensor)) return tfc.tensor(value as number[], undefined, 'float32');
    return tfc.stack(value.map(tensor));
  }
  throw new RangeError(`an operator is given ${JSON.stringify(value)}, and takes a tensor or a number`);
};

const holdsTensor = (value: Value): boolean =>
  isTensor(value) || (Array.isArray(value) && value.some(holdsTensor));

export const float = (value: Value | undefined): Tensor => {
  const x = tensor(value);
  return x.dtype === 'float32' ? x : tfc.cast(x, 'float32');
};

/** Whole numbers, of which there may be one alone. Of anything else tfjs would make a shape that nothing has, or a text. */
export const wholesOf = (value: Value | undefined, name: string): number[] => {
  const list = [value].flat();
  if (!list.every(Number.isSafeInteger))
    throw new RangeError(`${name} is ${JSON.stringify(value)}, and must be whole numbers`);
  return list as number[];
};

/** Axes from a config, or sizes: one, several, or none for all. */
export const axesOf = (axis: Value | undefined): number[] | undefined =>
  axis == null ? undefined : wholesOf(axis, 'an axis or size');

/** An axis counted from the front. */
export const axisOf = (axis: Value | undefined, rank: number, usual = -1): number => {
  const [given, ...more] = axesOf(axis) ?? [usual];
  if (given === undefined || more.length > 0)
    throw new RangeError(`an axis is ${JSON.stringify(axis)}, and must be one whole number`);
  return given < 0 ? given + rank : given;
};

export const numberOf = (value: Value | undefined, usual: number): number => {
  if (value == null) return usual;
  if (typeof value !== 'number')
    throw new RangeError(
      `an option is ${isTensor(value) ? 'a tensor' : JSON.stringify(value)}, and must be a number`,
    );
  return value;
};

/** Two tensors that share a shape to which each can be broadcast, in one type. */
export function pair([a, b]: Value[]): [Tensor, Tensor] {
  const [x, y] = [tensor(a), tensor(b)];
  return x.dtype === y.dtype && x.dtype !== 'bool' ? [x, y] : [float(x), float(y)];
}
