import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type Layer, type LayerArgs, type Shape, typed } from '../../tfjs/classes.js';
import { operators } from './operators/index.js';
import { outputShape } from './operators/output-shapes.js';
import type { Params, Value } from './operators/values.js';
import { shapesByRunning } from './shapes.js';

/** A call of an operator: its class, what it was made with, and its inputs, in which a tensor is the number of the layer's input. */
export interface OperatorCall {
  class_name: string;
  params: Params;
  inputs: Value[];
}

interface OperatorArgs extends LayerArgs {
  /** JSON of the call: under the key "name" tfjs leaves a string alone when it saves. */
  call: { name: string };
}

/** A function of `keras.ops` between the layers of a model. */
export class KerasOperator extends layers.Layer {
  static readonly className = 'RectifyKerasOperator';
  private readonly text: string;
  private readonly made: OperatorCall;

  constructor({ call, ...args }: OperatorArgs) {
    super(args);
    this.text = call.name;
    this.made = JSON.parse(call.name) as OperatorCall;
  }

  private run(tensors: Tensor[]): Tensor[] {
    const { class_name, params, inputs } = this.made;
    const fill = (value: Value): Value => {
      if (Array.isArray(value)) return value.map(fill);
      if (typeof value !== 'object' || value === null) return value;
      return '__input__' in value
        ? (tensors[value.__input__ as number] as Tensor)
        : Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fill(one)]));
    };
    const operator = operators[class_name];
    if (!operator) throw new RangeError(`${this.name}: there is no operator ${class_name}`);
    return [operator(inputs.map(fill), params)].flat();
  }

  override apply(...args: Parameters<Layer['apply']>): ReturnType<Layer['apply']> {
    const [input] = [args[0]].flat() as { dtype: tfc.DataType }[];
    const output = super.apply(...args);
    // Texts, and whole numbers beyond those of float32, that only get another form.
    return this.made.class_name === 'Reshape' ? typed(output, input?.dtype ?? 'float32') : output;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor | Tensor[] {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const outputs = this.run([inputs].flat());
      return outputs.length === 1 ? (outputs[0] as Tensor) : outputs;
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const shapes = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
    const { class_name, inputs, params } = this.made;
    const known = outputShape(class_name, shapes, inputs, params);
    if (known) return known;
    const outputs = shapesByRunning(shapes, (inputs) => this.run(inputs));
    return outputs.length === 1 ? (outputs[0] as Shape) : outputs;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), call: { name: this.text } };
  }
}
