import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, oneTensor, type Shape } from '../../tfjs/classes.js';

interface RMSArgs extends LayerArgs {
  axis?: number | number[];
  epsilon?: number;
}

/** x / √(mean x² + ε) · scale, the mean over the axes that scale has; tfjs lacks it. */
export class RMSNormalization extends layers.Layer {
  static readonly className = 'RectifyRMSNormalization';
  private readonly given: number[];
  private readonly epsilon: number;
  private scale: LayerVariable | undefined;

  constructor({ axis = -1, epsilon = 1e-6, ...args }: RMSArgs = {}) {
    super(args);
    this.given = [axis].flat();
    this.epsilon = epsilon;
    this.supportsMasking = true;
  }

  private axes(rank: number): number[] {
    return this.given.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    const sizes = this.axes(shape.length).map((axis) => shape[axis]);
    this.scale = this.addWeight('scale', sizes, 'float32', initializers.ones(), undefined, true);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = tfc.cast(oneTensor(this, inputs), 'float32');
      const axes = this.axes(x.rank);
      const scale = tfc.reshape(
        (this.scale as LayerVariable).read(),
        x.shape.map((size, i) => (axes.includes(i) ? size : 1)),
      );
      const mean = tfc.mean(tfc.square(x), axes, true);
      return tfc.mul(tfc.mul(x, tfc.rsqrt(tfc.add(mean, this.epsilon))), scale);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), axis: this.given, epsilon: this.epsilon };
  }
}
