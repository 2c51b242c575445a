import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { LayerVariable, layers } from '@tensorflow/tfjs-layers';
import {
  type Constraint,
  type Initializer,
  type Layer,
  type Regularizer,
  type Shape,
  stockClass,
} from '../../tfjs/classes.js';

export type GRUArgs = Parameters<typeof layers.gru>[0] & { resetAfter?: boolean };

/** What tfjs's GRUCell keeps, of which its public types show nothing. */
interface StockCell extends Layer {
  readonly units: number;
  useBias: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly activation: { apply(x: Tensor): Tensor };
  readonly recurrentActivation: { apply(x: Tensor): Tensor };
  readonly biasInitializer: Initializer;
  readonly biasRegularizer: Regularizer;
  readonly biasConstraint: Constraint;
  readonly kernel: LayerVariable;
  readonly recurrentKernel: LayerVariable;
  bias: LayerVariable | null;
  dropoutMask: Tensor | null;
  recurrentDropoutMask: Tensor | null;
}

const StockGRUCell = stockClass('GRUCell') as { new (args: GRUArgs): StockCell };
const StockGRU = stockClass('GRU') as { new (args: GRUArgs): Layer & { cell: StockCell } };

/** A step of a GRU that resets after the recurrent product, as Keras's does by default: it has a second bias. */
export class ResetAfterGRUCell extends StockGRUCell {
  static readonly className = 'RectifyGRUCell';

  // tfjs's own refuses the word.
  constructor({ resetAfter: _, ...args }: GRUArgs) {
    super(args);
  }

  override build(inputShape: Shape | Shape[]): void {
    const { useBias } = this;
    this.useBias = false;
    super.build(inputShape);
    this.useBias = useBias;
    if (useBias)
      this.bias = this.addWeight(
        'bias',
        [2, this.units * 3],
        'float32',
        this.biasInitializer,
        this.biasRegularizer,
        true,
        this.biasConstraint,
      );
  }

  /** z = σ(x Wz + h Uz), r = σ(x Wr + h Ur), h′ = z h + (1 − z) tanh(x Wh + r · h Uh), each product with its bias. */
  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor[] {
    return tfc.tidy(() => {
      const [input, last] = inputs as [Tensor, Tensor];
      if (kwargs.training) {
        // One mask for the whole sequence; the layer frees both before the next.
        this.dropoutMask ??= mask(input, this.dropout);
        this.recurrentDropoutMask ??= mask(last, this.recurrentDropout);
      }
      const x = this.dropoutMask && kwargs.training ? tfc.mul(input, this.dropoutMask) : input;
      const h =
        this.recurrentDropoutMask && kwargs.training ? tfc.mul(last, this.recurrentDropoutMask) : last;
      const biases = this.bias ? tfc.unstack(this.bias.read()) : [];
      const product = (a: Tensor, kernel: LayerVariable, bias: Tensor | undefined) => {
        const y = tfc.matMul(a as tfc.Tensor2D, kernel.read() as tfc.Tensor2D);
        return tfc.split(bias ? tfc.add(y, bias) : y, 3, 1);
      };
      const [xz, xr, xh] = product(x, this.kernel, biases[0]);
      const [hz, hr, hh] = product(h, this.recurrentKernel, biases[1]);
      const z = this.recurrentActivation.apply(tfc.add(xz, hz));
      const r = this.recurrentActivation.apply(tfc.add(xr, hr));
      const candidate = this.activation.apply(tfc.add(xh, tfc.mul(r, hh)));
      const next = tfc.add(tfc.mul(z, last), tfc.mul(tfc.sub(1, z), candidate));
      return [next, next];
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), resetAfter: true };
  }
}

const mask = (like: Tensor, rate: number): Tensor | null =>
  rate > 0 ? tfc.keep(tfc.dropout(tfc.onesLike(like), rate)) : null;

/** A GRU as Keras has it by default, `reset_after=True`, which tfjs lacks. */
export class ResetAfterGRU extends StockGRU {
  static readonly className = 'RectifyGRU';

  constructor({ resetAfter: _, ...args }: GRUArgs) {
    super(args);
    this.cell = new ResetAfterGRUCell(args);
  }
}
