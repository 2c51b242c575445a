// All primitives on JS.
import { elementwise, exp, log, logistic, softplus } from '../generated.js';
import type { Primitives } from '../primitives.js';
import { productsOn } from './linear.js';
import { lossesOn } from './losses.js';
import { optimizersOn } from './optimizers.js';
import { tilesOn } from './tiles.js';

/** The primitives over a buffer. */
export function jsPrimitives(buffer: ArrayBuffer): Primitives {
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
