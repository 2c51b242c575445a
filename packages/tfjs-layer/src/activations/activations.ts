import * as core from '@rectify/core';
import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import { assertOptions } from '../arguments/options.js';
import { type DenseArgs, StockActivation } from '../tfjs/classes.js';
import { applyActivation } from './apply.js';
import { elementwise } from './elementwise.js';

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
    assertOptions('TensorActivation', saved, ['name', 'params', 'customObjects']); // the last is tfjs's loader's
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
  const { name, params: bound } = elementwise(nameOrFunction, params);
  return new TensorActivation({ name, params: bound }) as LayerActivation;
}

/** A factory of core as one for tfjs's layers. */
const of =
  <Args extends unknown[]>(factory: (...args: Args) => core.Activation) =>
  (...args: Args): LayerActivation =>
    activation(factory(...args));

// Each takes the parameters of `@rectify/core`'s function of that name, with core's defaults.
export const celu = /* @__PURE__ */ of(core.celu);
export const elu = /* @__PURE__ */ of(core.elu);
export const exponential = /* @__PURE__ */ of(core.exponential);
export const gelu = /* @__PURE__ */ of(core.gelu);
export const hardShrink = /* @__PURE__ */ of(core.hardShrink);
export const hardSigmoid = /* @__PURE__ */ of(core.hardSigmoid);
export const hardSilu = /* @__PURE__ */ of(core.hardSilu);
export const hardTanh = /* @__PURE__ */ of(core.hardTanh);
export const laplace = /* @__PURE__ */ of(core.laplace);
export const leakyRelu = /* @__PURE__ */ of(core.leakyRelu);
export const linear = /* @__PURE__ */ of(core.linear);
export const lisht = /* @__PURE__ */ of(core.lisht);
export const logSigmoid = /* @__PURE__ */ of(core.logSigmoid);
export const mish = /* @__PURE__ */ of(core.mish);
export const quickGelu = /* @__PURE__ */ of(core.quickGelu);
export const relu = /* @__PURE__ */ of(core.relu);
export const relu6 = /* @__PURE__ */ of(core.relu6);
export const reluSquared = /* @__PURE__ */ of(core.reluSquared);
export const selu = /* @__PURE__ */ of(core.selu);
export const sigmoid = /* @__PURE__ */ of(core.sigmoid);
export const silu = /* @__PURE__ */ of(core.silu);
export const snake = /* @__PURE__ */ of(core.snake);
export const softcap = /* @__PURE__ */ of(core.softcap);
export const softShrink = /* @__PURE__ */ of(core.softShrink);
export const softplus = /* @__PURE__ */ of(core.softplus);
export const softsign = /* @__PURE__ */ of(core.softsign);
export const sparsePlus = /* @__PURE__ */ of(core.sparsePlus);
export const sparseSigmoid = /* @__PURE__ */ of(core.sparseSigmoid);
export const squareplus = /* @__PURE__ */ of(core.squareplus);
export const step = /* @__PURE__ */ of(core.step);
export const tanh = /* @__PURE__ */ of(core.tanh);
export const tanhShrink = /* @__PURE__ */ of(core.tanhShrink);
export const threshold = /* @__PURE__ */ of(core.threshold);
export const thresholdedRelu = /* @__PURE__ */ of(core.thresholdedRelu);
export const xielu = /* @__PURE__ */ of(core.xielu);
