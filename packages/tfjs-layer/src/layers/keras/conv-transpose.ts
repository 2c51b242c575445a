import type { serialization, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { type Layer, oneShape, oneTensor, type Shape, stockClass } from '../../tfjs/classes.js';
import {
  around,
  biasOf,
  bindChannels,
  type Convolution,
  channelAxis,
  kernelOf,
  pair,
} from './convolution.js';

type TransposeArgs = Parameters<typeof layers.conv2dTranspose>[0] & {
  outputPadding?: number | number[] | null;
};

/** What tfjs's layer keeps, of which its public types show nothing. */
interface Stock extends Layer {
  readonly filters: number;
  readonly kernelSize: number[];
  readonly strides: number[];
  readonly padding: 'same' | 'valid';
  readonly dataFormat: string;
  readonly activation: { apply(x: Tensor): Tensor } | null;
  readonly kernel: LayerVariable;
  readonly bias: LayerVariable | null;
}
const StockConv2DTranspose = stockClass('Conv2DTranspose') as { new (args: TransposeArgs): Stock };

const two = (value: number | number[] | null | undefined, usual: number): [number, number] => {
  const list = [value ?? usual].flat();
  return [list[0] as number, list[1] ?? (list[0] as number)];
};

/** A transposed convolution with Keras's `output_padding` and `dilation_rate`, which tfjs lacks. */
export class Conv2DTranspose extends StockConv2DTranspose {
  static readonly className = 'RectifyConv2DTranspose';
  private readonly rates: [number, number];
  private readonly outputPadding: [number, number] | null;

  constructor({ dilationRate, outputPadding, ...args }: TransposeArgs) {
    super(args as TransposeArgs);
    this.rates = two(dilationRate as number | number[] | null, 1);
    this.outputPadding = outputPadding == null ? null : two(outputPadding, 0);
  }

  /** Sizes of the kernel with the holes of a dilation. */
  private get reach(): number[] {
    return this.kernelSize.map((size, i) => (size - 1) * (this.rates[i] as number) + 1);
  }

  private lengthOf(size: number, i: number): number {
    const [stride, reach] = [this.strides[i] as number, this.reach[i] as number];
    const isSame = this.padding === 'same';
    const added = this.outputPadding?.[i];
    if (added === undefined) return size * stride + (isSame ? 0 : Math.max(reach - stride, 0));
    return (size - 1) * stride + reach + added - (isSame ? 2 * Math.floor(reach / 2) : 0);
  }

  /** The kernel with zeros between its numbers: `[k, …]` → `[(k − 1) · rate + 1, …]` along its first two axes. */
  private dilated(): Tensor4D {
    return this.rates.reduce<Tensor>((kernel, rate, axis) => {
      if (rate === 1) return kernel;
      const apart = tfc.expandDims(kernel, axis + 1);
      const wide = tfc.pad(
        apart,
        apart.shape.map((_, i) => [0, i === axis + 1 ? rate - 1 : 0]),
      );
      const sizes = kernel.shape.map((size, i) => (i === axis ? size * rate : size));
      const ends = sizes.map((size, i) => (i === axis ? size - rate + 1 : size));
      return tfc.slice(
        tfc.reshape(wide, sizes),
        sizes.map(() => 0),
        ends,
      );
    }, this.kernel.read()) as Tensor4D;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tfc.tidy(() => {
      const given = tfc.cast(oneTensor(this, inputs), 'float32');
      const first = this.dataFormat === 'channelsFirst';
      const x = (first ? tfc.transpose(given, [0, 2, 3, 1]) : given) as Tensor4D;
      const [batch, rows, columns] = x.shape;
      const shape = [batch, this.lengthOf(rows, 0), this.lengthOf(columns, 1), this.filters];
      const product = tfc.conv2dTranspose(
        x,
        this.dilated(),
        shape as [number, number, number, number],
        this.strides as [number, number],
        this.padding,
      );
      const shifted = this.bias ? tfc.add(product, this.bias.read()) : product;
      const y = this.activation ? this.activation.apply(shifted) : shifted;
      return first ? tfc.transpose(y, [0, 3, 1, 2]) : y;
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = oneShape(inputShape);
    const rows = this.dataFormat === 'channelsFirst' ? 2 : 1;
    const length = (size: number | null | undefined, i: number) => {
      if (size == null) return null;
      const given = this.lengthOf(size, i);
      // What a convolution would make of the output must be the input again.
      const [stride, reach] = [this.strides[i] as number, this.padding === 'same' ? 1 : this.reach[i]];
      if (Math.ceil((given - (reach as number) + 1) / stride) !== size)
        throw new RangeError(`output_padding [${this.outputPadding}] fits no strides [${this.strides}]`);
      return given;
    };
    const [batch = null] = shape;
    const sizes = [length(shape[rows], 0), length(shape[rows + 1], 1)];
    return rows === 1 ? [batch, ...sizes, this.filters] : [batch, this.filters, ...sizes];
  }

  override getConfig(): serialization.ConfigDict {
    const { rates, outputPadding } = this;
    return { ...super.getConfig(), dilationRate: rates, outputPadding };
  }
}

type ConvArgs = Parameters<typeof layers.conv1d>[0];
const StockConv1D = stockClass('Conv1D') as { new (args: ConvArgs): Convolution };

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
