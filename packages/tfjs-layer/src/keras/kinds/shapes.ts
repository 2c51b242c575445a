import { layers as stock } from '@tensorflow/tfjs-layers';
import {
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
  AdaptiveMaxPooling1D,
  AdaptiveMaxPooling2D,
  AdaptiveMaxPooling3D,
} from '../../layers/keras/adaptive-pooling.js';
import { operation } from '../../layers/keras/operations.js';
import { Flatten, Reshape } from '../../layers/keras/reshape.js';
import { INTERPOLATIONS } from '../../layers/keras/resizing.js';
import { among, flag, numbers, numeric, type Rule, same, steps } from '../fields.js';
import { type Json, KerasFormatError, show } from '../format.js';
import { either, format, type Kind, kind, lastOnly, made } from '../kind.js';
import { checkSame3D } from './windows.js';

const pool = { pool_size: steps, strides: steps, padding: among('valid', 'same') };
/** How many windows there are along each of so many axes. */
const windows = (axes: number): Record<string, Rule> => ({
  ...format,
  output_size: (value, where, reading) => {
    const sizes = steps(value, where, reading);
    if (Array.isArray(sizes) && sizes.length === axes) return sizes;
    throw new KerasFormatError(`${where} is ${show(value)}, and must be ${axes} whole numbers`);
  },
});
const global = { ...format, keepdims: flag };

/** Pooling, padding, and whatever else changes a shape. */
export const shapes: Record<string, Kind> = {
  Flatten: kind(made(Flatten), format),
  Reshape: kind(
    either(
      ({ targetShape }: Parameters<typeof stock.reshape>[0]) => targetShape.includes(-1),
      Reshape,
      stock.reshape,
    ),
    { target_shape: same },
  ),
  Permute: kind(stock.permute, { dims: same }),
  RepeatVector: kind(stock.repeatVector, { n: steps }),
  Identity: kind(operation('Identity'), {}),
  MaxPooling1D: kind(stock.maxPooling1d, { ...pool, ...lastOnly }),
  MaxPooling2D: kind(stock.maxPooling2d, { ...pool, ...format }),
  MaxPooling3D: kind(stock.maxPooling3d, { ...pool, ...format }, checkSame3D('pool_size')),
  AveragePooling1D: kind(stock.averagePooling1d, { ...pool, ...lastOnly }),
  AveragePooling2D: kind(stock.averagePooling2d, { ...pool, ...format }),
  AveragePooling3D: kind(stock.averagePooling3d, { ...pool, ...format }, checkSame3D('pool_size')),
  AdaptiveAveragePooling1D: kind(made(AdaptiveAveragePooling1D), windows(1)),
  AdaptiveAveragePooling2D: kind(made(AdaptiveAveragePooling2D), windows(2)),
  AdaptiveAveragePooling3D: kind(made(AdaptiveAveragePooling3D), windows(3)),
  AdaptiveMaxPooling1D: kind(made(AdaptiveMaxPooling1D), windows(1)),
  AdaptiveMaxPooling2D: kind(made(AdaptiveMaxPooling2D), windows(2)),
  AdaptiveMaxPooling3D: kind(made(AdaptiveMaxPooling3D), windows(3)),
  ...operations(
    [
      'GlobalAveragePooling1D',
      'GlobalAveragePooling2D',
      'GlobalAveragePooling3D',
      'GlobalMaxPooling1D',
      'GlobalMaxPooling2D',
      'GlobalMaxPooling3D',
    ],
    global,
  ),
  ...operations(['UpSampling1D'], { size: steps }),
  ...operations(['UpSampling2D'], { size: steps, ...format, interpolation: among(...INTERPOLATIONS) }),
  ...operations(['UpSampling3D'], { size: steps, ...format }),
  ...operations(['ZeroPadding1D', 'ZeroPadding3D'], { padding: sides, ...format }),
  ZeroPadding2D: kind(stock.zeroPadding2d, { padding: sides, ...format }),
  ...operations(['Cropping1D'], { cropping: sides }),
  ...operations(['Cropping2D', 'Cropping3D'], { cropping: sides, ...format }),
  ...operations(['Resizing'], {
    height: steps,
    width: steps,
    interpolation: among(...INTERPOLATIONS),
    crop_to_aspect_ratio: flag,
    pad_to_aspect_ratio: flag,
    fill_mode: among('constant'),
    fill_value: numeric,
    antialias: flag,
    ...format,
  }),
  ...operations(['Rescaling'], { scale: numbers, offset: numbers }),
};

/** What is added to or cut off each side: whole numbers of at least 0, one for all, one for each axis or a pair for each. */
function sides(value: Json, where: string) {
  if (value !== null && ![value].flat(2).every((size) => Number.isSafeInteger(size) && (size as number) >= 0))
    throw new KerasFormatError(`${where} is ${show(value)}, and must be whole numbers of at least 0`);
  return value ?? undefined;
}

function operations(names: string[], rules: Record<string, Rule>): Record<string, Kind> {
  return Object.fromEntries(names.map((name) => [name, kind(operation(name), rules)]));
}
