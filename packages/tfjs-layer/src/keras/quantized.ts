import { div, reshape, type Tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import { EinsumDense } from '../layers/keras/einsum-dense.js';
import type { Layer } from '../tfjs/classes.js';
import { type Json, KerasFormatError, show } from './format.js';
import type { StoredWeight } from './stored.js';

/** What `model.quantize()` makes of a data type that can be read: what is said of it, by the name of its mode. */
const MODES: Record<string, string> = {
  int8: 'its weights of 8 bits are read as the float32 that they stand for; Keras can also round what the layer is given',
  float8: 'is computed in float32, where Keras rounds weights and what the layer is given to 8 bits',
};

/** What is to be said of a quantized data type, by its name (`int8`, `int8_from_float32`), where it can be read. */
export function quantizedNote(name: string): string | undefined {
  const [mode = ''] = name.split('_from_');
  return Object.hasOwn(MODES, mode) ? MODES[mode] : undefined;
}

/** Whether the layer keeps what training in 8 bits needs beside its weights. */
export const isFloat8 = (dtype: Json | undefined): boolean =>
  /"float8[_"]/.test(JSON.stringify(dtype ?? null));

/**
 * The weights that Keras quantized to int8: q / scale, of which there is one for each column of a Dense, each row of an Embedding, and each
 * axis of an EinsumDense's kernel that the output has.
 */
export function dequantized(quantized: StoredWeight, scale: StoredWeight, layer: Layer): StoredWeight {
  const { name, shape } = quantized;
  const where = layout(scale.shape, shape, layer);
  if (!where)
    throw new KerasFormatError(
      `${name} has the shape ${show(shape)} and is quantized by scales of the shape ${show(scale.shape)}, which do not fit`,
    );
  const { axes, sizes } = where;
  const read = (): Tensor => {
    const values = [quantized.read(), scale.read()] as const;
    try {
      return tidy(() => {
        const [q, s] = values;
        const kept = s.shape.filter((_, i) => axes.includes(i));
        const order = [...axes].sort((a, b) => a - b);
        const ordered = transpose(
          reshape(s, kept),
          axes.map((axis) => order.indexOf(axis)),
        );
        return div(q, reshape(ordered, sizes));
      });
    } finally {
      for (const value of values) value.dispose();
    }
  };
  return { name, shape, also: [scale.name], read };
}

/** Which axes of the scales go along the weights, in the order of the weights', and the sizes that the scales have along them. */
function layout(
  scale: number[],
  weights: number[],
  layer: Layer,
): { axes: number[]; sizes: number[] } | undefined {
  const equation = layer instanceof EinsumDense ? layer.axes : undefined;
  // For each axis of the weights that of the scales, −1 where all share one.
  const along = equation
    ? [...equation.right].map((letter) => equation.output.indexOf(letter))
    : layer.getClassName() === 'Embedding'
      ? weights.map((_, i) => (i === 0 ? 0 : -1))
      : weights.map((_, i) => Math.max(i + scale.length - weights.length, -1));
  const sizes = along.map((axis) => scale[axis] ?? 1);
  const fits =
    sizes.every((size, i) => size === 1 || size === weights[i]) &&
    scale.every((size, axis) => size === 1 || along.includes(axis));
  return fits ? { axes: along.filter((axis) => axis >= 0), sizes } : undefined;
}
