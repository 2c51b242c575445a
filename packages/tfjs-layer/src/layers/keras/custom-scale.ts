import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { LayerArgs, Shape } from '../../tfjs/classes.js';

/** x + scale · y: a layer of Keras's own InceptionResNetV2, which is not among its public ones; tfjs lacks it. */
export class CustomScaleLayer extends layers.Layer {
  static readonly className = 'RectifyCustomScaleLayer';
  private readonly scale: number;

  constructor({ scale, ...args }: LayerArgs & { scale: number }) {
    super(args);
    this.scale = scale;
  }

  override build(inputShape: Shape | Shape[]): void {
    const [x, y, ...more] = inputShape as Shape[];
    if (!(Array.isArray(x) && Array.isArray(y) && String(x) === String(y)) || more.length > 0)
      throw new Error(`it takes two inputs of one shape, got ${JSON.stringify(inputShape)}`);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const [x, y] = inputs as [Tensor, Tensor];
      return tfc.add(x, tfc.mul(y, this.scale));
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return (inputShape as Shape[])[0] as Shape;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), scale: this.scale };
  }
}
