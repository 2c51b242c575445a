import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import {
  type Layer,
  type LayerArgs,
  oneShape,
  oneTensor,
  type Shape,
  stockClass,
} from '../../tfjs/classes.js';

type BatchArgs = Parameters<typeof layers.batchNormalization>[0];
type LayerNormArgs = Parameters<typeof layers.layerNormalization>[0];

const StockBatchNormalization = stockClass('BatchNormalization') as {
  new (
    args: BatchArgs,
  ): Layer & {
    axis: number;
    momentum: number;
    epsilon: number;
    gamma?: LayerVariable;
    beta?: LayerVariable;
    movingMean: LayerVariable;
    movingVariance: LayerVariable;
  };
};
const StockLayerNormalization = stockClass('LayerNormalization') as {
  new (
    args: LayerNormArgs,
  ): Layer & {
    axis: number[];
    epsilon: number;
    gamma?: LayerVariable;
    beta?: LayerVariable;
  };
};

const float = (x: Tensor) => tfc.cast(x, 'float32');

/** (x − mean) / √(variance + ε) · gamma + beta, all shapes such that they can be broadcast. */
function normalize(
  x: Tensor,
  mean: Tensor,
  variance: Tensor,
  epsilon: number,
  gamma: Tensor | undefined,
  beta: Tensor | undefined,
): Tensor {
  const y = tfc.mul(tfc.sub(x, mean), tfc.rsqrt(tfc.add(variance, epsilon)));
  const scaled = gamma ? tfc.mul(y, gamma) : y;
  return beta ? tfc.add(scaled, beta) : scaled;
}

/** A shape that keeps the sizes of some axes, and is 1 on the others. */
const keep = (shape: number[], axes: number[]) => shape.map((size, i) => (axes.includes(i) ? size : 1));
const others = (rank: number, axes: number[]) =>
  Array.from({ length: rank }, (_, i) => i).filter((i) => !axes.includes(i));
const positive = (axis: number, rank: number) => (axis < 0 ? axis + rank : axis);

/**
 * Batch normalization as Keras has it: along any axis, of up to 6 dimensions, of integers, without gamma or beta in training too, and by
 * the moving statistics where the layer is frozen. tfjs's is wrong along any axis but the last, and fails at the others.
 */
export class BatchNormalization extends StockBatchNormalization {
  static readonly className = 'RectifyBatchNormalization';
  /** By the statistics of the batch in prediction too, which then change none of the moving ones. */
  byBatch = false;

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = float(oneTensor(this, inputs));
      const axis = positive(this.axis, x.rank);
      const stored = [this.movingMean, this.movingVariance].map((variable) => variable.read());
      const [gamma, beta] = [this.gamma?.read(), this.beta?.read()];
      let [mean, variance] = stored;
      if ((kwargs.training || this.byBatch) && this.trainable)
        ({ mean, variance } = tfc.moments(x, others(x.rank, [axis])));
      if (kwargs.training && this.trainable)
        for (const [i, now] of [mean, variance].entries())
          [this.movingMean, this.movingVariance][i].write(
            tfc.add(tfc.mul(stored[i], this.momentum), tfc.mul(now, 1 - this.momentum)),
          );
      // One kernel, where tfjs has it.
      if (axis === x.rank - 1 && x.rank >= 2 && x.rank <= 4)
        return tfc.batchNorm(
          x as tfc.Tensor4D,
          mean as tfc.Tensor1D,
          variance as tfc.Tensor1D,
          beta as tfc.Tensor1D | undefined,
          gamma as tfc.Tensor1D | undefined,
          this.epsilon,
        );
      const shaped = (t: Tensor | undefined) => t && tfc.reshape(t, keep(x.shape, [axis]));
      return normalize(
        x,
        shaped(mean) as Tensor,
        shaped(variance) as Tensor,
        this.epsilon,
        shaped(gamma),
        shaped(beta),
      );
    });
  }

  /** Saved as tfjs's own where that computes the same. */
  override getClassName(): string {
    const rank = this.inputSpec?.[0]?.ndim ?? 0;
    const same = this.axis === -1 || this.axis === rank - 1;
    const plain = this.trainable && this.gamma && this.beta;
    return same && plain && rank <= 4 ? 'BatchNormalization' : super.getClassName();
  }
}

/** Layer normalization of up to 6 dimensions, and of integers; tfjs's fails beyond 4. */
export class LayerNormalization extends StockLayerNormalization {
  static readonly className = 'RectifyLayerNormalization';

  private rank = Number.POSITIVE_INFINITY;
  /** What Keras calls so: x / √(variance + ε) · gamma, without the mean taken off or a beta. */
  private readonly rmsScaling: boolean;

  constructor({ rmsScaling = false, ...args }: LayerNormArgs & { rmsScaling?: boolean } = {}) {
    super(rmsScaling ? { ...args, center: false, scale: true } : args);
    this.rmsScaling = rmsScaling;
  }

  /** Saved as tfjs's own where that computes the same. */
  override getClassName(): string {
    return this.built && this.rank <= 4 && !this.rmsScaling ? 'LayerNormalization' : super.getClassName();
  }

  override build(inputShape: Shape | Shape[]): void {
    super.build(inputShape);
    this.rank = oneShape(inputShape).length;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = float(oneTensor(this, inputs));
      const { mean, variance } = tfc.moments(x, this.axis, true);
      const shaped = (t: LayerVariable | undefined) => t && tfc.reshape(t.read(), keep(x.shape, this.axis));
      const taken = this.rmsScaling ? tfc.zerosLike(mean) : mean;
      return normalize(x, taken, variance, this.epsilon, shaped(this.gamma), shaped(this.beta));
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), ...(this.rmsScaling ? { rmsScaling: true } : {}) };
  }
}

type GroupArgs = Omit<LayerNormArgs & object, 'axis'> & { groups: number; axis?: number };

/** Group normalization, which tfjs lacks: the channels of each group have mean 0 and variance 1; −1 groups: each channel by itself. */
export class GroupNormalization extends StockLayerNormalization {
  static readonly className = 'RectifyGroupNormalization';
  readonly groups: number;

  constructor({ groups, axis = -1, ...args }: GroupArgs) {
    super({ ...args, axis });
    this.groups = groups;
  }

  override build(inputShape: Shape | Shape[]): void {
    super.build(inputShape);
    const channels = oneShape(inputShape)[this.axis[0]];
    const { groups } = this;
    if (groups !== -1 && !(Number.isInteger(groups) && groups > 0 && (channels ?? groups) % groups === 0))
      throw new RangeError(
        `groups must be a whole number that divides the ${channels} channels, got ${groups}`,
      );
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = float(oneTensor(this, inputs));
      const [axis] = this.axis;
      const channels = x.shape[axis];
      const groups = this.groups === -1 ? channels : this.groups;
      const grouped = (shape: number[]) => shape.toSpliced(axis, 1, groups, channels / groups);
      const each = tfc.reshape(x, grouped(x.shape));
      const { mean, variance } = tfc.moments(each, others(each.rank, [0, axis]), true);
      const shaped = (t: LayerVariable | undefined) =>
        t && tfc.reshape(t.read(), keep(grouped(x.shape), [axis, axis + 1]));
      const y = normalize(each, mean, variance, this.epsilon, shaped(this.gamma), shaped(this.beta));
      return tfc.reshape(y, x.shape);
    });
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), groups: this.groups, axis: this.axis[0] ?? -1 };
  }
}

interface NormalizationArgs extends LayerArgs {
  axis?: number[] | number | null;
  mean?: number | number[];
  variance?: number | number[];
  invert?: boolean;
}

/** The least deviation that is divided by, as in Keras. */
const EPSILON = 1e-7;

/** Features scaled by a mean and a variance that were learnt from data beforehand, or given; tfjs lacks it. */
export class Normalization extends layers.Layer {
  static readonly className = 'RectifyNormalization';
  readonly args: NormalizationArgs;
  private statistics: LayerVariable[] = [];

  constructor(args: NormalizationArgs = {}) {
    super(args);
    this.args = args;
    this.supportsMasking = true;
  }

  private axes(rank: number): number[] {
    return [this.args.axis ?? []]
      .flat()
      .map((axis) => positive(axis, rank))
      .sort((a, b) => a - b);
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = oneShape(inputShape);
    const own = this.axes(shape.length).map((axis) => shape[axis]);
    const size = own.reduce<number>((product, each) => product * (each as number), 1);
    if ((this.args.mean == null) !== (this.args.variance == null))
      throw new TypeError('mean and variance must be given both, or neither');
    for (const given of [this.args.mean, this.args.variance]) {
      const numbers = given == null ? [0] : ([given].flat(9) as unknown[]);
      const other = numbers.find((one) => !Number.isFinite(one));
      if (other !== undefined)
        throw new TypeError(`mean and variance must be numbers, got ${JSON.stringify(other)}`);
      const count = numbers.length;
      if (count !== 1 && count !== size)
        throw new RangeError(`mean and variance must be of ${size} numbers, got ${count}`);
    }
    if (this.args.mean == null)
      this.statistics = [
        this.addWeight('mean', own, 'float32', initializers.zeros(), undefined, false),
        this.addWeight('variance', own, 'float32', initializers.ones(), undefined, false),
        // Nothing is computed from it, but Keras keeps it among the weights.
        this.addWeight('count', [], 'int32', initializers.zeros(), undefined, false),
      ];
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = float(oneTensor(this, inputs));
      const [mean, variance] = [this.args.mean, this.args.variance].map((given, i) => {
        const value = given == null ? this.statistics[i].read() : tfc.tensor(given);
        return value.size === 1
          ? tfc.reshape(value, [])
          : tfc.reshape(value, keep(x.shape, this.axes(x.rank)));
      });
      const deviation = tfc.maximum(tfc.sqrt(variance), EPSILON);
      return this.args.invert ? tfc.add(mean, tfc.mul(x, deviation)) : tfc.div(tfc.sub(x, mean), deviation);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override getConfig(): serialization.ConfigDict {
    const { axis = null, mean = null, variance = null, invert = false } = this.args;
    return { ...super.getConfig(), axis, mean, variance, invert };
  }
}
