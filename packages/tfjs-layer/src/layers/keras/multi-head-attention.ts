import type { serialization, Tensor, TensorLike } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable } from '@tensorflow/tfjs-layers';
import type { Constraint, Initializer, LayerArgs, Regularizer, Shape } from '../../tfjs/classes.js';
import { type AttentionCall, AttentionLayer, and, causalMask } from './attention.js';

export interface HeadsArgs extends LayerArgs {
  numHeads?: number;
  keyDim?: number;
  valueDim?: number | null;
  outputShape?: number | number[] | null;
  attentionAxes?: number | number[] | null;
  /** What Keras's GroupedQueryAttention has in their place. */
  headDim?: number;
  numQueryHeads?: number;
  numKeyValueHeads?: number;
  dropout?: number;
  useBias?: boolean;
  useGate?: boolean;
  slidingWindow?: number | null;
  kernelInitializer?: Initializer;
  biasInitializer?: Initializer;
  kernelRegularizer?: Regularizer;
  biasRegularizer?: Regularizer;
  kernelConstraint?: Constraint;
  biasConstraint?: Constraint;
  calledAs?: AttentionCall;
  heedsMask?: boolean;
}

/** One of the layer's products, which Keras has as a layer of its own. */
interface Projection {
  kernel: LayerVariable;
  bias: LayerVariable | undefined;
}
type Part = 'query' | 'key' | 'value' | 'gate' | 'output';
/** What Keras calls the layer of each product in the names of its weights. */
const NAMES: Record<Part, string> = {
  query: 'query',
  key: 'key',
  value: 'value',
  gate: 'gate',
  output: 'attention_output',
};

const product = (sizes: number[]) => sizes.reduce((a, b) => a * b, 1);

/**
 * Keras's MultiHeadAttention, and its GroupedQueryAttention, of which several heads of the query share one of key and value:
 * softmax(q kᵀ / √d) v for each head, with q, k, v and the output products of the inputs. tfjs lacks both.
 */
export class MultiHeadAttention extends AttentionLayer {
  static readonly className = 'RectifyMultiHeadAttention';
  private readonly args: HeadsArgs;
  private readonly heads: number;
  private readonly sharedHeads: number;
  private readonly keyDim: number;
  private readonly valueDim: number;
  private readonly projections = new Map<Part, Projection>();
  /** The options by which tfjs makes each weight, read once. */
  private readonly options: { kernel: WeightOptions; bias: WeightOptions };

  constructor(args: HeadsArgs) {
    super(args);
    this.args = args;
    this.heads = (args.numQueryHeads ?? args.numHeads) as number;
    this.sharedHeads = args.numKeyValueHeads ?? this.heads;
    this.keyDim = (args.headDim ?? args.keyDim) as number;
    this.valueDim = args.valueDim ?? this.keyDim;
    this.options = {
      kernel: [
        args.kernelInitializer ?? initializers.glorotUniform({}),
        args.kernelRegularizer,
        args.kernelConstraint,
      ].map(made) as WeightOptions,
      bias: [args.biasInitializer ?? initializers.zeros(), args.biasRegularizer, args.biasConstraint].map(
        made,
      ) as WeightOptions,
    };
  }

  /** The weights by the names of Keras's layers within this one. */
  weightParts(): { group: string; name: string; variables: LayerVariable[] }[] {
    // Of the grouped ones, and of a gate, Keras keeps what has an underscore before its name.
    const isHidden = (part: Part) => part === 'gate' || this.args.headDim !== undefined;
    return [...this.projections].map(([part, { kernel, bias }]) => ({
      group: `${isHidden(part) ? '_' : ''}${part}_dense`,
      name: NAMES[part],
      variables: bias ? [kernel, bias] : [kernel],
    }));
  }

  override build(inputShape: Shape | Shape[]): void {
    const { query, value, key } = this.byRole(inputShape as Shape[]);
    for (const { length } of [query, value, key]) this.axes(length);
    const features = ([query, key, value] as const).map((shape) => shape.at(-1) as number);
    const { heads, sharedHeads, keyDim, valueDim } = this;
    const add = (part: Part, kernel: number[], bias: number[]) => {
      const weight = (name: string, shape: number[], [initializer, regularizer, constraint]: WeightOptions) =>
        this.addWeight(
          `${NAMES[part]}/${name}`,
          shape,
          'float32',
          initializer,
          regularizer,
          true,
          constraint,
        );
      this.projections.set(part, {
        kernel: weight('kernel', kernel, this.options.kernel),
        bias: this.args.useBias === false ? undefined : weight('bias', bias, this.options.bias),
      });
    };
    const [ofQuery, ofKey, ofValue] = features as [number, number, number];
    add('query', [ofQuery, heads, keyDim], [heads, keyDim]);
    add('key', [ofKey, sharedHeads, keyDim], [sharedHeads, keyDim]);
    if (this.args.useGate) add('gate', [ofQuery, heads, valueDim], [heads, valueDim]);
    add('value', [ofValue, sharedHeads, valueDim], [sharedHeads, valueDim]);
    const output = this.outputSizes(query);
    add('output', [heads, valueDim, ...output], output);
    this.built = true;
  }

  private outputSizes(query: Shape): number[] {
    return [this.args.outputShape ?? (query.at(-1) as number)].flat();
  }

  /** x `[…, in]` · kernel `[in, …out]` + bias, the last axes of x joined where the kernel has several. */
  private project(part: Part, x: Tensor, joined = 1): Tensor {
    const { kernel, bias } = this.projections.get(part) as Projection;
    const k = kernel.read();
    const [inner, outer] = [k.shape.slice(0, joined), k.shape.slice(joined)];
    const free = x.shape.slice(0, x.rank - joined);
    const rows = tfc.reshape(x, [-1, product(inner)]);
    const y = tfc.matMul(rows, tfc.reshape(k, [product(inner), product(outer)]) as tfc.Tensor2D);
    const shaped = tfc.reshape(y, [...free, ...outer]);
    return bias ? tfc.add(shaped, bias.read()) : shaped;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor | Tensor[] {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const { query, value, key, given } = this.byRole([inputs].flat());
      const [q, k, v] = [query, key, value].map((x) => this.flat(tfc.cast(x, 'float32'))) as [
        Tensor,
        Tensor,
        Tensor,
      ];
      // [batch, steps, heads, size] → [batch, heads, steps, size]
      const split = (part: Part, x: Tensor) => tfc.transpose(this.project(part, x), [0, 2, 1, 3]);
      const repeats = this.heads / this.sharedHeads;
      const scores = tfc.matMul(
        tfc.mul(split('query', q), 1 / Math.sqrt(this.keyDim)),
        repeated(split('key', k), repeats),
        false,
        true,
      );
      const mask = this.attentionMask(this.maskOf(kwargs), given, q.shape[1] as number, k.shape[1] as number);
      const masked = mask ? tfc.where(mask, scores, tfc.fill(scores.shape, -1e9)) : scores;
      const weights = tfc.softmax(masked);
      const { dropout = 0 } = this.args;
      const kept = kwargs.training && dropout > 0 ? tfc.dropout(weights, dropout) : weights;
      const heads = tfc.transpose(tfc.matMul(kept, repeated(split('value', v), repeats)), [0, 2, 1, 3]);
      const gated = this.args.useGate ? tfc.mul(heads, tfc.sigmoid(this.project('gate', q))) : heads;
      const y = this.unflat(this.project('output', gated, 2), query);
      return this.calledAs.returnsScores ? [y, weights] : y;
    });
  }

  /** All masks of which each must allow a step, `[batch, heads, queries, keys]` or what can be broadcast to it. */
  private attentionMask(
    mask: Tensor | null,
    given: Record<string, Tensor | undefined>,
    queries: number,
    keys: number,
  ): Tensor | null {
    const { slidingWindow } = this.args;
    const at = (n: number, shape: number[]) => tfc.reshape(tfc.range(0, n, 1, 'int32'), shape);
    const row = given.query_mask ?? mask;
    const column = given.value_mask ?? mask;
    const { mask: constant } = this.calledAs;
    const {
      key_mask: ofKey,
      attention_mask: own = constant ? tfc.tensor(constant as TensorLike) : undefined,
    } = given;
    const all = and(
      own && (own.rank === 2 ? tfc.expandDims(own, 0) : own),
      row && tfc.expandDims(row, 2),
      column && tfc.expandDims(column, 1),
      ofKey && tfc.expandDims(ofKey, 1),
      this.calledAs.isCausal ? tfc.expandDims(causalMask(queries, keys), 0) : null,
      slidingWindow
        ? tfc.less(tfc.abs(tfc.sub(at(queries, [1, queries, 1]), at(keys, [1, 1, keys]))), slidingWindow)
        : null,
    );
    if (!all) return null;
    const wide = all.rank === 3 ? tfc.expandDims(all, 1) : all;
    // `where` of tfjs wants the condition in full.
    return tfc.logicalAnd(wide, tfc.ones([1, this.heads, queries, keys], 'bool'));
  }

  /** The axes over which attention goes: all but batch and features unless told otherwise. */
  private axes(rank: number): { batch: number[]; steps: number[] } {
    const all = Array.from({ length: rank - 2 }, (_, i) => i + 1);
    const given = this.args.attentionAxes == null ? all : [this.args.attentionAxes].flat();
    const steps = given.map((axis) => (axis < 0 ? axis + rank : axis));
    if (new Set(steps).size < steps.length || !steps.every((axis) => all.includes(axis)))
      throw new RangeError(
        `attention_axes must lie between 1 and ${rank - 2} for ${rank} dimensions, got [${given}]`,
      );
    return { batch: [0, ...all.filter((axis) => !steps.includes(axis))], steps };
  }

  /** Any input as `[batch, steps, features]`. */
  private flat(x: Tensor): Tensor {
    if (x.rank === 3) return x;
    const { batch, steps } = this.axes(x.rank);
    const sizes = (axes: number[]) => product(axes.map((axis) => x.shape[axis] as number));
    const sorted = tfc.transpose(x, [...batch, ...steps, x.rank - 1]);
    return tfc.reshape(sorted, [sizes(batch), sizes(steps), x.shape.at(-1) as number]);
  }

  /** The output of an input that was flattened, in that one's axes. */
  private unflat(y: Tensor, like: Tensor): Tensor {
    if (like.rank === 3) return y;
    const { batch, steps } = this.axes(like.rank);
    const order = [...batch, ...steps];
    const sizes = y.shape.slice(2);
    const wide = tfc.reshape(y, [...order.map((axis) => like.shape[axis] as number), ...sizes]);
    const back = order.map((_, axis) => order.indexOf(axis));
    return tfc.transpose(wide, [...back, ...sizes.map((_, i) => order.length + i)]);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const { query, key } = this.byRole(inputShape as Shape[]);
    const y = [...query.slice(0, -1), ...this.outputSizes(query)];
    if (!this.calledAs.returnsScores) return y;
    return [y, [query[0] ?? null, this.heads, query[1] ?? null, key[1] ?? null]];
  }

  override getConfig(): serialization.ConfigDict {
    const { calledAs, heedsMask, name, trainable, dtype, ...own } = this.args;
    const plain = Object.fromEntries(
      Object.entries(own).map(([key, value]) => [key, serialized(value as Saved)]),
    );
    return { ...super.getConfig(), ...(plain as serialization.ConfigDict) };
  }
}

type WeightOptions = [Initializer, Regularizer | undefined, Constraint | undefined];
type Saved = { getClassName?: () => string; getConfig?: () => serialization.ConfigDict } | null | undefined;

/** An object of tfjs as tfjs saves it. */
const serialized = (value: Saved): unknown =>
  value?.getClassName ? { className: value.getClassName(), config: value.getConfig?.() ?? {} } : value;

/** What a config says, `{ className, config }`, as an object of tfjs. */
function made(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('className' in value)) return value;
  const { className, config } = value as { className: string; config: serialization.ConfigDict };
  const entry = tfc.serialization.SerializationMap.getMap().classNameMap[className];
  if (!entry) throw new RangeError(`tfjs has no class ${className}`);
  const [cls] = entry;
  return (cls as unknown as typeof serialization.Serializable).fromConfig(cls, config);
}

/** Each head as often as heads of the query share it: `[batch, heads, …]` → `[batch, heads · n, …]`. */
function repeated(x: Tensor, n: number): Tensor {
  if (n === 1) return x;
  const [batch, heads, steps, size] = x.shape as [number, number, number, number];
  const each = tfc.tile(tfc.reshape(x, [batch, heads, 1, steps, size]), [1, 1, n, 1, 1]);
  return tfc.reshape(each, [batch, heads * n, steps, size]);
}
