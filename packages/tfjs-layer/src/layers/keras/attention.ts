import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { asBool, type LayerArgs, type Shape } from '../../tfjs/classes.js';

export type Truths = boolean | number | Truths[];

/** What a call gives an attention layer, beside its tensors, and what each tensor is. */
export interface AttentionCall {
  /** `query`, `value`, `key`, `attention_mask`, …, one for each input. */
  roles: string[];
  isCausal: boolean;
  returnsScores: boolean;
  /** An attention mask that is an array of the file: `[queries, keys]`, perhaps with one for all of a batch before. */
  mask?: Truths[];
}

/** Whether position i of a query may attend to position j: j ≤ i. */
export function causalMask(queries: number, values: number): Tensor {
  const at = (n: number, shape: [number, number]) => tfc.reshape(tfc.range(0, n, 1, 'int32'), shape);
  return tfc.greaterEqual(at(queries, [queries, 1]), at(values, [1, values]));
}

export const and = (...masks: (Tensor | null | undefined)[]): Tensor | null =>
  masks.reduce<Tensor | null>((all, mask) => {
    if (!mask) return all;
    const bool = asBool(mask);
    return all ? tfc.logicalAnd(all, bool) : bool;
  }, null);

/** A layer of attention: its inputs, what each of them is, and the masks that reach them. */
export abstract class AttentionLayer extends layers.Layer {
  calledAs: AttentionCall;
  /** Whether the first input's mask reaches the layer, as that of all its inputs; tfjs hands it one of another layer else. */
  heedsMask: boolean;

  constructor({
    calledAs,
    heedsMask = false,
    ...args
  }: LayerArgs & { calledAs?: AttentionCall; heedsMask?: boolean }) {
    super(args);
    this.supportsMasking = true;
    this.calledAs = calledAs ?? { roles: ['query', 'value', 'key'], isCausal: false, returnsScores: false };
    this.heedsMask = heedsMask;
  }

  /** Tells the layer what its inputs are; tfjs forgets the arguments of a call when it predicts. */
  bind(call: AttentionCall): void {
    if (this.inboundNodes.length > 0 && JSON.stringify(call) !== JSON.stringify(this.calledAs))
      throw new RangeError(
        `${this.name} is called twice, with other arguments, which tfjs cannot tell apart`,
      );
    this.calledAs = call;
  }

  protected byRole<T>(inputs: T[]): { query: T; value: T; key: T; given: Record<string, T | undefined> } {
    const given: Record<string, T | undefined> = {};
    for (const [i, role] of this.calledAs.roles.entries()) given[role] ??= inputs[i];
    const query = given.query as T;
    const value = given.value ?? query;
    return { query, value, key: given.key ?? value, given };
  }

  protected maskOf(kwargs: Record<string, unknown>): Tensor | null {
    return this.heedsMask ? ([kwargs.mask ?? null].flat()[0] as Tensor | null) : null;
  }

  override computeMask(_inputs: Tensor | Tensor[], mask?: Tensor | Tensor[]): Tensor | Tensor[] {
    const first = Array.isArray(mask) ? mask[0] : mask;
    const own = (this.heedsMask ? first : null) as Tensor;
    return this.calledAs.returnsScores ? [own, null as unknown as Tensor] : own;
  }

  override getConfig(): serialization.ConfigDict {
    const { roles, isCausal, returnsScores, mask } = this.calledAs;
    const calledAs = { roles, isCausal, returnsScores, ...(mask && { mask }) };
    return { ...super.getConfig(), calledAs, heedsMask: this.heedsMask };
  }
}

interface AttentionArgs extends LayerArgs {
  useScale?: boolean;
  scoreMode?: 'dot' | 'concat';
  dropout?: number;
  calledAs?: AttentionCall;
  heedsMask?: boolean;
}

/** softmax(scores(q, k)) · v with scores q · kᵀ, or for the mode `concat` c Σ tanh(s (q + k)); tfjs lacks it. */
export class Attention extends AttentionLayer {
  static readonly className: string = 'RectifyAttention';
  protected readonly args: AttentionArgs;
  protected scale: LayerVariable | undefined;
  private concatWeight: LayerVariable | undefined;

  constructor(args: AttentionArgs = {}) {
    super(args);
    this.args = args;
  }

  override build(inputShape: Shape | Shape[]): void {
    const one = (name: string, shape: number[]) =>
      this.addWeight(name, shape, 'float32', initializers.ones(), undefined, true);
    if (this.args.useScale) this.scale = one('scale', this.scaleShape(inputShape as Shape[]));
    if (this.args.scoreMode === 'concat') this.concatWeight = one('concat_score_weight', []);
    this.built = true;
  }

  protected scaleShape(_: Shape[]): number[] {
    return [];
  }

  /** `[batch, queries, keys]` */
  protected scores(query: Tensor, key: Tensor): Tensor {
    const scale = this.scale?.read();
    if (this.args.scoreMode !== 'concat') {
      const scores = tfc.matMul(query, key, false, true);
      return scale ? tfc.mul(scores, scale) : scores;
    }
    const sum = tfc.add(tfc.expandDims(query, -2), tfc.expandDims(key, -3));
    const weight = (this.concatWeight as LayerVariable).read();
    return tfc.mul(weight, tfc.sum(tfc.tanh(scale ? tfc.mul(scale, sum) : sum), -1));
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor | Tensor[] {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const { query, value, key } = this.byRole([inputs].flat().map((x) => tfc.cast(x, 'float32')));
      const mask = this.maskOf(kwargs);
      let scores = this.scores(query, key);
      const [queries, keys] = scores.shape.slice(-2) as [number, number];
      const seen = and(
        mask && tfc.expandDims(mask, -2),
        this.calledAs.isCausal ? tfc.expandDims(causalMask(queries, keys), 0) : null,
      );
      if (seen) scores = tfc.sub(scores, tfc.mul(tfc.cast(tfc.logicalNot(seen), 'float32'), 1e9));
      let weights = tfc.softmax(scores);
      const { dropout = 0 } = this.args;
      if (kwargs.training && dropout > 0) weights = tfc.dropout(weights, dropout);
      let y = tfc.matMul(weights, value);
      if (mask) y = tfc.mul(y, tfc.cast(tfc.expandDims(mask, -1), 'float32'));
      return this.calledAs.returnsScores ? [y, weights] : y;
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const { query, value, key } = this.byRole(inputShape as Shape[]);
    const y = [...query.slice(0, -1), value.at(-1) as number];
    return this.calledAs.returnsScores ? [y, [...query.slice(0, -1), key.at(-2) as number]] : y;
  }

  override getConfig(): serialization.ConfigDict {
    const { useScale = false, scoreMode = 'dot', dropout = 0 } = this.args;
    return { ...super.getConfig(), useScale, scoreMode, dropout };
  }
}

/** Attention with scores Σ s tanh(q + k), one s for each feature; tfjs lacks it. */
export class AdditiveAttention extends Attention {
  static override readonly className = 'RectifyAdditiveAttention';

  constructor({ useScale = true, ...args }: AttentionArgs = {}) {
    super({ ...args, useScale, scoreMode: 'dot' });
  }

  protected override scaleShape([query]: Shape[]): number[] {
    return [query?.at(-1) as number];
  }

  protected override scores(query: Tensor, key: Tensor): Tensor {
    const sum = tfc.tanh(tfc.add(tfc.expandDims(query, -2), tfc.expandDims(key, -3)));
    const scale = this.scale?.read();
    return tfc.sum(scale ? tfc.mul(scale, sum) : sum, -1);
  }
}
