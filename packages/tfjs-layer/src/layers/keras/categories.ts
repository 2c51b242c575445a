import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, type Shape } from '../../tfjs/classes.js';

export type OutputMode = 'int' | 'one_hot' | 'multi_hot' | 'count' | 'tf_idf';

/** Whole numbers as Keras encodes them: themselves, one-hot, or over the last axis which there are, or how often each. */
export function encode(x: Tensor, mode: OutputMode, depth: number, weights?: Tensor): Tensor {
  if (mode === 'int') return tfc.cast(x, 'int32');
  const isSingle = mode === 'one_hot' && x.rank > 1 && x.shape.at(-1) === 1;
  const indices = tfc.cast(isSingle ? tfc.squeeze(x, [-1]) : x, 'int32');
  const each = tfc.cast(tfc.oneHot(indices, depth), 'float32');
  if (mode === 'one_hot') return each;
  if (mode === 'multi_hot') return indices.rank > 1 ? tfc.max(each, -2) : tfc.max(each, 0);
  const weighed = weights ? tfc.mul(each, tfc.expandDims(tfc.cast(weights, 'float32'), -1)) : each;
  return tfc.sum(weighed, indices.rank > 1 ? 1 : 0);
}

/** The shape that {@link encode} gives. */
export function encodedShape(shape: Shape, mode: OutputMode, depth: number | null): Shape {
  if (mode === 'int') return shape;
  if (mode === 'one_hot')
    return shape.length > 1 && shape.at(-1) !== 1 ? [...shape, depth] : [...shape.slice(0, -1), depth];
  if (shape.length > 2)
    throw new RangeError(
      `${mode} is of [batch, samples], as Keras documents it, got ${JSON.stringify(shape)}`,
    );
  return [...shape.slice(0, -1), depth];
}

interface CategoryArgs extends LayerArgs {
  numTokens: number;
  /** Under the key "name" tfjs leaves a string alone when it saves. */
  mode: { name: OutputMode };
}

/** Whole numbers below `numTokens` as one-hot or multi-hot vectors, or as counts; tfjs's knows 2 dimensions, and other shapes. */
export class CategoryEncoding extends layers.Layer {
  static readonly className = 'RectifyCategoryEncoding';
  private readonly numTokens: number;
  private readonly mode: OutputMode;

  constructor({ numTokens, mode, ...args }: CategoryArgs) {
    super(args);
    this.numTokens = numTokens;
    this.mode = mode.name;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const [x, weights] = [inputs].flat() as [Tensor, Tensor?];
    return tfc.tidy(() => encode(x, this.mode, this.numTokens, weights));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return encodedShape(oneShape(inputShape), this.mode, this.numTokens);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), numTokens: this.numTokens, mode: { name: this.mode } };
  }
}

interface DiscretizationArgs extends LayerArgs {
  binBoundaries: number[];
  mode: { name: OutputMode };
}

/** The number of boundaries at or below each value, which is its bin; tfjs lacks it. */
export class Discretization extends layers.Layer {
  static readonly className = 'RectifyDiscretization';
  private readonly binBoundaries: number[];
  private readonly mode: OutputMode;

  constructor({ binBoundaries, mode, ...args }: DiscretizationArgs) {
    super(args);
    this.binBoundaries = binBoundaries;
    this.mode = mode.name;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tfc.tidy(() => {
      const [x] = [inputs].flat() as [Tensor];
      const above = tfc.greaterEqual(
        tfc.expandDims(tfc.cast(x, 'float32'), -1),
        tfc.tensor1d(this.binBoundaries),
      );
      const bins = tfc.sum(tfc.cast(above, 'int32'), -1);
      return encode(bins, this.mode, this.binBoundaries.length + 1);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return encodedShape(oneShape(inputShape), this.mode, this.binBoundaries.length + 1);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), binBoundaries: this.binBoundaries, mode: { name: this.mode } };
  }
}
