import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneTensor, type Shape } from '../../tfjs/classes.js';

interface LayerScaleArgs extends LayerArgs {
  initValues?: number;
  projectionDim: number;
}

/** x · gamma, one factor a channel: a layer of Keras's own ConvNeXt, which is not among its public ones; tfjs lacks it. */
export class LayerScale extends layers.Layer {
  static readonly className = 'RectifyLayerScale';
  private readonly initValues: number;
  private readonly projectionDim: number;
  private gamma: LayerVariable | undefined;

  constructor({ initValues = 1e-6, projectionDim, ...args }: LayerScaleArgs) {
    super(args);
    this.initValues = initValues;
    this.projectionDim = projectionDim;
  }

  override build(_: Shape | Shape[]): void {
    const constant = initializers.constant({ value: this.initValues });
    // Keras gives it no name.
    this.gamma = this.addWeight('variable', [this.projectionDim], 'float32', constant, undefined, true);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      return tfc.mul(tfc.cast(oneTensor(this, inputs), 'float32'), (this.gamma as LayerVariable).read());
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override getConfig(): serialization.ConfigDict {
    const { initValues, projectionDim } = this;
    return { ...super.getConfig(), initValues, projectionDim };
  }
}
