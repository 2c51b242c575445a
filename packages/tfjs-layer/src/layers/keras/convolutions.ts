import type { serialization, Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { asFloat, oneTensor, type Shape, stockClass } from '../../tfjs/classes.js';
import {
  around,
  buildGroups,
  type Convolution,
  dilations,
  kernelOf,
  outputShape,
  pair,
} from './convolution.js';

const convolveGroups = (layer: Convolution, groups: number) => (x: Tensor4D, padding: 'same' | 'valid') => {
  const kernels: Tensor4D[] = tfc.split(kernelOf(layer.kernel), groups, 3);
  const parts: Tensor4D[] = tfc.split(x, groups, 3);
  const [strides, rates] = [pair(layer.strides), pair(dilations(layer))];
  return tfc.concat(
    parts.map((part, i): Tensor => tfc.conv2d(part, kernels[i], strides, padding, 'NHWC', rates)),
    3,
  );
};

type ConvArgs = Parameters<typeof layers.conv1d>[0];
type GroupedArgs = ConvArgs & { groups?: number };

const StockConv1D = stockClass('Conv1D') as { new (args: ConvArgs): Convolution };
const StockConv2D = stockClass('Conv2D') as { new (args: ConvArgs): Convolution };
const StockConv3D = stockClass('Conv3D') as { new (args: ConvArgs): Convolution };

/** tfjs's convolution with groups of channels, which it lacks. */
const grouped = (
  Stock: new (args: ConvArgs) => Convolution,
): (new (
  args: GroupedArgs,
) => Convolution & { readonly groups: number }) =>
  class extends Stock {
    readonly groups: number;

    constructor({ groups = 1, ...args }: GroupedArgs) {
      super(args);
      this.groups = groups;
    }

    override build(inputShape: Shape | Shape[]): void {
      buildGroups(this, this.groups, inputShape, (shape) => super.build(shape));
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return around(this, inputs, convolveGroups(this, this.groups));
    }

    override getConfig(): serialization.ConfigDict {
      return { ...super.getConfig(), groups: this.groups, dataFormat: this.dataFormat };
    }
  };

/** A convolution of sequences, also causal, in groups of channels, or with the channels first, none of which tfjs computes. */
export class Conv1D extends grouped(StockConv1D) {
  static readonly className = 'RectifyConv1D';

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return outputShape(this, inputShape, this.filters);
  }
}

/** A convolution of pictures in groups of channels, which tfjs lacks, or whose steps are longer than its window. */
export class Conv2D extends grouped(StockConv2D) {
  static readonly className = 'RectifyConv2D';
}

/** A convolution of volumes in groups of channels, which tfjs lacks. */
export class Conv3D extends grouped(StockConv3D) {
  static readonly className = 'RectifyConv3D';

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tfc.tidy(() => {
      const x = asFloat(oneTensor(this, inputs)) as Tensor5D;
      const isFirst = this.dataFormat === 'channelsFirst';
      const volumes = (isFirst ? tfc.transpose(x, [0, 2, 3, 4, 1]) : x) as Tensor5D;
      const kernels: Tensor5D[] = tfc.split(this.kernel.read() as Tensor5D, this.groups, 4);
      const parts: Tensor5D[] = tfc.split(volumes, this.groups, 4);
      const [strides, rates] = [this.strides, dilations(this)] as [Triple, Triple];
      const padding = this.padding === 'same' ? 'same' : 'valid';
      const products = parts.map((part, i) =>
        tfc.conv3d(part, kernels[i] as Tensor5D, strides, padding, 'NDHWC', rates),
      );
      const y = tfc.concat(products, 4);
      const z = this.activation.apply(this.bias ? tfc.add(y, this.bias.read()) : y);
      return isFirst ? tfc.transpose(z, [0, 4, 1, 2, 3]) : z;
    });
  }
}

type Triple = [number, number, number];
