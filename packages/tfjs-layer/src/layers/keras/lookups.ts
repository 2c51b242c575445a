import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { initializers, type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, type Shape } from '../../tfjs/classes.js';
import { encode, encodedShape, type OutputMode } from './categories.js';

type Token = string | number;

export interface LookupArgs extends LayerArgs {
  /** What tfjs must not re-case when it saves: it leaves what stands under "name" alone. */
  tokens: { name: Token[] | null; mask: Token | null; oov: Token | null };
  mode: { name: OutputMode };
  invert?: boolean;
  maxTokens?: number | null;
  padToMaxTokens?: boolean;
  numOovIndices?: number;
  isString: boolean;
  idfWeights?: number[] | null;
}

/** Keras's IntegerLookup and StringLookup: the place of each token in a vocabulary, or the token at each place; tfjs lacks both. */
export class Lookup extends layers.Layer {
  static readonly className: string = 'RectifyLookup';
  protected readonly args: LookupArgs;
  private tokens: Token[] = [];
  private places = new Map<Token, number>();
  private idf: LayerVariable | undefined;

  constructor(args: LookupArgs) {
    super(args);
    this.args = args;
    if (args.tokens.name) this.setVocabulary(args.tokens.name);
  }

  /** Takes the words of a vocabulary, perhaps with those for masks and for what is unknown before them. */
  private setVocabulary(words: Token[]): void {
    const { tokens, numOovIndices = 1 } = this.args;
    const special = [...(this.hasMask ? [tokens.mask] : []), ...Array(numOovIndices).fill(tokens.oov)];
    const isGiven = special.length > 0 && special.every((word, i) => words[i] === word);
    this.tokens = [...special, ...words.slice(isGiven ? special.length : 0)] as Token[];
    const start = special.length;
    this.places = new Map(this.tokens.slice(start).map((word, i) => [word, start + i]));
  }

  /** In other modes than `int` a masked token is left out, and has no place. */
  private get hasMask(): boolean {
    return this.args.tokens.mask !== null && this.args.mode.name === 'int';
  }

  protected get depth(): number {
    const { padToMaxTokens, maxTokens } = this.args;
    return padToMaxTokens && maxTokens ? maxTokens : this.tokens.length;
  }

  override build(_: Shape | Shape[]): void {
    if (this.args.mode.name === 'tf_idf')
      this.idf = this.addWeight(
        'idf_weights',
        [this.depth],
        'float32',
        initializers.ones(),
        undefined,
        false,
      );
    const { idfWeights } = this.args;
    if (this.idf && idfWeights)
      tfc.tidy(() => {
        const front = this.depth === idfWeights.length ? 0 : (this.args.numOovIndices ?? 1);
        const mean = idfWeights.reduce((a, b) => a + b, 0) / idfWeights.length;
        const values = [...Array<number>(front).fill(mean), ...idfWeights];
        const padded = Array.from({ length: this.depth }, (_, i) => values[i] ?? 0);
        (this.idf as LayerVariable).write(tfc.tensor1d(padded));
      });
    this.built = true;
  }

  /** The place of a token; −1 for one that is left out. */
  protected place(token: Token): number {
    const { tokens, numOovIndices = 1 } = this.args;
    if (tokens.mask !== null && token === tokens.mask) return this.hasMask ? 0 : -1;
    const known = this.places.get(token);
    if (known !== undefined) return known;
    if (numOovIndices === 0)
      throw new RangeError(
        `${this.name}: ${JSON.stringify(token)} is not in the vocabulary, and num_oov_indices is 0`,
      );
    const first = this.hasMask ? 1 : 0;
    if (numOovIndices === 1) return first;
    // Only whole numbers: how TensorFlow hashes strings is refused when the layer is read.
    const rest = Number(token) % numOovIndices;
    return first + (rest < 0 ? rest + numOovIndices : rest);
  }

  protected encoded(places: Tensor): Tensor {
    const { name } = this.args.mode;
    const counts = encode(places, name === 'tf_idf' ? 'count' : name, this.depth);
    return this.idf ? tfc.mul(counts, this.idf.read()) : counts;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tfc.tidy(() => {
      const [x] = [inputs].flat() as [Tensor];
      const values = Array.from(x.dataSync() as unknown as ArrayLike<Token>);
      if (this.args.invert) {
        const numbers = values.map((at) => this.tokens[at as number] ?? this.args.tokens.oov);
        return tfc.tensor(numbers as number[], x.shape, 'int32');
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
    const { tokens, mode, invert = false, maxTokens = null, padToMaxTokens = false } = this.args;
    const { numOovIndices = 1, isString, idfWeights = null } = this.args;
    return {
      ...super.getConfig(),
      tokens: { ...tokens, name: this.tokens },
      mode,
      invert,
      maxTokens,
      padToMaxTokens,
      numOovIndices,
      isString,
      idfWeights,
    } as serialization.ConfigDict;
  }
}

interface TextArgs extends LookupArgs {
  standardize: { name: string | null };
  split: { name: string | null };
  ngrams?: number[] | null;
  outputSequenceLength?: number | null;
}

/** Punctuation that `strip_punctuation` takes away. */
const PUNCTUATION = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~']/g;

/** Texts as the places of their words in a vocabulary; tfjs lacks it. */
export class TextVectorization extends Lookup {
  static override readonly className = 'RectifyTextVectorization';
  declare protected readonly args: TextArgs;

  private words(text: string): string[] {
    const { standardize, split, ngrams } = this.args;
    let rest = text;
    if (standardize.name?.startsWith('lower')) rest = rest.toLowerCase();
    if (standardize.name?.endsWith('strip_punctuation')) rest = rest.replace(PUNCTUATION, '');
    const words =
      split.name === 'whitespace'
        ? rest.split(/\s+/).filter((word) => word !== '')
        : split.name === 'character'
          ? [...rest]
          : [rest];
    if (!ngrams) return words;
    return ngrams.flatMap((n) =>
      Array.from({ length: Math.max(words.length - n + 1, 0) }, (_, i) => words.slice(i, i + n).join(' ')),
    );
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tfc.tidy(() => {
      const [x] = [inputs].flat() as [Tensor];
      const texts = x.dataSync() as unknown as string[];
      const rows = Array.from(texts, (text) => this.words(text).map((word) => this.place(word)));
      const longest = rows.reduce((most, row) => Math.max(most, row.length), 0);
      const isInt = this.args.mode.name === 'int';
      const width = (isInt ? this.args.outputSequenceLength : null) ?? longest;
      // What is short of words is padded: by the mask's place, or by what is left out of counts.
      const padded = rows.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? (isInt ? 0 : -1)));
      return this.encoded(tfc.tensor2d(padded, [rows.length, width], 'int32'));
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch] = oneShape(inputShape);
    return [batch, this.args.mode.name === 'int' ? (this.args.outputSequenceLength ?? null) : this.depth];
  }

  override getConfig(): serialization.ConfigDict {
    const { standardize, split, ngrams = null, outputSequenceLength = null } = this.args;
    return {
      ...super.getConfig(),
      standardize,
      split,
      ngrams,
      outputSequenceLength,
    } as serialization.ConfigDict;
  }
}
