import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { assertPositiveInteger } from '../../arguments/assert.js';
import { type LayerArgs, oneShape, oneTensor, type Shape } from '../../tfjs/classes.js';

interface AdaptivePoolingArgs extends LayerArgs {
  outputSize: number[];
  dataFormat?: string;
}

/**
 * The mean or maximum of windows that are as many as `outputSize` says, whatever the size of the input; tfjs lacks it. Of n inputs along
 * an axis, window i of m reaches from ⌊i·n/m⌋ to before ⌈(i + 1)·n/m⌉, as in Keras and PyTorch.
 */
abstract class AdaptivePooling extends layers.Layer {
  private readonly outputSize: number[];
  private readonly dataFormat: string;

  constructor({ outputSize, dataFormat = 'channelsLast', ...args }: AdaptivePoolingArgs) {
    super(args);
    for (const size of outputSize) assertPositiveInteger('outputSize', size);
    this.outputSize = outputSize;
    this.dataFormat = dataFormat;
  }

  /** The first of the axes that are pooled. */
  private get firstAxis(): number {
    return this.dataFormat === 'channelsFirst' ? 2 : 1;
  }

  protected abstract pooled(window: Tensor, axis: number): Tensor;

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      // The windows are blocks, so that one axis can be pooled after the other.
      return this.outputSize.reduce(
        (x: Tensor, count, i) => this.alongAxis(x, this.firstAxis + i, count),
        tfc.cast(oneTensor(this, inputs), 'float32'),
      );
    });
  }

  private alongAxis(x: Tensor, axis: number, count: number): Tensor {
    const size = x.shape[axis];
    const windows = Array.from({ length: count }, (_, i) => {
      const start = Math.floor((i * size) / count);
      const end = Math.ceil(((i + 1) * size) / count);
      const begin = x.shape.map((__, other) => (other === axis ? start : 0));
      const length = x.shape.map((whole, other) => (other === axis ? end - start : whole));
      return this.pooled(tfc.slice(x, begin, length), axis);
    });
    return windows.length === 1 ? windows[0] : tfc.concat(windows, axis);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = [...oneShape(inputShape)];
    shape.splice(this.firstAxis, this.outputSize.length, ...this.outputSize);
    return shape;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), outputSize: this.outputSize, dataFormat: this.dataFormat };
  }
}

abstract class AveragePooling extends AdaptivePooling {
  protected pooled(window: Tensor, axis: number): Tensor {
    return tfc.mean(window, axis, true);
  }
}

abstract class MaxPooling extends AdaptivePooling {
  protected pooled(window: Tensor, axis: number): Tensor {
    return tfc.max(window, axis, true);
  }
}

export class AdaptiveAveragePooling1D extends AveragePooling {
  static readonly className = 'RectifyAdaptiveAveragePooling1D';
}
export class AdaptiveAveragePooling2D extends AveragePooling {
  static readonly className = 'RectifyAdaptiveAveragePooling2D';
}
export class AdaptiveAveragePooling3D extends AveragePooling {
  static readonly className = 'RectifyAdaptiveAveragePooling3D';
}
export class AdaptiveMaxPooling1D extends MaxPooling {
  static readonly className = 'RectifyAdaptiveMaxPooling1D';
}
export class AdaptiveMaxPooling2D extends MaxPooling {
  static readonly className = 'RectifyAdaptiveMaxPooling2D';
}
export class AdaptiveMaxPooling3D extends MaxPooling {
  static readonly className = 'RectifyAdaptiveMaxPooling3D';
}
