import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { type LayerVariable, type layers, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { DenseLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/core.js';

export type Layer = layers.Layer;
export type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;
export type DenseArgs = DenseLayerArgs;
export type Shape = Array<null | number>;
export type Initializer = Exclude<DenseArgs['kernelInitializer'], string | undefined>;

export type Regularizer = Exclude<DenseArgs['kernelRegularizer'], string | undefined>;
export type Constraint = Exclude<DenseArgs['kernelConstraint'], string | undefined>;

/** What tfjs's Dense keeps, of which its public types show nothing. */
export interface DenseLayer extends Layer {
  readonly units: number;
  readonly useBias: boolean;
  readonly activation: { apply(x: Tensor): Tensor; getClassName(): string };
  readonly kernelInitializer: Initializer;
  readonly biasInitializer: Initializer;
  kernel: LayerVariable | null;
  bias: LayerVariable | null;
}

/** What to look at where one copy of tfjs does not know what another one made. */
const twoCopies = (seen: string): string =>
  `${seen} to the @tensorflow/tfjs-core ${tfc.version_core} that @rectify/tfjs-layer uses. There are two copies of @tensorflow/tfjs-core or ` +
  '@tensorflow/tfjs-layers, or one is not of version 4.22: "npm ls @tensorflow/tfjs-core @tensorflow/tfjs-layers" shows them, and one ' +
  'version of each in package.json, "npm dedupe", or resolve.dedupe of a bundler leaves one.';

/** A class that tfjs knows by name: its layers package exports factories, but keeps the classes in a public map. */
export function stockClass(name: string): unknown {
  const entry = tfc.serialization.SerializationMap.getMap().classNameMap[name];
  if (!entry) throw new Error(twoCopies(`class ${name} of @tensorflow/tfjs-layers is not known`));
  return entry[0];
}

/** tfjs's Dense class. */
export const Dense = stockClass('Dense') as {
  new (args: DenseArgs): DenseLayer;
  fromConfig: typeof layers.Layer.fromConfig;
};

/** What tfjs's PReLU keeps, of which its public types show nothing. */
export interface PReLULayer extends Layer {
  readonly sharedAxes: number[] | null;
  readonly alphaInitializer: Initializer;
  readonly alphaRegularizer: Regularizer;
  readonly alphaConstraint: Constraint;
  alpha: LayerVariable;
}

/** tfjs's PReLU class. */
export const StockPReLU = stockClass('PReLU') as {
  new (args: Parameters<typeof layers.prelu>[0]): PReLULayer;
  fromConfig: typeof layers.Layer.fromConfig;
};

/** tfjs's base class of activations, by which its layers tell an activation from a name. */
export const StockActivation = Object.getPrototypeOf(stockClass('relu')) as {
  new (): Serializable & { apply(x: Tensor): Tensor };
};

type Serializable = tfc.serialization.Serializable;

/** The single tensor of a layer's inputs. */
export function oneTensor(layer: Layer, inputs: Tensor | Tensor[]): Tensor {
  const [only, ...others] = Array.isArray(inputs) ? inputs : [inputs];
  if (only === undefined || others.length > 0)
    throw new RangeError(`${layer.name} takes exactly 1 input, got ${others.length + (only ? 1 : 0)}`);
  // A symbolic tensor of another tfjs-layers is no such thing to ours, which hands it on as if it had values.
  if (!(only instanceof tfc.Tensor))
    throw new TypeError(twoCopies(`the input of ${layer.name} is no tensor`));
  return only;
}

/** The same in float32; no cast where it is that already, since tfjs runs a kernel even then. */
export const asFloat = (x: Tensor): Tensor => (x.dtype === 'float32' ? x : tfc.cast(x, 'float32'));

/** Truth values: true of everything but 0, where a cast on tfjs's `wasm` backend takes 0.5 for false and keeps a 2. */
export const asBool = (x: Tensor): Tensor => (x.dtype === 'bool' ? x : tfc.notEqual(x, 0));

/** The single shape of a layer's input shapes. */
export const oneShape = (shape: Shape | Shape[]): Shape =>
  Array.isArray(shape[0]) ? shape[0] : (shape as Shape);

/**
 * A function of one tensor with a gradient of our own; `gradient` gets dy and the tensors of `saved`.
 * Where nobody asks for a gradient, nothing is kept.
 */
export function withGradient<Saved extends Tensor[]>(
  x: Tensor,
  forward: (x: Tensor) => { value: Tensor; saved: Saved },
  gradient: (dy: Tensor, saved: Saved) => Tensor,
): Tensor {
  return tfc.customGrad((...[x, save]: unknown[]) => {
    const { value, saved } = forward(x as Tensor);
    (save as (tensors: Tensor[]) => void)(saved);
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => gradient(dy, saved as Saved) };
  })(x);
}

/** The values of a float32 tensor; the `cpu` backend leaves those of a cast tensor in the array they came in. */
export function floats(x: Tensor): Float32Array {
  const values: ArrayLike<number> = x.dataSync();
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

/** A tensor of a model that is being built, of another type than float32, which tfjs takes every layer to give; others as they are. */
export function typed<T>(output: T, dtype: tfc.DataType): T {
  if (output instanceof SymbolicTensor) Object.assign(output, { dtype });
  return output;
}
