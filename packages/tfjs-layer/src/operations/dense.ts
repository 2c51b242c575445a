import { type Activation, linear } from '@rectify/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { inPlace } from '../fast/memory.js';
import { columnSums, product } from '../fast/product.js';
import { fusedProduct, stockOf } from '../gpu/product.js';
import { stockGradient } from '../tfjs/stock.js';
import { activationGradient, derivativeOfOutput, elementwise } from './elementwise.js';
import { inGradient, type Operation, run } from './operation.js';

interface Transposes {
  transposeA: boolean;
  transposeB: boolean;
}

const theLinear = /* @__PURE__ */ linear();

const DENSE: Operation<{ f: Activation }> = {
  name: 'RectifyDense',
  fast: (backend, { x, kernel, bias }, { f }) =>
    inPlace(backend, product(backend, { a: x, b: kernel, bias }, [false, false]), f),
  gpu: (backend, { x, kernel, bias }, { f }) => fusedProduct(backend, f, { a: x, b: kernel, bias }),
  gradient: () => ({
    inputsToSave: ['x', 'kernel'],
    outputsToSave: [true],
    gradFunc: (dy, [x, kernel, y], attrs) => {
      // Made now, since each of the three has a tidy of its own, and all need it.
      const { f } = attrs as unknown as { f: Activation };
      const linear = f.name === 'linear';
      const own = linear ? (dy as Tensor) : activationGradient(f, y, dy as Tensor);
      return {
        x: () => matMul(own, kernel, { transposeA: false, transposeB: true }),
        kernel: () => matMul(x, own, { transposeA: true, transposeB: false }),
        // The last of the three, where it is asked for at all.
        bias: () => {
          const sums = run(COLUMN_SUMS, { x: own }, {});
          if (!linear) own.dispose();
          return sums;
        },
      };
    },
  }),
};

const PRODUCT: Operation<Transposes> = {
  name: 'RectifyMatMul',
  fast: (backend, { a, b }, { transposeA, transposeB }) =>
    product(backend, { a, b }, [transposeA, transposeB]),
  gpu: (backend, inputs, { transposeA, transposeB }) =>
    stockOf(backend, 'BatchMatMul', inputs, { transposeA, transposeB }),
  gradient: () => stockGradient('BatchMatMul'),
};

const COLUMN_SUMS: Operation<object> = {
  name: 'RectifyColumnSums',
  fast: (backend, { x }) => columnSums(backend, x),
  gpu: (backend, { x }) => stockOf(backend, 'Sum', { x }, { axis: [0], keepDims: false }),
  gradient: () => ({
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => tfc.add(tfc.zerosLike(x), dy as Tensor) }),
  }),
};

/** a · b of matrices, or of as many as their leading axes say. */
const matMul = (a: Tensor, b: Tensor, transposes: Transposes): Tensor => run(PRODUCT, { a, b }, transposes);

/**
 * f(x · kernel + bias) for a matrix x; without f by default. One kernel, also in training where f′ can be told from the output;
 * else f is a second one then.
 */
export function dense(x: Tensor, kernel: Tensor, bias?: Tensor, f: Activation = theLinear): Tensor {
  const inputs = { x, kernel, ...(bias && { bias }) };
  if (derivativeOfOutput(f) || !inGradient()) return run(DENSE, inputs, { f });
  return elementwise(f, run(DENSE, inputs, { f: theLinear }));
}
