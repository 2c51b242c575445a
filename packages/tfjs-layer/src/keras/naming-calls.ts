import { Tensor } from '@tensorflow/tfjs-core';
import type { Layer } from '../tfjs/classes.js';
import { KerasFormatError, show } from './format.js';

/**
 * Lets a layer that fails in prediction be named with the shapes that it was given: tfjs's own message says neither. What tfjs finds while
 * the model is built is named there.
 */
export function namingCalls(where: string, layer: Layer): Layer {
  const apply = layer.apply.bind(layer);
  layer.apply = (inputs, kwargs) => {
    try {
      return apply(inputs, kwargs);
    } catch (error) {
      const given = [inputs].flat();
      if (error instanceof KerasFormatError || !(given[0] instanceof Tensor)) throw error;
      const shapes = given.map(({ shape }) => show(shape)).join(' and ');
      throw new KerasFormatError(`${where} cannot compute ${shapes}: ${(error as Error).message}`, {
        cause: error,
      });
    }
  };
  return layer;
}
