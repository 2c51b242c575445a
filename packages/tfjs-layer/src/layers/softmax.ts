import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { assertAxes, axesOf } from '../arguments/assert.js';
import { layerOptions } from '../arguments/layer-options.js';
import { asFloat, type LayerArgs, oneShape, oneTensor, type Shape } from '../tfjs/classes.js';

/** What `layers.softmax` takes. */
export interface SoftmaxArgs extends LayerArgs {
  /** The axis, or axes, along which the outputs sum to 1; −1, the last, by default. */
  axis?: number | number[];
}

/** Added to what a mask hides, as Keras and tfjs do: large enough that its share is 0. */
const HIDDEN = -1e9;

/** See {@link softmax}. */
export class Softmax extends layers.Layer {
  static readonly className: string = 'RectifySoftmax';
  readonly axis: number | number[];

  constructor(args: SoftmaxArgs = {}) {
    const options = layerOptions('softmax', args, ['axis']);
    super(options);
    const { axis = -1 } = options;
    const axes: unknown = typeof axis === 'number' ? [axis] : axis;
    assertAxes('axis', axes);
    if (axes.length === 0)
      throw new RangeError('axis must be a whole number or an array of at least 1 of them, got []');
    this.axis = axis;
    this.supportsMasking = true;
  }

  override build(inputShape: Shape | Shape[]): void {
    this.#axes(oneShape(inputShape).length);
    super.build(inputShape);
  }

  #axes(rank: number): number[] {
    const axes = axesOf(`axis of ${this.name}`, [this.axis].flat(), rank, 0);
    if (new Set(axes).size < axes.length)
      throw new RangeError(`axis of ${this.name} must name each axis once, got [${this.axis}]`);
    return axes;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      let x = asFloat(oneTensor(this, inputs));
      const mask = kwargs.mask as Tensor | null | undefined;
      if (mask) {
        // A mask of steps has no axis of units: it holds for all of them.
        const shape = [...mask.shape, ...Array(x.rank - mask.rank).fill(1)];
        const shown = tfc.reshape(tfc.cast(mask, 'float32'), shape);
        x = tfc.add(x, tfc.mul(tfc.sub(1, shown), HIDDEN));
      }
      const axes = this.#axes(x.rank);
      if (axes.length === 1 && axes[0] === x.rank - 1) return tfc.softmax(x);
      return tfc.exp(tfc.sub(x, tfc.logSumExp(x, axes, true)));
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), axis: this.axis };
  }
}

/**
 * Softmax as a layer along the last axis by default, as documented; tfjs's own takes axis 1, and no axis but the last.
 *
 *     y_i = exp(x_i) / Σ_j exp(x_j)
 *
 * A mask, where one is given, hides its zeros; one with fewer axes, as of the steps of a sequence, hides all that follows. Input of any shape, float32 or int32; output of the same shape in float32.
 *
 * @throws TypeError or RangeError when an axis is no whole number, none of the input's, or given twice, or when none is given.
 */
export const softmax = (args: SoftmaxArgs = {}): Softmax => new Softmax(args);
