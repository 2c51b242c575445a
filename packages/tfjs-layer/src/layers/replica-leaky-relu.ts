import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { applyPrelu } from '../activations/apply-prelu.js';
import { assertFinite, shown } from '../arguments/assert.js';
import { layerOptions } from '../arguments/layer-options.js';
import { asFloat, type LayerArgs, oneTensor, type Shape } from '../tfjs/classes.js';

/** What `layers.replicaLeakyReLU` takes. */
export interface ReplicaLeakyReLUArgs extends LayerArgs {
  /** The slope for x ≤ 0 of each replica; 0 is ReLU. */
  negativeSlopes: number[];
}

/** See {@link replicaLeakyReLU}. */
export class ReplicaLeakyReLU extends layers.Layer {
  static readonly className = 'RectifyReplicaLeakyReLU';
  readonly negativeSlopes: readonly number[];

  constructor(args: ReplicaLeakyReLUArgs) {
    const options = layerOptions('replicaLeakyReLU', args, ['negativeSlopes']);
    super(options);
    const { negativeSlopes } = options;
    if (!Array.isArray(negativeSlopes) || negativeSlopes.length === 0)
      throw new TypeError(
        `negativeSlopes must be an array of at least 1 number, got ${shown(negativeSlopes)}`,
      );
    for (const [k, slope] of negativeSlopes.entries()) assertFinite(`negativeSlopes[${k}]`, slope);
    this.negativeSlopes = [...negativeSlopes];
    this.inputSpec = [{ minNDim: 2, axes: { 1: negativeSlopes.length } }];
    this.supportsMasking = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tfc.tidy(() => {
      const x = asFloat(oneTensor(this, inputs));
      const shape = [this.negativeSlopes.length, ...Array<number>(x.rank - 2).fill(1)];
      return applyPrelu(x, tfc.tensor([...this.negativeSlopes], shape));
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), negativeSlopes: [...this.negativeSlopes] };
  }
}

/**
 * Leaky ReLU with a slope of its own for each replica: f(x[b, k, …]) = x for x > 0, else negativeSlopes[k] · x.
 *
 * Input and output `[batch, K, …]`, K being the number of slopes. A slope of 0 is ReLU (derivative 0 at 0), so that ReLU and Leaky ReLU
 * can be trained side by side; see {@link replicaDense}.
 *
 * @throws TypeError when `negativeSlopes` is no array of numbers, or empty.
 * @throws RangeError when a slope is not finite.
 */
export const replicaLeakyReLU = (args: ReplicaLeakyReLUArgs): ReplicaLeakyReLU => new ReplicaLeakyReLU(args);
