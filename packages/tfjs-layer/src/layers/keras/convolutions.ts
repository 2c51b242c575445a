import type { serialization, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { InputSpec, type LayerVariable, type layers } from '@tensorflow/tfjs-layers';
import {
  type Constraint,
  type Initializer,
  type Layer,
  oneShape,
  oneTensor,
  type Regularizer,
  type Shape,
  stockClass,
} from '../../tfjs/classes.js';

type ConvArgs = Parameters<typeof layers.conv1d>[0];
type DepthwiseArgs = Parameters<typeof layers.depthwiseConv2d>[0];
type SeparableArgs = Parameters<typeof layers.separableConv2d>[0];
type Pair = [number, number];

/** What tfjs's convolutions keep, of which its public types show nothing. */
interface Convolution extends Layer {
  readonly filters: number;
  readonly padding: 'same' | 'valid' | 'causal';
  readonly dataFormat: string;
  readonly useBias: boolean;
  readonly activation: { apply(x: Tensor): Tensor };
  readonly kernelInitializer: Initializer;
  readonly kernelRegularizer: Regularizer;
  readonly kernelConstraint: Constraint;
  readonly biasInitializer: Initializer;
  readonly biasRegularizer: Regularizer;
  readonly biasConstraint: Constraint;
  kernelSize: number[];
  strides: number[];
  dilationRate: number | number[];
  kernel: LayerVariable;
  bias: LayerVariable | null;
}
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

const StockConv1D = stockClass('Conv1D') as { new (args: ConvArgs): Convolution };
const StockConv2D = stockClass('Conv2D') as { new (args: ConvArgs): Convolution };
const StockDepthwiseConv2D = stockClass('DepthwiseConv2D') as { new (args: DepthwiseArgs): Depthwise };
const StockSeparableConv = Object.getPrototypeOf(stockClass('SeparableConv2D')) as {
  new (rank: number, args: SeparableArgs): Separable;
};

const channelAxis = (layer: Convolution, rank: number) =>
  layer.dataFormat === 'channelsFirst' ? 1 : rank - 1;
const dilations = ({ kernelSize, dilationRate }: Convolution): number[] =>
  kernelSize.map((_, i) => (Array.isArray(dilationRate) ? dilationRate[i] : dilationRate));

/** A sequence is computed as a picture of one row. */
const picture = (x: Tensor) => (x.rank === 3 ? tfc.expandDims(x, 1) : x) as Tensor4D;
const kernelOf = (variable: LayerVariable) => {
  const kernel = variable.read();
  return (kernel.rank === 3 ? tfc.expandDims(kernel, 0) : kernel) as Tensor4D;
};
const pair = (numbers: number[]) => [...(numbers.length === 1 ? [1] : []), ...numbers] as Pair;

/** What every convolution does around its product: channels to the end and back, rows, bias, activation. */
function around(
  layer: Convolution,
  inputs: Tensor | Tensor[],
  product: (x: Tensor4D, padding: 'same' | 'valid') => Tensor,
): Tensor {
  return tfc.tidy(() => {
    let x = tfc.cast(oneTensor(layer, inputs), 'float32');
    const first = layer.dataFormat === 'channelsFirst';
    const inner = Array.from({ length: x.rank - 2 }, (_, i) => i + 1);
    if (first) x = tfc.transpose(x, [0, ...inner.map((axis) => axis + 1), 1]);
    if (layer.padding === 'causal') {
      const before = (layer.kernelSize[0] - 1) * dilations(layer)[0];
      x = tfc.pad(x, [
        [0, 0],
        [before, 0],
        [0, 0],
      ]);
    }
    const isPadded = layer.padding === 'same' && leapsOver(layer);
    if (isPadded) x = paddedAsSame(layer, x);
    let y: Tensor = product(picture(x), layer.padding === 'same' && !isPadded ? 'same' : 'valid');
    if (x.rank === 3) y = tfc.squeeze(y, [1]);
    y = layer.activation.apply(layer.bias ? tfc.add(y, layer.bias.read()) : y);
    return first ? tfc.transpose(y, [0, x.rank - 1, ...inner]) : y;
  });
}

/** How far a window reaches along each axis. */
const reaches = (layer: Convolution): number[] =>
  dilations(layer).map((rate, i) => (layer.kernelSize[i] - 1) * rate + 1);

/** Whether steps are longer than a window of more than one number: tfjs's wasm backend then pads "same" wrong. */
const leapsOver = (layer: Convolution): boolean => {
  const all = reaches(layer);
  return all.some((reach) => reach > 1) && all.some((reach, i) => layer.strides[i] > reach);
};

/** `[batch, …, channels]` with the zeros around that "same" means. */
function paddedAsSame(layer: Convolution, x: Tensor): Tensor {
  const inner = reaches(layer).map((reach, i): [number, number] => {
    const [size, stride] = [x.shape[i + 1], layer.strides[i]];
    const all = Math.max((Math.ceil(size / stride) - 1) * stride + reach - size, 0);
    return [Math.floor(all / 2), Math.ceil(all / 2)];
  });
  return tfc.pad(x, [[0, 0], ...inner, [0, 0]]);
}

const biasOf = (layer: Convolution) =>
  ['float32', layer.biasInitializer, layer.biasRegularizer, true, layer.biasConstraint] as const;

/** The shape of an output of so many channels. */
function outputShape(layer: Convolution, inputShape: Shape | Shape[], channels: number): Shape {
  const input = oneShape(inputShape);
  const axis = channelAxis(layer, input.length);
  const rates = dilations(layer);
  let i = 0;
  return input.map((size, at) => {
    if (at === 0) return size;
    if (at === axis) return channels;
    const reach = layer.padding === 'valid' ? (layer.kernelSize[i] - 1) * rates[i] : 0;
    const stride = layer.strides[i++];
    return size === null ? null : Math.ceil((size - reach) / stride);
  });
}

/** The channels of an input, which the layer is bound to from here on. */
function bindChannels(layer: Convolution, inputShape: Shape | Shape[]): number {
  const shape = oneShape(inputShape);
  const axis = channelAxis(layer, shape.length);
  const channels = shape[axis];
  if (channels == null)
    throw new RangeError(`${layer.name} needs to know the number of its input's channels`);
  layer.inputSpec = [new InputSpec({ ndim: shape.length, axes: { [axis]: channels } })];
  layer.built = true;
  return channels;
}

/** Builds a convolution whose filters each see one group of the channels. */
function buildGroups(
  layer: Convolution,
  groups: number,
  inputShape: Shape | Shape[],
  build: (shape: Shape) => void,
) {
  const channels = bindChannels(layer, inputShape);
  const { inputSpec } = layer;
  const shape = oneShape(inputShape);
  build(shape.with(channelAxis(layer, shape.length), channels / groups));
  layer.inputSpec = inputSpec;
}

const convolveGroups = (layer: Convolution, groups: number) => (x: Tensor4D, padding: 'same' | 'valid') => {
  const kernels: Tensor4D[] = tfc.split(kernelOf(layer.kernel), groups, 3);
  const parts: Tensor4D[] = tfc.split(x, groups, 3);
  const [strides, rates] = [pair(layer.strides), pair(dilations(layer))];
  return tfc.concat(
    parts.map((part, i): Tensor => tfc.conv2d(part, kernels[i], strides, padding, 'NHWC', rates)),
    3,
  );
};

type GroupedArgs = ConvArgs & { groups?: number };

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

/** The transpose of a convolution of sequences, which tfjs lacks. */
export class Conv1DTranspose extends StockConv1D {
  static readonly className = 'RectifyConv1DTranspose';

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), dataFormat: this.dataFormat };
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = bindChannels(this, inputShape);
    const shape = [...this.kernelSize, this.filters, channels];
    this.kernel = this.addWeight(
      'kernel',
      shape,
      'float32',
      this.kernelInitializer,
      this.kernelRegularizer,
      true,
      this.kernelConstraint,
    );
    if (this.useBias) this.bias = this.addWeight('bias', [this.filters], ...biasOf(this));
  }

  private lengthOf(size: number): number {
    const [stride] = this.strides;
    return size * stride + (this.padding === 'same' ? 0 : Math.max(this.kernelSize[0] - stride, 0));
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return around(this, inputs, (x, padding) => {
      const shape: [number, number, number, number] = [
        x.shape[0],
        1,
        this.lengthOf(x.shape[2]),
        this.filters,
      ];
      return tfc.conv2dTranspose(x, kernelOf(this.kernel), shape, pair(this.strides), padding);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = oneShape(inputShape);
    const axis = channelAxis(this, 3);
    return shape.map((size, i) =>
      i === 0 ? size : i === axis ? this.filters : size === null ? null : this.lengthOf(size),
    );
  }
}
