import type { Activation } from '@rectify/core';
import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { applyActivation } from '../activations/apply.js';
import { oneTensor, type Shape } from '../tfjs/classes.js';

/** A layer that applies one function of `@rectify/core` to every element, and passes a mask on. */
export abstract class ElementwiseLayer extends layers.Layer {
  /** The function of `@rectify/core`. */
  abstract readonly function: Activation;
  override supportsMasking = true;

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      return applyActivation(this.function, oneTensor(this, inputs));
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }
}
