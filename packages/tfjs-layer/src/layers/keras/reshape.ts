import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { oneShape, oneTensor, type Shape, stockClass } from '../../tfjs/classes.js';

const StockFlatten = stockClass('Flatten') as {
  new (args: Parameters<typeof layers.flatten>[0]): layers.Layer;
};

/** Flattens any input, also one that is flat, or of unknown size; saved as tfjs's own. */
export class Flatten extends StockFlatten {
  constructor(args: Parameters<typeof layers.flatten>[0]) {
    super(args);
    this.inputSpec = [];
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor | Tensor[] {
    const x = oneTensor(this, inputs);
    return x.rank > 2 ? super.call(inputs, kwargs) : tfc.reshape(x, [x.shape[0], x.shape[1] ?? 1]);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, ...rest] = oneShape(inputShape);
    return [batch, rest.includes(null) ? null : (rest as number[]).reduce((a, b) => a * b, 1)];
  }
}

type ReshapeArgs = Parameters<typeof layers.reshape>[0];
const StockReshape = stockClass('Reshape') as {
  new (
    args: ReshapeArgs,
  ): layers.Layer & {
    targetShape: Shape;
    fixUnknownDimension(inputShape: Shape, outputShape: Shape): Shape;
  };
};

/** A reshape with one size left open, which tfjs does not tell where the batch is open too: a Dense that follows could not be built. */
export class Reshape extends StockReshape {
  static readonly className = 'RectifyReshape';

  constructor(args: ReshapeArgs) {
    super({ ...args, targetShape: [...args.targetShape] }); // tfjs writes into it
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const [batch, ...rest] = oneShape(inputShape);
    return rest.includes(null)
      ? super.computeOutputShape(inputShape)
      : [batch, ...this.fixUnknownDimension(rest, this.targetShape)];
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), targetShape: this.targetShape.map((size) => size ?? -1) };
  }
}
