// All primitives on JS.

import type { Primitives } from '../primitives.js';
import { elementwise, exp, log, logistic, softplus } from './generated.js';
import { productsOn } from './linear.js';
import { lossesOn } from './losses.js';
import { optimizersOn } from './optimizers.js';
import { tilesOn } from './tiles.js';

/** A buffer of so many bytes with the primitives on it. Throws RangeError where there is no room for it. */
export function jsPrimitives(bytes: number): Primitives {
  const buffer = new ArrayBuffer(bytes);
  const f = new Float32Array(buffer);
  const bits = new Int32Array(buffer);
  return {
    runner: 'js',
    buffer,
    ...productsOn(f, bits),
    ...lossesOn(f, bits, { exp, log, logistic, softplus }),
    ...optimizersOn(f),
    ...tilesOn(f, bits),
    activation(kernel) {
      const { forward, backward } = elementwise[kernel];
      return {
        forward: (x, y, count, p0, p1, p2) => forward(f, x >>> 2, y >>> 2, 4 * count, p0, p1, p2),
        backward: (x, dy, dx, count, p0, p1, p2) =>
          backward(f, x >>> 2, dy >>> 2, dx >>> 2, 4 * count, p0, p1, p2),
      };
    },
  };
}
