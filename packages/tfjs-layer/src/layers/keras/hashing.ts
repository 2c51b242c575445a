import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, type Shape } from '../../tfjs/classes.js';
import { encode, encodedShape, type OutputMode } from './categories.js';
import { binOf, farmHash, joined, type Salt } from './hashes.js';

type Token = string | number;

/** What a tensor of texts or whole numbers holds. */
export const tokensIn = (x: Tensor): Token[] => Array.from(x.dataSync() as unknown as ArrayLike<Token>);

/** What is hashed of a value: of a number its digits, without those behind the point. */
export const hashed = (token: Token): string =>
  typeof token === 'string' ? token : String(Math.trunc(token) || 0);

interface BinsArgs extends LayerArgs {
  numBins: number;
  /** Under the key "name" tfjs leaves a string alone when it saves. */
  mode: { name: OutputMode };
}

interface HashingArgs extends BinsArgs {
  mask: { name: Token | null };
  salt?: Salt | null;
}

/** Keras's Hashing: each text or whole number as one of a number of bins, by its hash; tfjs lacks it. */
export class Hashing extends layers.Layer {
  static readonly className = 'RectifyHashing';
  private readonly args: HashingArgs;

  constructor(args: HashingArgs) {
    super(args);
    this.args = args;
  }

  private bin(token: Token): number {
    const { numBins, mask, salt } = this.args;
    // The first bin is the mask's, where there is one beside it.
    if (mask.name === null || numBins === 1) return binOf(hashed(token), numBins, salt);
    return token === mask.name ? 0 : 1 + binOf(hashed(token), numBins - 1, salt);
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tfc.tidy(() => {
      const [x] = [inputs].flat() as [Tensor];
      const bins = tfc.tensor(
        tokensIn(x).map((token) => this.bin(token)),
        x.shape,
        'int32',
      );
      return encode(bins, this.args.mode.name, this.args.numBins);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return encodedShape(oneShape(inputShape), this.args.mode.name, this.args.numBins);
  }

  override getConfig(): serialization.ConfigDict {
    const { numBins, mode, mask, salt = null } = this.args;
    return { ...super.getConfig(), numBins, mode, mask, salt } as unknown as serialization.ConfigDict;
  }
}

/** With which the hash of a crossing begins. */
const FIRST = 0xdecafcaffen;

/** Keras's HashedCrossing: the hash of several features together, as one of a number of bins; tfjs lacks it. */
export class HashedCrossing extends layers.Layer {
  static readonly className = 'RectifyHashedCrossing';
  private readonly args: BinsArgs;

  constructor(args: BinsArgs) {
    super(args);
    this.args = args;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const { numBins, mode } = this.args;
    return tfc.tidy(() => {
      const [first, ...others] = [inputs].flat() as [Tensor];
      const features = [first, ...others].map(tokensIn);
      const bins = features[0]?.map((_, i) => {
        const of = (token: Token) =>
          typeof token === 'string' ? farmHash(token) : BigInt(Math.trunc(token));
        const hash = features.reduce((hash, tokens) => joined(hash, of(tokens[i] as Token)), FIRST);
        return Number(hash % BigInt(numBins));
      });
      return encode(tfc.tensor(bins ?? [], first.shape, 'int32'), mode.name, numBins);
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [shape] = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as [Shape];
    return encodedShape(shape, this.args.mode.name, this.args.numBins);
  }

  override getConfig(): serialization.ConfigDict {
    const { numBins, mode } = this.args;
    return { ...super.getConfig(), numBins, mode };
  }
}
