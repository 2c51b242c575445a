import * as core from '@rectify/core';
import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import { applyActivation } from './_apply.js';
import { type DenseArgs, StockActivation } from './_tfjs.js';

/** What tfjs's types let one give as the activation of a layer. */
type StockIdentifier = NonNullable<DenseArgs['activation']>;

/** How an activation of ours is saved within a layer's config. */
interface SavedActivation extends serialization.ConfigDict {
  className: string;
  config: { name: string; params: serialization.ConfigDict };
}

/**
 * A function of `@rectify/core` as the activation of any tfjs layer, which keeps its parameters when the model is saved.
 * Made by {@link activation} and by the factories of this module.
 */
export class TensorActivation extends StockActivation {
  static readonly className = 'RectifyActivation';
  /** The function of `@rectify/core`. */
  readonly function: core.Activation;

  constructor(saved: { name: string; params?: object }) {
    super();
    this.function = core.activation(saved.name, saved.params ?? {});
  }

  override apply(x: Tensor): Tensor {
    return applyActivation(this.function, x);
  }

  override getConfig(): SavedActivation['config'] {
    const { name, params } = this.function.toJSON();
    return { name, params: params as serialization.ConfigDict };
  }

  /**
   * tfjs saves an activation as what this returns, and its types expect a bare name, which would lose the parameters. Its loader
   * takes `{ className, config }` as well, as Keras does: so that is what it gets.
   */
  override getClassName(): string {
    const saved: SavedActivation = { className: TensorActivation.className, config: this.getConfig() };
    return saved as unknown as string;
  }
}

/** A {@link TensorActivation} that tfjs's types accept wherever they expect an activation's name. */
export type LayerActivation = TensorActivation & StockIdentifier;

/**
 * An activation for the `activation` argument of any tfjs layer.
 *
 *     tf.layers.dense({ units: 3, activation: activation('leaky_relu', { negativeSlope: 0.05 }) })
 *
 * @param nameOrFunction A name that `@rectify/core` knows (`'leaky_relu'`, `'LeakyReLU'`, `'silu'`, …), or one of its functions.
 * @param params The function's parameters, by our words or a framework's; defaults are core's (Leaky ReLU: 0.01).
 * @throws RangeError for a name that core does not know, and what core throws for the parameters.
 */
export function activation(nameOrFunction: string | core.ActivationJson, params?: object): LayerActivation {
  if (typeof nameOrFunction === 'string')
    return new TensorActivation({ name: nameOrFunction, ...(params && { params }) }) as LayerActivation;
  if (params !== undefined) throw new TypeError('params must be left out when a function is given');
  const { name, params: bound } = nameOrFunction;
  return new TensorActivation({ name, params: bound }) as LayerActivation;
}

/** `leakyRelu` of `@rectify/core` for a tfjs layer: slope 0.01 by default. */
export const leakyRelu = (params?: Partial<core.LeakyReluParams>): LayerActivation =>
  activation(core.leakyRelu(params));

/** `relu` of `@rectify/core` for a tfjs layer, with Keras's `negativeSlope`, `maxValue`, `threshold`. */
export const relu = (params?: Partial<core.ReluParams>): LayerActivation => activation(core.relu(params));
