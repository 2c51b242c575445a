import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, type Shape, StockActivation } from '../../tfjs/classes.js';
import { shapesByRunning } from './shapes.js';

type TensorFunction = (...inputs: Tensor[]) => Tensor;

/** A function of the user's as an activation: known by its name to whoever loads the model again. */
export class CustomActivation extends StockActivation {
  static readonly className = 'RectifyCustomActivation';

  constructor(
    readonly name: string,
    private readonly run: TensorFunction,
  ) {
    super();
  }

  override apply(x: Tensor): Tensor {
    return tfc.tidy(() => this.run(x));
  }

  override getConfig(): serialization.ConfigDict {
    return { name: this.name };
  }
}

interface CustomArgs extends LayerArgs {
  run: TensorFunction;
}

/** A `Lambda` of Keras as a function of the user's. It has no weights, and can be saved by nobody but its Python. */
export class CustomLayer extends layers.Layer {
  static readonly className = 'RectifyLambda';
  private readonly run: TensorFunction;

  constructor({ run, ...args }: CustomArgs) {
    super(args);
    this.run = run;
    this.supportsMasking = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      return this.run(...[inputs].flat());
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shapes = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
    return shapesByRunning(shapes, (inputs) => [this.run(...inputs)])[0] as Shape;
  }
}
