import type { serialization, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { LayerVariable, layers } from '@tensorflow/tfjs-layers';
import {
  type Constraint,
  type Initializer,
  type Layer,
  oneShape,
  type Regularizer,
  type Shape,
  stockClass,
} from '../../tfjs/classes.js';

type LSTMArgs = Parameters<typeof layers.lstm>[0];

/** What tfjs's LSTMCell keeps, of which its public types show nothing. */
interface Cell extends Layer {
  readonly units: number;
  readonly activation: { apply(x: Tensor): Tensor };
  readonly recurrentActivation: { apply(x: Tensor): Tensor };
  readonly useBias: boolean;
  readonly unitForgetBias: boolean;
  readonly kernelInitializer: Initializer;
  readonly recurrentInitializer: Initializer;
  readonly biasInitializer: Initializer;
  readonly kernelRegularizer: Regularizer;
  readonly recurrentRegularizer: Regularizer;
  readonly biasRegularizer: Regularizer;
  readonly kernelConstraint: Constraint;
  readonly recurrentConstraint: Constraint;
  readonly biasConstraint: Constraint;
}
const StockLSTM = stockClass('LSTM') as {
  new (
    args: LSTMArgs,
  ): Layer & {
    cell: Cell;
    returnSequences: boolean;
    returnState: boolean;
    goBackwards: boolean;
  };
};

export type ConvLSTMArgs = Omit<LSTMArgs, 'units'> & {
  filters: number;
  kernelSize: number | number[];
  strides?: number | number[];
  padding?: 'valid' | 'same';
  dilationRate?: number | number[];
};

const first = (value: number | number[] | undefined) => [value ?? 1].flat()[0] as number;

/**
 * An LSTM over sequences of rows `[batch, steps, size, channels]`, with convolutions for its products; tfjs has it for pictures. The
 * gates are i, f, c, o, as in Keras.
 */
export class ConvLSTM1D extends StockLSTM {
  static readonly className = 'RectifyConvLSTM1D';
  private readonly size: number;
  private readonly stride: number;
  private readonly rate: number;
  private readonly padding: 'valid' | 'same';
  private kernel: LayerVariable | undefined;
  private recurrentKernel: LayerVariable | undefined;
  private bias: LayerVariable | undefined;

  constructor({ filters, kernelSize, strides, padding = 'valid', dilationRate, ...args }: ConvLSTMArgs) {
    super({ ...args, units: filters });
    this.inputSpec = [];
    this.size = first(kernelSize);
    this.stride = first(strides);
    this.rate = first(dilationRate);
    this.padding = padding;
  }

  /** The weights by the name of Keras's cell. */
  weightParts(): { group: string; name: string; variables: LayerVariable[] }[] {
    const variables = [this.kernel, this.recurrentKernel, this.bias].filter((one) => one !== undefined);
    return [{ group: 'cell', name: this.name, variables }];
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    if (shape.length !== 4)
      throw new RangeError(`its input must be of the shape [batch, steps, size, channels], got [${shape}]`);
    const channels = shape.at(-1) as number;
    const { cell, size } = this;
    const [filters, gates] = [cell.units, 4 * cell.units];
    const add = (name: string, shape: number[], ...options: [Initializer, Regularizer, Constraint]) =>
      this.addWeight(name, shape, 'float32', options[0], options[1], true, options[2]);
    this.kernel = add(
      'kernel',
      [size, channels, gates],
      cell.kernelInitializer,
      cell.kernelRegularizer,
      cell.kernelConstraint,
    );
    this.recurrentKernel = add(
      'recurrent_kernel',
      [size, filters, gates],
      cell.recurrentInitializer,
      cell.recurrentRegularizer,
      cell.recurrentConstraint,
    );
    if (cell.useBias)
      this.bias = add('bias', [gates], cell.biasInitializer, cell.biasRegularizer, cell.biasConstraint);
    this.built = true;
  }

  // tfjs's LSTM asks its cell, which has none.
  override get trainableWeights(): LayerVariable[] {
    if (!this.trainable) return [];
    return [this.kernel, this.recurrentKernel, this.bias].filter((one) => one !== undefined);
  }

  override get nonTrainableWeights(): LayerVariable[] {
    const all = [this.kernel, this.recurrentKernel, this.bias].filter((one) => one !== undefined);
    return this.trainable ? [] : all;
  }

  override call(inputs: Tensor | Tensor[], _kwargs: Record<string, unknown>): Tensor | Tensor[] {
    return tfc.tidy(() => {
      const [x, h0, c0] = [inputs].flat() as [Tensor, Tensor?, Tensor?];
      const { activation, recurrentActivation, units } = this.cell;
      const [batch, steps, size, channels] = x.shape as [number, number, number, number];
      // All steps at once, each as a picture of one row.
      const rows = tfc.reshape(tfc.cast(x, 'float32'), [batch * steps, 1, size, channels]) as Tensor4D;
      const product = (
        y: Tensor4D,
        kernel: LayerVariable,
        stride: number,
        padding: 'valid' | 'same',
        rate: number,
      ) =>
        tfc.conv2d(y, tfc.expandDims(kernel.read(), 0) as Tensor4D, [1, stride], padding, 'NHWC', [1, rate]);
      const given = product(rows, this.kernel as LayerVariable, this.stride, this.padding, this.rate);
      const biased = this.bias ? tfc.add(given, this.bias.read()) : given;
      const length = biased.shape[2] as number;
      const each = tfc.unstack(tfc.reshape(biased, [batch, steps, length, 4 * units]), 1);
      if (this.goBackwards) each.reverse();
      let h: Tensor = h0 ?? tfc.zeros([batch, length, units]);
      let c: Tensor = c0 ?? tfc.zeros([batch, length, units]);
      const outputs: Tensor[] = [];
      for (const now of each) {
        const last = product(
          tfc.expandDims(h, 1) as Tensor4D,
          this.recurrentKernel as LayerVariable,
          1,
          'same',
          1,
        );
        const sum = tfc.add(now, tfc.squeeze(last, [1]));
        const [i, f, candidate, o] = tfc.split(sum, 4, 2) as [Tensor, Tensor, Tensor, Tensor];
        const kept = tfc.mul(recurrentActivation.apply(f), c);
        c = tfc.add(kept, tfc.mul(recurrentActivation.apply(i), activation.apply(candidate)));
        h = tfc.mul(recurrentActivation.apply(o), activation.apply(c));
        outputs.push(h);
      }
      const y = this.returnSequences ? tfc.stack(outputs, 1) : h;
      return this.returnState ? [y, h, c] : y;
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const [batch = null, steps = null, size = null] = oneShape(inputShape);
    const reach = this.padding === 'valid' ? (this.size - 1) * this.rate : 0;
    const length = size === null ? null : Math.ceil((size - reach) / this.stride);
    const state = [batch, length, this.cell.units];
    const y = this.returnSequences ? [batch, steps, length, this.cell.units] : state;
    return this.returnState ? [y, state, state] : y;
  }

  override getConfig(): serialization.ConfigDict {
    const { units, cell: _, ...config } = super.getConfig();
    const { size, stride, padding, rate } = this;
    return {
      ...config,
      filters: this.cell.units,
      kernelSize: size,
      strides: stride,
      padding,
      dilationRate: rate,
    };
  }
}
