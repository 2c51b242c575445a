import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Lets a model of texts predict: tfjs cuts what it is given into batches by an operation that texts do not have. */
export function predictTexts(model: LayersModel): void {
  if (![...model.inputs, ...model.outputs].some(({ dtype }) => dtype === 'string')) return;
  model.predict = (x) =>
    tidy(() => model.apply(x as Tensor | Tensor[], { training: false }) as Tensor | Tensor[]);
}
