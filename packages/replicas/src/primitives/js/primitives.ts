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
      const own = elementwise[kernel];
      return (z, a, count, p0, p1, p2) => own(f, z >>> 2, a >>> 2, 4 * count, p0, p1, p2);
    },
  };
}
