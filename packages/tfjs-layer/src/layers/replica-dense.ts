import type { serialization, Tensor, Tensor3D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { type ActivationArgument, withActivation } from '../activations/given.js';
import { assertPositiveInteger } from '../arguments/assert.js';
import { layerOptions, OF_DENSE } from '../arguments/layer-options.js';
import {
  Dense,
  type DenseArgs,
  type Initializer,
  type LayerArgs,
  oneShape,
  oneTensor,
  type Shape,
} from '../tfjs/classes.js';

/** What `layers.replicaDense` takes. */
export interface ReplicaDenseArgs
  extends LayerArgs,
    Pick<DenseArgs, 'useBias' | 'kernelInitializer' | 'biasInitializer'> {
  /** By name, or any function of `@rectify/core` or of this package; none by default. */
  activation?: ActivationArgument;
  /** How many dense layers stand side by side: K. */
  replicas: number;
  /** The outputs of each of them. */
  units: number;
}

/** What a Dense takes that has no meaning yet for several of them. */
const REFUSED = [
  'inputDim',
  'kernelRegularizer',
  'biasRegularizer',
  'activityRegularizer',
  'kernelConstraint',
  'biasConstraint',
] as const;

/** See {@link replicaDense}. */
export class ReplicaDense extends Dense {
  static readonly className = 'RectifyReplicaDense';
  readonly replicas: number;

  constructor(args: ReplicaDenseArgs) {
    const known = [...OF_DENSE, 'replicas'] as (keyof ReplicaDenseArgs)[];
    const options = layerOptions('replicaDense', args, known);
    const { replicas, units } = options;
    assertPositiveInteger('replicas', replicas);
    assertPositiveInteger('units', units);
    for (const name of REFUSED)
      if ((options as Partial<DenseArgs>)[name] != null) throw new TypeError(`replicaDense takes no ${name}`);
    super(withActivation(options) as DenseArgs);
    this.replicas = replicas;
    this.inputSpec = [{ ndim: 3, axes: { 1: replicas } }];
  }

  override build(inputShape: Shape | Shape[]): void {
    const inputs = oneShape(inputShape)[2];
    assertPositiveInteger(`the last dimension of the input of ${this.name}`, inputs);
    const { replicas, units } = this;
    this.kernel = this.addWeight(
      'kernel',
      [replicas, inputs, units],
      'float32',
      this.#each(this.kernelInitializer),
    );
    if (this.useBias)
      this.bias = this.addWeight('bias', [replicas, units], 'float32', this.#each(this.biasInitializer));
    this.inputSpec = [{ ndim: 3, axes: { 1: replicas, 2: inputs } }];
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const { kernel, bias, activation } = this;
      if (!kernel) throw new Error(`${this.name} has no kernel yet: it is built by its first input`);
      // [batch, K, in] → [K, batch, in], whose batched product with [K, in, units] has all replicas in one kernel, and back.
      const x = tfc.transpose(tfc.cast(oneTensor(this, inputs), 'float32') as Tensor3D, [1, 0, 2]);
      const product = tfc.transpose(tfc.matMul(x, kernel.read() as Tensor3D), [1, 0, 2]);
      return activation.apply(bias ? tfc.add(product, bias.read()) : product);
    });
  }

  override getConfig(): serialization.ConfigDict {
    const config: serialization.ConfigDict = { ...super.getConfig(), replicas: this.replicas };
    for (const name of REFUSED) delete config[name];
    return config;
  }

  /** Draws the weights of each replica as those of one Dense, so that fan-in and fan-out are those of one Dense. */
  #each(initializer: Initializer): Initializer {
    const draw = (shape: Shape, dtype?: 'float32') => {
      const [replicas = 0, ...rest] = shape as number[];
      return tfc.tidy(() =>
        tfc.stack(Array.from({ length: replicas }, () => initializer.apply(rest, dtype))),
      );
    };
    return { apply: draw } as unknown as Initializer;
  }
}

/**
 * K dense layers side by side in one graph: y[b, k, :] = activation(x[b, k, :] · kernel[k] + bias[k]).
 *
 * Input `[batch, K, in]`, kernel `[K, in, units]`, bias `[K, units]`, output `[batch, K, units]`, by one batched matMul. Nothing is
 * shared between the replicas, so training them under the sum of their losses equals training each alone. The initializers (those
 * of `tf.layers.dense`, same defaults) draw each replica as one Dense; one with a seed therefore gives every replica the same weights.
 *
 * @throws RangeError when `replicas` or `units` is no whole number of at least 1.
 * @throws TypeError when a regularizer, constraint or `inputDim` is given.
 */
export const replicaDense = (args: ReplicaDenseArgs): ReplicaDense => new ReplicaDense(args);
