import { layers as stock } from '@tensorflow/tfjs-layers';
import { Concatenate } from '../../layers/keras/concatenate.js';
import { CustomScaleLayer } from '../../layers/keras/custom-scale.js';
import { operation } from '../../layers/keras/operations.js';
import { flag, number, same } from '../fields.js';
import { KerasFormatError, show } from '../format.js';
import { either, type Kind, kind, made } from '../kind.js';

export const merging: Record<string, Kind> = {
  Add: kind(stock.add, {}),
  Subtract: kind(operation('Subtract'), {}),
  Multiply: kind(stock.multiply, {}),
  Average: kind(stock.average, {}),
  Maximum: kind(stock.maximum, {}),
  Minimum: kind(stock.minimum, {}),
  Concatenate: kind(
    either(
      ({ axis = -1 }: Parameters<typeof stock.concatenate>[0] & object) => axis < -1,
      Concatenate,
      stock.concatenate,
    ),
    { axis: same },
    ({ axis }, where) => {
      if (axis != null && !Number.isInteger(axis))
        throw new KerasFormatError(`${where}.axis is ${show(axis)}, and must be a whole number`);
    },
  ),
  CustomScaleLayer: kind(made(CustomScaleLayer), { scale: number }),
  Dot: kind(stock.dot, { axes: same, normalize: flag }),
};
