import type { Activation } from '@rectify/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { TensorActivation } from '../activations/activations.js';
import { type ActivationArgument, withActivation } from '../activations/given.js';
import { layerOptions, OF_DENSE } from '../arguments/layer-options.js';
import { dense as denseOp } from '../operations/dense.js';
import { hasOperations } from '../operations/operation.js';
import { asFloat, type DenseArgs, oneTensor, StockActivation, Dense as StockDense } from '../tfjs/classes.js';
import { stockFunction } from '../tfjs/stock-activations.js';

/** The function of core that a layer's activation is; undefined for one over vectors (softmax), or somebody else's. */
function functionOf(activation: { getClassName(): string }): Activation | undefined {
  if (activation instanceof TensorActivation) return activation.function;
  return activation instanceof StockActivation ? stockFunction(activation.getClassName()) : undefined;
}

/** What `layers.dense` takes: tfjs's own options, and any activation. */
export interface DenseLayerArgs extends Omit<DenseArgs, 'activation'> {
  /** By name, or any function of `@rectify/core` or of this package; none by default. */
  activation?: ActivationArgument;
}

/** See {@link dense}. */
export class Dense extends StockDense {
  constructor(args: DenseLayerArgs) {
    super(withActivation(layerOptions('dense', args, OF_DENSE)) as DenseArgs);
  }

  readonly #function = functionOf(this.activation);

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    const { kernel, bias } = this;
    if (!kernel || !hasOperations()) return super.call(inputs, kwargs) as Tensor;
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = asFloat(oneTensor(this, inputs));
      const leading = x.shape.slice(0, -1);
      const inputs2d = [tfc.util.sizeFromShape(leading), x.shape[x.rank - 1]]; // not −1, which a size of 0 leaves open
      const rows = x.rank === 2 ? x : tfc.reshape(x, inputs2d);
      const f = this.#function;
      const y = denseOp(rows, kernel.read(), bias?.read(), f);
      const shaped = x.rank === 2 ? y : tfc.reshape(y, [...leading, this.units]);
      return f ? shaped : this.activation.apply(shaped);
    });
  }
}

/**
 * A drop-in for `tf.layers.dense`, y = activation(x · kernel + bias), that runs product, bias and activation as one kernel on the
 * `cpu`, `wasm`, `webgl` and `webgpu` backends; elsewhere it is tfjs's own.
 *
 * In training it keeps the output in place of the pre-activation where the derivative can be told from it (linear, ReLU, ReLU6, Leaky
 * ReLU with a slope of at least 0; other functions run as a second kernel then), and computes no gradient of an input that nobody
 * asked for, as that of a first layer. Arguments, defaults, weights and errors are tfjs's. A model saved with it says "Dense": it
 * loads as tfjs's own, also where this package is not installed if the activation is one of tfjs's.
 *
 * Input `[…, in]`, kernel `[in, units]`, bias `[units]`, output `[…, units]` in float32.
 */
export const dense = (args: DenseLayerArgs): Dense => new Dense(args);
