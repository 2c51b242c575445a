import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { type Layer, stockClass } from '../../tfjs/classes.js';

type ConcatenateArgs = Parameters<typeof layers.concatenate>[0];

const StockConcatenate = stockClass('Concatenate') as {
  new (args: ConcatenateArgs): Layer & { readonly axis: number };
};

/** Joins along an axis that is counted from the end: tfjs takes every negative one for the last. */
export class Concatenate extends StockConcatenate {
  static readonly className = 'RectifyConcatenate';

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const all = [inputs].flat();
      const rank = (all[0] as Tensor).rank;
      return tfc.concat(all, this.axis < 0 ? this.axis + rank : this.axis);
    });
  }
}
