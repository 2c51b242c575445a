import { leakyRelu } from '@rectify/core';
import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { applyActivation } from '../activations/apply.js';
import { applyPrelu } from '../activations/apply-prelu.js';
import { assertFinite, assertInteger } from '../arguments/assert.js';
import { layerOptions } from '../arguments/layer-options.js';
import { asFloat, type LayerArgs, oneTensor, type Shape } from '../tfjs/classes.js';

/** What `layers.rrelu` takes. */
export interface RReLUArgs extends LayerArgs {
  /** The smallest slope; 1/8 by default. */
  lower?: number;
  /** The largest slope; 1/3 by default. */
  upper?: number;
  /** Whole number; the same seed gives the same slopes on every platform. Random by default. */
  seed?: number;
}

/** See {@link rrelu}. */
export class RReLU extends layers.Layer {
  static readonly className = 'RectifyRReLU';
  readonly lower: number;
  readonly upper: number;
  readonly seed: number;
  /** How many batches were drawn: each has slopes of its own. */
  #draws = 0;

  constructor(args: RReLUArgs = {}) {
    const options = layerOptions('rrelu', args, ['lower', 'upper', 'seed']);
    super(options);
    const { lower = 1 / 8, upper = 1 / 3, seed = Math.floor(Math.random() * 2 ** 31) } = options;
    assertFinite('lower', lower);
    assertFinite('upper', upper);
    assertInteger('seed', seed);
    if (lower > upper) throw new RangeError(`lower must not exceed upper, got ${lower} and ${upper}`);
    this.lower = lower;
    this.upper = upper;
    this.seed = seed;
    this.supportsMasking = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = oneTensor(this, inputs);
      if (!kwargs.training)
        return applyActivation(leakyRelu({ negativeSlope: (this.lower + this.upper) / 2 }), x);
      const seed = `${this.seed}/${this.#draws++}`;
      const slopes = tfc.randomUniform(x.shape, this.lower, this.upper, 'float32', seed);
      return applyPrelu(asFloat(x), slopes);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override getConfig(): serialization.ConfigDict {
    const { lower, upper, seed } = this;
    return { ...super.getConfig(), lower, upper, seed };
  }
}

/**
 * Randomized leaky ReLU as a layer: x for x ≥ 0, else a · x, where in training a is drawn uniformly from [lower, upper) for every
 * element of every batch, and in prediction is their mean (11/48 by default).
 *
 * Input of any shape, float32 or int32; output of the same shape in float32.
 *
 * @throws TypeError or RangeError when a bound is no finite number, `lower` exceeds `upper`, or `seed` is no whole number.
 * Source: Xu et al., "Empirical Evaluation of Rectified Activations in Convolutional Network", 2015.
 */
export const rrelu = (args: RReLUArgs = {}): RReLU => new RReLU(args);
