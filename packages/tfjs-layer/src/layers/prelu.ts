import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { InputSpec, type layers } from '@tensorflow/tfjs-layers';
import { applyPrelu } from '../activations/apply-prelu.js';
import { assertAxes, axesOf } from '../arguments/assert.js';
import { layerOptions } from '../arguments/layer-options.js';
import { asFloat, oneShape, oneTensor, type PReLULayer, type Shape, StockPReLU } from '../tfjs/classes.js';

/** What `layers.prelu` takes: tfjs's own options. */
export type PReLUArgs = NonNullable<Parameters<typeof layers.prelu>[0]>;

const OWN = ['sharedAxes', 'alphaInitializer', 'alphaRegularizer', 'alphaConstraint'] as const;

/** See {@link prelu}. */
export class PReLU extends StockPReLU {
  static readonly className: string = 'RectifyPReLU';

  constructor(args: PReLUArgs = {}) {
    const options = layerOptions('prelu', args, OWN);
    const { sharedAxes = null } = options;
    if (sharedAxes !== null)
      assertAxes('sharedAxes', typeof sharedAxes === 'number' ? [sharedAxes] : sharedAxes);
    super(options);
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    const shared = new Set(axesOf(`sharedAxes of ${this.name}`, this.sharedAxes ?? [], shape.length, 1));
    const own = shape.slice(1).map((size, i) => (shared.has(i + 1) ? 1 : size));
    for (const [i, size] of own.entries())
      if (size === null)
        throw new RangeError(
          `${this.name} needs the size of dimension ${i + 1} of its input, or ${i + 1} among sharedAxes`,
        );
    this.alpha = this.addWeight(
      'alpha',
      own,
      'float32',
      this.alphaInitializer,
      this.alphaRegularizer,
      true,
      this.alphaConstraint,
    );
    // Only what has slopes of its own is fixed: tfjs pins the shared dimensions, so that 4×4 works and then 8×8 throws.
    const axes = Object.fromEntries(
      own.flatMap((size, i) => (shared.has(i + 1) ? [] : [[i + 1, size as number]])),
    );
    this.inputSpec = [new InputSpec({ ndim: shape.length, axes })];
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      return applyPrelu(asFloat(oneTensor(this, inputs)), this.alpha.read());
    });
  }
}

/**
 * Parametric ReLU as a layer: f(x) = x for x ≥ 0, else alpha · x, with slopes alpha that are learnt.
 *
 * A drop-in for `tf.layers.prelu` (alpha starts at 0, as in Keras; PyTorch starts at 0.25) whose `sharedAxes` leave the shared
 * dimensions free: one slope per channel serves images of every size, also of unknown size. The derivative at 0 is alpha.
 *
 * @throws TypeError when `sharedAxes` is neither a number nor an array of them.
 * @throws RangeError when a shared axis is not one of the input's, or a dimension that is not shared has no fixed size.
 * Source: He et al., "Delving Deep into Rectifiers", 2015.
 */
export const prelu = (args: PReLUArgs = {}): PReLU & PReLULayer => new PReLU(args);
