import {
  cast,
  dispose,
  engine,
  variable as makeVariable,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { KerasFormatError, show } from './format.js';

/** The weights that the layers of a topology declare. */
export interface Declared {
  variables: LayerVariable[];
  /** Elements of all of them. */
  size: number;
  /** Other tensors that layers made, as the states of a stateful one. */
  tensors: Tensor[];
}

type AddWeight = (
  name: string,
  shape: number[],
  dtype?: LayerVariable['dtype'],
  initializer?: ReturnType<typeof initializers.zeros>,
  ...rest: unknown[]
) => LayerVariable;

/** How many elements there may be, and whether a value follows for each weight or the layer's own initializer makes it. */
export interface Allowance {
  most: number;
  /** Why there may be no more, for the message. */
  because: string;
  isDeferred: boolean;
}

/**
 * Builds layers without making their weights, so that what a stranger's topology declares can be compared with what the file has: each
 * weight is a single number that says it has the declared shape, until {@link fill} gives it its values.
 *
 * It is tfjs's base class that is told, for as long as `read` runs, which waits for nothing: layers make further ones of their own.
 * What was made is freed when `read` fails.
 */
export function declaring<T>(allowance: Allowance, read: () => T): { result: T; declared: Declared } {
  const base = layers.Layer.prototype as unknown as { addWeight: AddWeight };
  const stock = base.addWeight;
  const declared: Declared = { variables: [], size: 0, tensors: [] };
  const zero = initializers.zeros();
  engine().startScope('loadKerasModel');
  base.addWeight = function (this: { name: string }, name, shape, dtype, initializer, ...rest) {
    assertShape(this.name, name, shape);
    declared.size += shape.reduce((a, b) => a * b, 1);
    if (declared.size > allowance.most)
      throw new KerasFormatError(
        `layer ${show(this.name)} has the weight ${name} of the shape ${show(shape)}: ${allowance.because}`,
      );
    if (!allowance.isDeferred) {
      const made = stock.call(this, name, shape, dtype, initializer, ...rest);
      declared.variables.push(made);
      return made;
    }
    const [regularizer, trainable, constraint] = rest;
    const made = stock.call(this, name, [], dtype, zero, regularizer, trainable, constraint, () => zero);
    Object.assign(made, { shape });
    declared.variables.push(made);
    return made;
  };
  try {
    const result = read();
    declared.tensors = [...engine().state.activeScope.track];
    engine().endScope(declared.tensors);
    return { result, declared };
  } catch (error) {
    engine().endScope();
    freeWeights(declared.variables);
    throw error;
  } finally {
    base.addWeight = stock;
  }
}

function assertShape(layer: string, name: string, shape: unknown): asserts shape is number[] {
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0))
    throw new KerasFormatError(
      `layer ${show(layer)} has the weight ${name} of the shape ${show(shape)}, which must be whole numbers`,
    );
}

const inner = (variable: LayerVariable) => variable as unknown as { val: Variable };

/** Gives a declared weight its values; the tensor is taken over. */
export function fill(variable: LayerVariable, value: Tensor): void {
  const { val } = inner(variable);
  const { name, trainable, dtype } = val;
  val.dispose(); // and with it the name, which tfjs lets one variable have
  try {
    // Not by `write`, which applies a constraint: in Keras a weight meets its constraint after the next step of training.
    const typed = value.dtype === dtype ? value : cast(value, dtype);
    inner(variable).val = makeVariable(typed, trainable, name);
    if (typed !== value) typed.dispose();
  } finally {
    value.dispose();
  }
}

/** Frees all that was declared. */
export function release({ variables, tensors }: Declared): void {
  freeWeights(variables);
  dispose(tensors.filter(({ isDisposed }) => !isDisposed));
}

/** Frees weights, also those that are freed already. */
export function freeWeights(variables: Iterable<LayerVariable>): void {
  for (const variable of new Set(variables)) if (!inner(variable).val.isDisposed) variable.dispose();
}
