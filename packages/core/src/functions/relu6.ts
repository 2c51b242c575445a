import { withDefaults } from '../activation/arguments.js';
import type { Definition } from '../activation/definition.js';
import { inPieces } from '../activation/loops.js';
import { reluPair, reluPieces } from './relu.js';

/**
 * ReLU limited to 6.
 *
 *     f(x) = min(max(x, 0), 6)
 *
 * The derivative at 0 and at 6 is 0, as in PyTorch (tfjs takes 1 at 6). NaN gives NaN; −0 stays −0.
 *
 * Source: Krizhevsky, "Convolutional Deep Belief Networks on CIFAR-10", 2010; PyTorch `ReLU6`, Keras `relu6`.
 */
export function relu6(params?: Record<string, never>): Definition {
  const six = { negativeSlope: 0, maxValue: 6, threshold: 0 };
  return {
    name: 'relu6',
    params: withDefaults('relu6', params, {}),
    formula: '\\min(\\max(x, 0), 6)',
    range: [0, 6],
    kinks: [0, 6],
    bind: () => reluPair(six),
    loops: inPieces((_, single) => reluPieces(six, single)),
  };
}
