import { type Activation, type ReluParams, relu } from '@rectify/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { layerOptions } from '../arguments/layer-options.js';
import type { LayerArgs } from '../tfjs/classes.js';
import { ElementwiseLayer } from './elementwise.js';

/** What `layers.reLU` takes. */
export interface ReLUArgs extends LayerArgs, Partial<ReluParams> {
  /** Keras's spelling of `negativeSlope`. */
  negative_slope?: number;
  /** Keras's spelling of `maxValue`. */
  max_value?: number | null;
}

/** See {@link reLU}. */
export class ReLU extends ElementwiseLayer {
  static readonly className: string = 'RectifyReLU';
  readonly function: Activation<ReluParams>;

  constructor(args: ReLUArgs = {}) {
    const options = layerOptions('reLU', args, ['negativeSlope', 'maxValue', 'threshold']);
    super(options);
    const { negativeSlope, maxValue, threshold } = options;
    this.function = relu({
      negativeSlope: negativeSlope ?? 0,
      maxValue: maxValue ?? null,
      threshold: threshold ?? 0,
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...this.function.params };
  }
}

/**
 * ReLU as a layer, with all that Keras's has: min(x, maxValue) for x > threshold, else negativeSlope · (x − threshold).
 *
 * A drop-in for `tf.layers.reLU`, which knows `maxValue` alone. `negativeSlope` and `threshold` are 0 and `maxValue` is null (no
 * limit) by default. Input of any shape, float32 or int32; output of the same shape in float32.
 *
 * @throws TypeError when a parameter is no number, or an option is unknown.
 * @throws RangeError when one is not finite, or `maxValue` or `threshold` is negative.
 */
export const reLU = (args: ReLUArgs = {}): ReLU => new ReLU(args);
