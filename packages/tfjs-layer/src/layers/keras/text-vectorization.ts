import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { oneShape, type Shape } from '../../tfjs/classes.js';
import { Lookup, type LookupArgs } from './lookups.js';

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

  private standardized(text: string): string {
    const { name } = this.args.standardize;
    // Of ASCII alone, as TensorFlow does both.
    const small = name?.startsWith('lower') ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text;
    return name?.endsWith('strip_punctuation') ? small.replace(PUNCTUATION, '') : small;
  }

  /** The words of each row: those of a text, or where nothing is split the texts that stand in the last axis. */
  private rows(x: Tensor): string[][] {
    const texts = Array.from(x.dataSync() as unknown as string[], (text) => this.standardized(text));
    const { name } = this.args.split;
    const wide = x.shape.at(-1) as number;
    if (name === null)
      return Array.from({ length: x.shape[0] as number }, (_, i) => texts.slice(i * wide, (i + 1) * wide));
    if (wide !== 1)
      throw new RangeError(`${this.name} cuts a text into words, and takes [batch, 1], got ${x.shape}`);
    // The white space of C, not all of Unicode's.
    return texts.map((text) =>
      name === 'character' ? [...text] : text.split(/[ \t\n\v\f\r]+/).filter((word) => word !== ''),
    );
  }

  private grams(words: string[]): string[] {
    const { ngrams } = this.args;
    if (!ngrams) return words;
    return ngrams.flatMap((n) =>
      Array.from({ length: Math.max(words.length - n + 1, 0) }, (_, i) => words.slice(i, i + n).join(' ')),
    );
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tfc.tidy(() => {
      const [given] = [inputs].flat() as [Tensor];
      if (given.rank > 2)
        throw new RangeError(`${this.name} takes [batch] or [batch, texts], got ${given.shape}`);
      const x = given.rank === 2 ? given : tfc.reshape(given, [-1, 1]);
      const rows = this.rows(x).map((words) => this.grams(words).map((word) => this.place(word)));
      const longest = rows.reduce((most, row) => Math.max(most, row.length), 0);
      const isInt = this.args.mode.name === 'int';
      const width = (isInt ? this.args.outputSequenceLength : null) ?? longest;
      // What is short of words is padded: by the mask's place, or by what is left out of counts.
      const padded = rows.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? (isInt ? 0 : -1)));
      return this.encoded(tfc.tensor2d(padded, [rows.length, width], 'int32'));
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, wide = 1] = oneShape(inputShape);
    const { mode, outputSequenceLength, split, ngrams } = this.args;
    if (mode.name !== 'int') return [batch as number | null, this.depth];
    const length = split.name === null && !ngrams ? wide : null;
    return [batch as number | null, outputSequenceLength ?? length];
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
