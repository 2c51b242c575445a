import type { io } from '@tensorflow/tfjs-core';
import { KerasFormatError, show } from '../format.js';
import type { Settings } from '../options.js';

type Spec = io.WeightsManifestEntry;

/** Bytes of a value of each type that weights have. */
const SIZES: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  float16: 2,
  uint16: 2,
  uint8: 1,
  bool: 1,
};
const QUANTIZED = ['uint8', 'uint16', 'float16'];

/** A list of weights as tfjs's formats have it, every field looked at. */
export function checkedSpecs(value: unknown, { limits }: Settings): Spec[] {
  if (!Array.isArray(value)) throw new KerasFormatError(`weightSpecs must be a list, got ${show(value)}`);
  if (value.length > limits.weights)
    throw new KerasFormatError(
      `weightSpecs has ${value.length} weights; limits.weights is ${limits.weights}`,
    );
  for (const [i, spec] of value.entries()) assertSpec(spec, `weightSpecs[${i}]`);
  const bytes = totalBytes(value);
  if (!(bytes <= limits.bytes))
    throw new KerasFormatError(
      `the weights of the model are ${bytes} bytes; limits.bytes is ${limits.bytes}`,
    );
  return value;
}

function assertSpec(spec: unknown, where: string): asserts spec is Spec {
  const { name, shape, dtype, quantization = null } = (spec ?? {}) as Partial<Spec>;
  if (typeof name !== 'string') throw new KerasFormatError(`${where}.name must be a text, got ${show(name)}`);
  if (
    !Array.isArray(shape) ||
    shape.length > 6 ||
    !shape.every((size) => Number.isSafeInteger(size) && size >= 0)
  )
    throw new KerasFormatError(
      `weight ${show(name)} has the shape ${show(shape)}, which must be a list of up to 6 whole numbers`,
    );
  if (!isKnown(dtype))
    throw new KerasFormatError(`weight ${show(name)} is ${show(dtype)}, which cannot be read`);
  if (quantization !== null)
    assertQuantization(quantization, dtype, `the quantization of weight ${show(name)}`);
}

const isKnown = (dtype: unknown): dtype is string => typeof dtype === 'string' && Object.hasOwn(SIZES, dtype);

function assertQuantization(value: NonNullable<Spec['quantization']>, dtype: string, where: string): void {
  const { dtype: stored, scale, min } = value;
  if (!QUANTIZED.includes(stored as string))
    throw new KerasFormatError(`${where} is ${show(stored)}, and must be one of ${QUANTIZED.join(', ')}`);
  if (stored === 'float16') {
    if (dtype !== 'float32')
      throw new KerasFormatError(`${where} is float16 of ${dtype}, and must be of float32`);
  } else if (!(Number.isFinite(scale) && Number.isFinite(min)))
    throw new KerasFormatError(
      `${where} has scale ${show(scale)} and min ${show(min)}, which must be finite numbers`,
    );
}

/** Bytes of a weight in its file. */
export const byteLength = ({ shape, dtype, quantization }: Spec): number =>
  (SIZES[quantization?.dtype ?? dtype] as number) * shape.reduce((a, b) => a * b, 1);

export const totalBytes = (specs: Spec[]): number => specs.reduce((sum, spec) => sum + byteLength(spec), 0);
