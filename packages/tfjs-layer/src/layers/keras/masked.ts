import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { type Layer, stockClass } from '../../tfjs/classes.js';
import { type GRUArgs, ResetAfterGRU } from './gru.js';

interface Recurrent extends Layer {
  readonly returnSequences: boolean;
  readonly goBackwards: boolean;
  readonly cell: Layer;
}

/**
 * What a layer does with the mask that tfjs hands it, which may be one of another layer: ignore it, heed it as Keras does, or whatever
 * tfjs does, where that is the same.
 */
export type MaskUse = 'ignored' | 'heeded' | 'stock';

// The arguments of tfjs's recurrent layers, as those of the GRU, which has them all.
export type RecurrentArgs = GRUArgs & { zeroOutputForMask?: boolean; maskUse?: MaskUse };
type RecurrentClass = new (args: never) => Layer;
export interface MaskedClass {
  new (args: RecurrentArgs): Masked;
  readonly className: string;
  fromConfig: typeof layers.Layer.fromConfig;
}

/** A layer that is told what to do with a mask. */
export interface Masked extends Layer {
  /** Unknown until the layer is called. */
  maskUse: MaskUse | undefined;
  /** Keras's `zero_output_for_mask`: 0 for the steps that a mask leaves out. */
  readonly zeroes: boolean;
}
export const isMasked = (layer: Layer): layer is Masked => 'maskUse' in layer;

/** 1 from the first step on that the mask `[batch, steps]` keeps. */
const begun = (kept: Tensor): Tensor => tfc.cast(tfc.greater(tfc.cumsum(kept, 1), 0), 'float32');

/**
 * A recurrent layer that heeds a mask as Keras does: a step that is left out repeats the output before it, and gives 0 where there is none;
 * with `zero_output_for_mask` it gives 0 always. tfjs gives the initial state where there is no output before.
 */
function masked(base: RecurrentClass, className: string): MaskedClass {
  const Base = base as { new (args: RecurrentArgs): Recurrent; readonly className: string };
  class MaskedLayer extends Base {
    static override readonly className: string = className;
    maskUse: MaskUse | undefined;
    readonly zeroes: boolean;

    constructor({ maskUse, zeroOutputForMask = false, ...args }: RecurrentArgs) {
      super(args as RecurrentArgs);
      this.maskUse = maskUse;
      this.zeroes = zeroOutputForMask;
    }

    /** tfjs hands all layers of a model one list of arguments, in which the states of an earlier layer may stand. */
    override apply(...[inputs, kwargs]: Parameters<Layer['apply']>): ReturnType<Layer['apply']> {
      const { initialState, ...own } = kwargs ?? {};
      return super.apply(inputs, Array.isArray(inputs) || initialState === undefined ? own : kwargs);
    }

    override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor | Tensor[] {
      if (this.maskUse === 'stock') return super.call(inputs, kwargs);
      return tfc.tidy(() => {
        const mask = this.maskUse === 'ignored' ? null : ([kwargs.mask ?? null].flat()[0] as Tensor | null);
        const outputs = super.call(inputs, { ...kwargs, mask });
        if (!mask) return outputs;
        const [y, ...states] = [outputs].flat() as [Tensor, ...Tensor[]];
        const given = this.#onlyKept(y, mask);
        return Array.isArray(outputs) ? [given, ...states] : given;
      });
    }

    /** The outputs of steps `[batch, steps, …]`, or of the last `[batch, …]`, with 0 where Keras gives 0. */
    #onlyKept(y: Tensor, mask: Tensor): Tensor {
      // As numbers first: tfjs's wasm backend reverses truth values wrong.
      const numbers = tfc.cast(mask, 'float32');
      const steps = this.goBackwards ? tfc.reverse(numbers, 1) : numbers;
      const kept = this.zeroes ? steps : begun(steps);
      const last = kept.shape[1] as number;
      const own = this.returnSequences ? kept : tfc.squeeze(tfc.slice(kept, [0, last - 1], [-1, 1]), [1]);
      return tfc.mul(y, tfc.reshape(own, [...own.shape, ...Array<number>(y.rank - own.rank).fill(1)]));
    }

    /** Saved as tfjs's own where that computes the same. */
    override getClassName(): string {
      return this.maskUse === 'stock' ? Base.className : className;
    }

    override getConfig(): serialization.ConfigDict {
      const { maskUse, zeroes, cell } = this;
      const config = super.getConfig();
      // tfjs writes it where the class is its own alone.
      if (Base.className === 'RNN')
        config.cell = { className: cell.getClassName(), config: cell.getConfig() };
      return maskUse === 'stock'
        ? config
        : { ...config, zeroOutputForMask: zeroes, ...(maskUse && { maskUse }) };
    }
  }
  return MaskedLayer as unknown as MaskedClass;
}

export const MaskedSimpleRNN = masked(stockClass('SimpleRNN') as RecurrentClass, 'RectifyMaskedSimpleRNN');
export const MaskedLSTM = masked(stockClass('LSTM') as RecurrentClass, 'RectifyMaskedLSTM');
export const MaskedGRU = masked(stockClass('GRU') as RecurrentClass, 'RectifyMaskedGRU');
export const MaskedResetAfterGRU = masked(ResetAfterGRU, 'RectifyMaskedResetAfterGRU');
export const MaskedRNN = masked(stockClass('RNN') as RecurrentClass, 'RectifyMaskedRNN');
