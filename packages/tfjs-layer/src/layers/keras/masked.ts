import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { type Layer, stockClass } from '../../tfjs/classes.js';
import { type GRUArgs, ResetAfterGRU } from './gru.js';

interface Recurrent extends Layer {
  readonly returnSequences: boolean;
  readonly goBackwards: boolean;
}
// The arguments of tfjs's recurrent layers, as those of the GRU, which has them all.
export type RecurrentArgs = GRUArgs & { zeroesMasked?: boolean };
type RecurrentClass = new (args: never) => Layer;
export interface ZeroingClass {
  new (args: RecurrentArgs): Zeroing;
  readonly className: string;
  fromConfig: typeof layers.Layer.fromConfig;
}

/** A layer that is told whether a mask reaches it. */
export interface Zeroing extends Layer {
  zeroesMasked: boolean | undefined;
}
export const isZeroing = (layer: Layer): layer is Zeroing => 'zeroesMasked' in layer;

/** `[batch, steps, …]` with 0 at the steps `[batch, steps]` that the mask leaves out, which a layer that goes backwards has in reverse. */
function zeroMasked(y: Tensor, mask: Tensor, isReversed: boolean): Tensor {
  // As numbers first: tfjs's wasm backend reverses truth values wrong.
  const numbers = tfc.cast(mask, 'float32');
  const kept = isReversed ? tfc.reverse(numbers, 1) : numbers;
  return tfc.mul(y, tfc.reshape(kept, [...kept.shape, ...Array<number>(y.rank - kept.rank).fill(1)]));
}

/** A recurrent layer with Keras's `zero_output_for_mask`, which gives 0 for the steps that a mask leaves out; tfjs repeats the last output. */
function zeroing(base: RecurrentClass, className: string): ZeroingClass {
  const Base = base as { new (args: RecurrentArgs): Recurrent; readonly className: string };
  class Masked extends Base {
    static override readonly className: string = className;
    /** Whether a mask reaches the layer, once that is known: tfjs may hand it one of another layer. */
    zeroesMasked: boolean | undefined;

    constructor({ zeroesMasked, ...args }: RecurrentArgs) {
      super(args as RecurrentArgs);
      this.zeroesMasked = zeroesMasked;
    }

    override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor | Tensor[] {
      return tfc.tidy(() => {
        const outputs = super.call(inputs, kwargs);
        const mask = [kwargs.mask ?? null].flat()[0] as Tensor | null;
        if (!this.zeroesMasked || !mask || !this.returnSequences) return outputs;
        const [y, ...states] = [outputs].flat() as [Tensor, ...Tensor[]];
        const zeroed = zeroMasked(y, mask, this.goBackwards);
        return Array.isArray(outputs) ? [zeroed, ...states] : zeroed;
      });
    }

    /** Saved as tfjs's own where no mask comes. */
    override getClassName(): string {
      return this.zeroesMasked === false ? Base.className : className;
    }

    override getConfig(): serialization.ConfigDict {
      const { zeroesMasked } = this;
      return { ...super.getConfig(), ...(zeroesMasked ? { zeroesMasked } : {}) };
    }
  }
  return Masked as unknown as ZeroingClass;
}

export const MaskedSimpleRNN = zeroing(stockClass('SimpleRNN') as RecurrentClass, 'RectifyMaskedSimpleRNN');
export const MaskedLSTM = zeroing(stockClass('LSTM') as RecurrentClass, 'RectifyMaskedLSTM');
export const MaskedGRU = zeroing(stockClass('GRU') as RecurrentClass, 'RectifyMaskedGRU');
export const MaskedResetAfterGRU = zeroing(ResetAfterGRU, 'RectifyMaskedResetAfterGRU');
