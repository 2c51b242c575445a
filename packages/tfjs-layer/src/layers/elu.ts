import { type Activation, elu as coreElu, type EluParams } from '@rectify/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { layerOptions } from '../arguments/layer-options.js';
import type { LayerArgs } from '../tfjs/classes.js';
import { ElementwiseLayer } from './elementwise.js';

/** What `layers.elu` takes. */
export interface ELUArgs extends LayerArgs, Partial<EluParams> {}

/** See {@link elu}. */
export class ELU extends ElementwiseLayer {
  static readonly className: string = 'RectifyELU';
  readonly function: Activation<EluParams>;

  constructor(args: ELUArgs = {}) {
    const options = layerOptions('elu', args, ['alpha']);
    super(options);
    this.function = coreElu({ alpha: options.alpha ?? 1 });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...this.function.params };
  }
}

/**
 * ELU as a layer: x for x > 0, else alpha · (exp(x) − 1).
 *
 * A drop-in for `tf.layers.elu`, which refuses any alpha but 1, and loses all digits of a small x. Input of any shape, float32 or
 * int32; output of the same shape in float32.
 *
 * @throws TypeError or RangeError when alpha is no finite number.
 * Source: Clevert, Unterthiner, Hochreiter, "Fast and Accurate Deep Network Learning by Exponential Linear Units", 2015.
 */
export const elu = (args: ELUArgs = {}): ELU => new ELU(args);
