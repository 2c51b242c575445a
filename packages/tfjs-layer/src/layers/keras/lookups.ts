import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { type Layer, type LayerArgs, oneShape, type Shape, typed } from '../../tfjs/classes.js';
import { encode, encodedShape, type OutputMode } from './categories.js';
import { binOf, type Salt } from './hashes.js';
import { hashed, tokensIn } from './hashing.js';

type Token = string | number;

/** The words of a vocabulary where they are known, what is masked, and what stands for the unknown. */
export interface Words {
  words: Token[] | null;
  mask: Token | null;
  oov: Token | null;
}

export interface LookupArgs extends LayerArgs {
  /** {@link Words} as JSON: tfjs re-cases every other text when it saves. */
  tokens: { name: string };
  mode: { name: OutputMode };
  invert?: boolean;
  maxTokens?: number | null;
  padToMaxTokens?: boolean;
  numOovIndices?: number;
  isString: boolean;
  /** Where whole numbers that are not known go: by their remainder, if not by their hash. */
  oovMethod?: { name: string | null };
  salt?: Salt | null;
  idfWeights?: number[] | null;
}

/** Keras's IntegerLookup and StringLookup: the place of each token in a vocabulary, or the token at each place; tfjs lacks both. */
export class Lookup extends layers.Layer {
  static readonly className: string = 'RectifyLookup';
  protected readonly args: LookupArgs;
  private readonly words: Words;
  private tokens: Token[] = [];
  private places = new Map<Token, number>();
  private idf: LayerVariable | undefined;

  constructor(args: LookupArgs) {
    super(args);
    this.args = args;
    this.words = JSON.parse(args.tokens.name) as Words;
    if (this.words.words) this.setVocabulary(this.words.words);
  }

  /** Takes the words of a vocabulary, perhaps with those for masks and for what is unknown before them. */
  private setVocabulary(words: Token[]): void {
    const { numOovIndices = 1 } = this.args;
    const { mask, oov } = this.words;
    const special = [...(this.hasMask ? [mask] : []), ...Array(numOovIndices).fill(oov)];
    const isGiven = special.length > 0 && special.every((word, i) => words[i] === word);
    this.tokens = [...special, ...words.slice(isGiven ? special.length : 0)] as Token[];
    const start = special.length;
    this.places = new Map(this.tokens.slice(start).map((word, i) => [word, start + i]));
  }

  /** In other modes than `int` a masked token is left out, and has no place. */
  private get hasMask(): boolean {
    return this.words.mask !== null && this.args.mode.name === 'int';
  }

  protected get depth(): number {
    const { padToMaxTokens, maxTokens } = this.args;
    return padToMaxTokens && maxTokens ? maxTokens : this.tokens.length;
  }

  override build(_: Shape | Shape[]): void {
    if (this.args.mode.name === 'tf_idf' && !this.args.idfWeights)
      this.idf = this.addWeight(
        'idf_weights',
        [this.depth],
        'float32',
        initializers.ones(),
        undefined,
        false,
      );
    this.built = true;
  }

  /** The place of a token; −1 for one that is left out. */
  protected place(token: Token): number {
    const { numOovIndices = 1 } = this.args;
    const { mask } = this.words;
    if (mask !== null && token === mask) return this.hasMask ? 0 : -1;
    const known = this.places.get(token);
    if (known !== undefined) return known;
    if (numOovIndices === 0)
      throw new RangeError(
        `${this.name}: ${JSON.stringify(token)} is not in the vocabulary, and num_oov_indices is 0`,
      );
    const first = this.hasMask ? 1 : 0;
    if (numOovIndices === 1) return first;
    const { isString, oovMethod, salt } = this.args;
    if (isString || oovMethod?.name === 'farmhash') return first + binOf(hashed(token), numOovIndices, salt);
    const rest = Number(token) % numOovIndices;
    return first + (rest < 0 ? rest + numOovIndices : rest);
  }

  protected encoded(places: Tensor): Tensor {
    const { name } = this.args.mode;
    const counts = encode(places, name === 'tf_idf' ? 'count' : name, this.depth);
    return name === 'tf_idf' ? tfc.mul(counts, this.idf ? this.idf.read() : this.givenWeights()) : counts;
  }

  /** The weights that the layer was told, and their mean for words that are not known where none was told for them. */
  private givenWeights(): Tensor {
    const { idfWeights, numOovIndices = 1 } = this.args;
    const given = idfWeights as number[];
    const front = given.length === this.tokens.length ? 0 : numOovIndices;
    const mean = given.reduce((a, b) => a + b, 0) / given.length;
    const values = [...Array<number>(front).fill(mean), ...given];
    return tfc.tensor1d(Array.from({ length: this.depth }, (_, i) => values[i] ?? 0));
  }

  override apply(...args: Parameters<Layer['apply']>): ReturnType<Layer['apply']> {
    const output = super.apply(...args);
    return this.args.isString && this.args.invert ? typed(output, 'string') : output;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tfc.tidy(() => {
      const [x] = [inputs].flat() as [Tensor];
      const values = tokensIn(x);
      if (this.args.invert) {
        const found = values.map((at) => this.tokens[at as number] ?? this.words.oov);
        return tfc.tensor(found as number[], x.shape, this.args.isString ? 'string' : 'int32');
      }
      return this.encoded(
        tfc.tensor(
          values.map((token) => this.place(token)),
          x.shape,
          'int32',
        ),
      );
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return encodedShape(oneShape(inputShape), this.args.mode.name, this.depth);
  }

  override getConfig(): serialization.ConfigDict {
    const { mode, invert = false, maxTokens = null, padToMaxTokens = false } = this.args;
    const { numOovIndices = 1, isString, idfWeights = null, oovMethod = null, salt = null } = this.args;
    return {
      ...super.getConfig(),
      tokens: { name: JSON.stringify({ ...this.words, words: this.tokens }) },
      mode,
      invert,
      maxTokens,
      padToMaxTokens,
      numOovIndices,
      isString,
      idfWeights,
      oovMethod,
      salt,
    } as unknown as serialization.ConfigDict;
  }
}
