import type { Activation } from '@rectify/core';
import type { serialization } from '@tensorflow/tfjs-core';
import { TensorActivation } from '../activations/activations.js';
import { elementwise } from '../activations/elementwise.js';
import type { ActivationArgument } from '../activations/given.js';
import { layerOptions } from '../arguments/layer-options.js';
import type { LayerArgs } from '../tfjs/classes.js';
import { ElementwiseLayer } from './elementwise.js';

/** What `layers.activation` takes. */
export interface ActivationLayerArgs extends LayerArgs {
  /** A name that `@rectify/core` knows, one of its functions or their JSON, or an activation of this package. */
  activation: ActivationArgument;
  /** The function's parameters, when it is given by name. */
  params?: object;
}

/** See {@link activation}. */
export class ActivationLayer extends ElementwiseLayer {
  static readonly className = 'RectifyActivationLayer';
  readonly function: Activation;

  constructor(args: ActivationLayerArgs) {
    const options = layerOptions('activation', args, ['activation', 'params']);
    super(options);
    const { activation, params } = options;
    this.function = elementwise(
      activation instanceof TensorActivation ? activation.function : activation,
      params,
    );
  }

  override getConfig(): serialization.ConfigDict {
    const { name, params } = this.function.toJSON();
    // Under the key "name" tfjs leaves a string alone; under any other it would re-case it.
    const activation = { name, params: params as serialization.ConfigDict };
    return { ...super.getConfig(), activation };
  }
}

/**
 * Any elementwise function of `@rectify/core` as a layer: by name, `layers.activation({ activation: 'silu' })`, or by value,
 * `layers.activation({ activation: leakyRelu({ negativeSlope: 0.05 }) })`.
 *
 * Input of any shape, float32 or int32; output of the same shape in float32. The defaults are core's.
 *
 * @throws RangeError for an unknown name, TypeError for what is no activation and for `params` beside a function, and what core throws for the parameters.
 */
export const activation = (args: ActivationLayerArgs): ActivationLayer => new ActivationLayer(args);
