import type { GradConfig, Tensor } from '@tensorflow/tfjs-core';
import * as fast from '../fast/prelu.js';
import * as gpu from '../gpu/prelu.js';
import { stockGradient } from '../tfjs/stock.js';
import { inGradient, type Operation, run } from './operation.js';

/** The gradients of PReLU, each when it is called. */
export const preluGradients: GradConfig['gradFunc'] = (dy, saved, attrs) => {
  // Within another gradient, tfjs's own serves: it is made of operations that have a gradient themselves.
  if (inGradient()) return stockGradient('Prelu').gradFunc(dy, saved, attrs);
  const [x, alpha] = saved;
  return {
    x: () => run(GRADIENT, { x, alpha, dy: dy as Tensor }, {}),
    alpha: () => run(SLOPE_GRADIENT, { x, alpha, dy: dy as Tensor }, {}),
  };
};

const PRELU: Operation<object> = {
  name: 'RectifyPrelu',
  fast: (backend, { x, alpha }) => fast.prelu(backend, x, alpha),
  gpu: (backend, { x, alpha }) => gpu.prelu(backend, x, alpha),
  gradient: () => ({ inputsToSave: ['x', 'alpha'], gradFunc: preluGradients }),
};

const GRADIENT: Operation<object> = {
  name: 'RectifyPreluGrad',
  fast: (backend, { x, alpha, dy }) => fast.preluGradient(backend, x, alpha, dy),
  gpu: (backend, { x, alpha, dy }) => gpu.preluGradient(backend, x, alpha, dy),
};

const SLOPE_GRADIENT: Operation<object> = {
  name: 'RectifyPreluSlopeGrad',
  fast: (backend, { x, alpha, dy }) => fast.slopeGradient(backend, x, alpha, dy),
  gpu: (backend, { x, alpha, dy }) => gpu.slopeGradient(backend, x, alpha, dy),
};

/** x for x ≥ 0, else alpha · x, in float32; alpha broadcasts to the shape of x. */
export const prelu = (x: Tensor, alpha: Tensor): Tensor => run(PRELU, { x, alpha }, {});
