import type { Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import type { LayerVariable, layers } from '@tensorflow/tfjs-layers';

export type Layer = layers.Layer;
export type LayerArgs = NonNullable<ConstructorParameters<typeof layers.Layer>[0]>;
export type DenseArgs = Parameters<typeof layers.dense>[0];
export type Shape = Array<null | number>;
export type Initializer = Exclude<DenseArgs['kernelInitializer'], string | undefined>;

/** What tfjs's Dense keeps, of which its public types show nothing. */
export interface DenseLayer extends Layer {
  readonly units: number;
  readonly useBias: boolean;
  readonly activation: { apply(x: Tensor): Tensor };
  readonly kernelInitializer: Initializer;
  readonly biasInitializer: Initializer;
  kernel: LayerVariable | null;
  bias: LayerVariable | null;
}

/** tfjs's Dense class: the layers package exports only the factory `layers.dense`, the class is in the public class map. */
export const Dense = tfc.serialization.SerializationMap.getMap().classNameMap.Dense?.[0] as unknown as {
  new (args: DenseArgs): DenseLayer;
  fromConfig: typeof layers.Layer.fromConfig;
};

/** The single tensor of a layer's inputs. */
export function oneTensor(layer: Layer, inputs: Tensor | Tensor[]): Tensor {
  if (!Array.isArray(inputs)) return inputs;
  const [only] = inputs;
  if (only === undefined || inputs.length !== 1)
    throw new RangeError(`${layer.name} takes exactly 1 input, got ${inputs.length}`);
  return only;
}

/** The single shape of a layer's input shapes. */
export const oneShape = (shape: Shape | Shape[]): Shape =>
  Array.isArray(shape[0]) ? (shape[0] as Shape) : (shape as Shape);

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
