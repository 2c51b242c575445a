import type { serialization, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { LayerVariable, layers } from '@tensorflow/tfjs-layers';
import {
  type Constraint,
  type Initializer,
  oneShape,
  type Regularizer,
  type Shape,
  stockClass,
} from '../../tfjs/classes.js';
import {
  around,
  biasOf,
  bindChannels,
  type Convolution,
  channelAxis,
  dilations,
  kernelOf,
  leapsOver,
  outputShape,
  type Pair,
  pair,
} from './convolution.js';

type DepthwiseArgs = Parameters<typeof layers.depthwiseConv2d>[0];
type SeparableArgs = Parameters<typeof layers.separableConv2d>[0];

interface Depthwise extends Convolution {
  readonly depthMultiplier: number;
  readonly depthwiseInitializer: Initializer;
  readonly depthwiseRegularizer: Regularizer;
  readonly depthwiseConstraint: Constraint;
  depthwiseKernel: LayerVariable;
}
interface Separable extends Convolution {
  readonly depthMultiplier: number;
  depthwiseKernel: LayerVariable;
  pointwiseKernel: LayerVariable;
}

const StockDepthwiseConv2D = stockClass('DepthwiseConv2D') as { new (args: DepthwiseArgs): Depthwise };
const StockSeparableConv = Object.getPrototypeOf(stockClass('SeparableConv2D')) as {
  new (rank: number, args: SeparableArgs): Separable;
};

const convolveDepthwise = (layer: Depthwise) => (x: Tensor4D, padding: 'same' | 'valid') =>
  // tfjs takes one stride for both directions of a depthwise convolution; a sequence's picture has one row, which any stride keeps.
  tfc.depthwiseConv2d(
    x,
    kernelOf(layer.depthwiseKernel),
    layer.strides.length === 1 ? [layer.strides[0], layer.strides[0]] : (layer.strides as Pair),
    padding,
    'NHWC',
    pair(dilations(layer)),
  );

/** A depthwise convolution of pictures that heeds its dilation rate; tfjs's does not. */
export class DepthwiseConv2D extends StockDepthwiseConv2D {
  static readonly className: string = 'RectifyDepthwiseConv2D';

  /** Saved as tfjs's own where that computes the same. */
  override getClassName(): string {
    const isStock =
      dilations(this).every((rate) => rate === 1) && !(this.padding === 'same' && leapsOver(this));
    return isStock ? 'DepthwiseConv2D' : super.getClassName();
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return around(this, inputs, convolveDepthwise(this));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = oneShape(inputShape);
    const channels = shape[channelAxis(this, shape.length)] as number;
    return outputShape(this, shape, channels * this.depthMultiplier);
  }
}

/** A depthwise convolution of sequences, which tfjs lacks. */
export class DepthwiseConv1D extends DepthwiseConv2D {
  static override readonly className = 'RectifyDepthwiseConv1D';

  override getClassName(): string {
    return DepthwiseConv1D.className;
  }

  constructor(args: DepthwiseArgs) {
    // tfjs's class wants a size for each side of a picture.
    const twice = (value: number | number[] | undefined) => value && [[value].flat()[0], [value].flat()[0]];
    super({
      ...args,
      kernelSize: twice(args.kernelSize) as Pair,
      strides: twice(args.strides ?? 1) as Pair,
      dilationRate: twice(args.dilationRate ?? 1) as Pair,
    });
    this.kernelSize = this.kernelSize.slice(0, 1);
    this.strides = this.strides.slice(0, 1);
    this.dilationRate = [this.dilationRate].flat().slice(0, 1);
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = bindChannels(this, inputShape);
    const { depthMultiplier, kernelSize } = this;
    this.depthwiseKernel = this.addWeight(
      'depthwise_kernel',
      [...kernelSize, channels, depthMultiplier],
      'float32',
      this.depthwiseInitializer,
      this.depthwiseRegularizer,
      true,
      this.depthwiseConstraint,
    );
    if (this.useBias) this.bias = this.addWeight('bias', [channels * depthMultiplier], ...biasOf(this));
  }
}

/** A depthwise and then a pointwise convolution of sequences; tfjs has it for pictures. */
export class SeparableConv1D extends StockSeparableConv {
  static readonly className = 'RectifySeparableConv1D';

  constructor(args: SeparableArgs) {
    super(1, args);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), depthMultiplier: this.depthMultiplier };
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return around(this, inputs, (x, padding) =>
      tfc.separableConv2d(
        x,
        kernelOf(this.depthwiseKernel),
        kernelOf(this.pointwiseKernel),
        [this.strides[0], this.strides[0]],
        padding,
        pair(dilations(this)),
      ),
    );
  }
}
