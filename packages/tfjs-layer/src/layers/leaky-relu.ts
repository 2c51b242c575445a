import { type Activation, frameworks, leakyRelu } from '@rectify/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { assertFinite } from '../arguments/assert.js';
import { layerOptions } from '../arguments/layer-options.js';
import type { LayerArgs } from '../tfjs/classes.js';
import { ElementwiseLayer } from './elementwise.js';

/** What `layers.leakyReLU` takes; at most one of the names of its slope. */
export interface LeakyReLUArgs extends LayerArgs {
  /** The slope for x < 0; 0.3 by default, as in tfjs and Keras. */
  negativeSlope?: number;
  /** tfjs's and Keras 2's word for `negativeSlope`. */
  alpha?: number;
  /** Keras 3's and PyTorch's word for it. */
  negative_slope?: number;
}

/** tfjs's and Keras's default, 0.3; `@rectify/core`, PyTorch and the 2013 paper take 0.01. */
const defaultSlope = (): number => frameworks.leaky_relu.tfjs[0].defaults.negativeSlope;

/** See {@link leakyReLU}. */
export class LeakyReLU extends ElementwiseLayer {
  /** Has no underscore and is no built-in's name: tfjs re-cases the former when it loads, and would replace the latter. */
  static readonly className: string = 'RectifyLeakyReLU';
  readonly negativeSlope: number;
  readonly function: Activation;

  constructor(args: LeakyReLUArgs = {}) {
    const options = layerOptions('leakyReLU', args, ['negativeSlope', 'alpha']);
    super(options);
    const { alpha, negativeSlope = alpha ?? defaultSlope() } = options;
    if (alpha !== undefined) assertFinite('alpha', alpha);
    assertFinite('negativeSlope', negativeSlope);
    if (alpha !== undefined && alpha !== negativeSlope)
      throw new RangeError(
        `negativeSlope and alpha are two words for one slope, got ${negativeSlope} and ${alpha}`,
      );
    this.function = leakyRelu({ negativeSlope });
    this.negativeSlope = negativeSlope;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), negativeSlope: this.negativeSlope };
  }
}

/**
 * Leaky ReLU as a layer: f(x) = x for x ≥ 0, else negativeSlope · x.
 *
 * A drop-in for `tf.layers.leakyReLU` (slope 0.3 by default) whose derivative at 0 is the slope, as in `@rectify/core`, and which
 * takes `negativeSlope`, or as the frameworks say `negative_slope` or `alpha`. Input of any shape and of type float32 or int32, output of the same shape in float32.
 * Call `register()` before a model with this layer is loaded.
 *
 * @throws TypeError when the slope is no number, or an option is unknown.
 * @throws RangeError when the slope is not finite, or `negativeSlope` and `alpha` differ.
 * Source: Maas, Hannun, Ng, "Rectifier nonlinearities improve neural network acoustic models", 2013.
 */
export const leakyReLU = (args: LeakyReLUArgs = {}): LeakyReLU => new LeakyReLU(args);
