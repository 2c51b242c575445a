import { CategoryEncoding, Discretization } from '../../layers/keras/categories.js';
import { CenterCrop } from '../../layers/keras/crops.js';
import { HashedCrossing, Hashing } from '../../layers/keras/hashing.js';
import { Lookup, type LookupArgs, type Words } from '../../layers/keras/lookups.js';
import { TextVectorization } from '../../layers/keras/text-vectorization.js';
import type { Layer } from '../../tfjs/classes.js';
import { among, count, dropped, flag, numbers, only, type Rule, same } from '../fields.js';
import { type JsonObject, KerasFormatError, show } from '../format.js';
import { format, type Kind, kind, made, seeded } from '../kind.js';

/** What an output is encoded as, by its older names too. */
const mode =
  (...modes: string[]): Rule =>
  (value, where, reading) => {
    const old: Record<string, string> = { binary: 'multi_hot', 'tf-idf': 'tf_idf' };
    const name = typeof value === 'string' && Object.hasOwn(old, value) ? (old[value] as string) : value;
    return among(...modes)(name, where, reading);
  };
const encoded = mode('int', 'one_hot', 'multi_hot', 'count');
const ofTokens = mode('int', 'one_hot', 'multi_hot', 'count', 'tf_idf');
/** A word under the key that tfjs leaves alone when it saves. */
const named =
  (...words: string[]): Rule =>
  (value, where, reading) =>
    value === null ? undefined : { name: among(...words)(value, where, reading) };
/** What a hash is keyed by: one whole number or two, each no larger than JavaScript reads without rounding. */
const salt: Rule = (value, where) => {
  if (value === null) return undefined;
  const pair = Array.isArray(value) ? value : [value, value];
  if (pair.length !== 2 || !pair.every(Number.isSafeInteger))
    throw new KerasFormatError(
      `${where} is ${show(value)}, and must be one or two whole numbers of at most 2^53 - 1`,
    );
  return pair;
};
const dense = { sparse: only(false, null), ragged: only(false, null) };
const size = { height: same, width: same, ...format };

interface LookupFields {
  name?: string;
  trainable?: boolean;
  vocabulary?: (string | number)[] | string;
  maskToken?: string | number | null;
  oovToken?: string | number | null;
  outputMode?: LookupArgs['mode']['name'];
  numOovIndices?: number;
  maxTokens?: number;
  padToMaxTokens?: boolean;
  invert?: boolean;
  idfWeights?: number[];
}

const lookupArgs = (fields: LookupFields, isString: boolean): LookupArgs => {
  const {
    vocabulary,
    maskToken = null,
    oovToken = isString ? '[UNK]' : -1,
    outputMode = 'int',
    ...args
  } = fields;
  const words: Words = {
    words: Array.isArray(vocabulary) ? vocabulary : null,
    mask: maskToken,
    oov: oovToken,
  };
  return {
    ...args,
    isString,
    mode: { name: outputMode },
    tokens: { name: JSON.stringify(words) },
  };
};

const lookup = {
  dtype: dropped,
  invert: flag,
  max_tokens: same,
  num_oov_indices: same,
  oov_token: same,
  mask_token: same,
  output_mode: ofTokens,
  pad_to_max_tokens: flag,
  idf_weights: numbers,
  vocabulary: same,
  vocabulary_size: dropped,
  has_input_vocabulary: dropped,
  encoding: only('utf-8', 'UTF-8', null),
  oov_method: named('floormod', 'farmhash'),
  salt,
  ...dense,
};

function checkWords({ vocabulary }: JsonObject, where: string): void {
  if (!Array.isArray(vocabulary))
    throw new KerasFormatError(
      `${where}.vocabulary is ${show(vocabulary)}, and its words are not in the file: save the model as .keras, or make the layer with vocabulary=[…]`,
    );
}

function checkBins({ bin_boundaries: bins }: JsonObject, where: string): void {
  if (!Array.isArray(bins))
    throw new KerasFormatError(`${where}.bin_boundaries is ${show(bins)}: adapt the layer before saving`);
}

const withMode =
  <Args extends { mode: unknown }>(own: new (args: Args) => Layer) =>
  ({ outputMode = 'int', ...args }: { outputMode?: string }): Layer =>
    new own({ ...args, mode: { name: outputMode } } as unknown as Args);

/** What Keras computes of data before the first weights. */
export const preprocessing: Record<string, Kind> = {
  CategoryEncoding: kind(
    ({ outputMode = 'multi_hot', ...args }: { outputMode?: string }) =>
      withMode(CategoryEncoding)({ ...args, outputMode }),
    { num_tokens: same, max_tokens: dropped, output_mode: mode('one_hot', 'multi_hot', 'count'), ...dense },
    undefined,
    ['inputs', 'count_weights'],
  ),
  Discretization: kind(
    withMode(Discretization),
    {
      bin_boundaries: same,
      num_bins: dropped,
      epsilon: dropped,
      output_mode: encoded,
      dtype: dropped,
      ...dense,
    },
    checkBins,
  ),
  Hashing: kind(
    ({
      maskValue = null,
      outputMode = 'int',
      ...args
    }: { maskValue?: string | number | null; outputMode?: string } & object) =>
      new Hashing({ ...args, mask: { name: maskValue }, mode: { name: outputMode } } as ConstructorParameters<
        typeof Hashing
      >[0]),
    { num_bins: count, mask_value: same, salt, output_mode: encoded, dtype: dropped, ...dense },
  ),
  HashedCrossing: kind(withMode(HashedCrossing), {
    num_bins: count,
    output_mode: mode('int', 'one_hot'),
    dtype: dropped,
    ...dense,
  }),
  IntegerLookup: kind(
    (args: LookupFields) => new Lookup(lookupArgs(args, false)),
    { ...lookup, vocabulary_dtype: dropped },
    checkWords,
  ),
  StringLookup: kind(
    (args: LookupFields & { vocabularyDtype?: string }) => new Lookup(lookupArgs(args, true)),
    { ...lookup, vocabulary_dtype: only('string', null) },
    checkWords,
  ),
  TextVectorization: kind(
    ({
      standardize = 'lower_and_strip_punctuation',
      split = 'whitespace',
      ...args
    }: LookupFields & { standardize?: string | null; split?: string | null }) =>
      new TextVectorization({
        ...lookupArgs({ maskToken: '', ...args }, true),
        standardize: { name: standardize },
        split: { name: split },
      } as ConstructorParameters<typeof TextVectorization>[0]),
    {
      ...lookup,
      standardize: optional('lower_and_strip_punctuation', 'lower', 'strip_punctuation'),
      split: optional('whitespace', 'character'),
      ngrams: (value) => (typeof value === 'number' ? upTo(value) : (value ?? undefined)),
      output_sequence_length: same,
    },
    checkWords,
  ),
  CenterCrop: kind(made(CenterCrop), size),
  RandomCrop: kind(
    (args: ConstructorParameters<typeof CenterCrop>[0]) => new CenterCrop({ ...args, cutsOut: false }),
    {
      ...size,
      ...seeded,
      height: (value, where, reading) => {
        reading.note(
          where,
          'in prediction the middle of the picture, made so large, as Keras documents it; its versions from 3.8 on give the picture as it is',
        );
        return value;
      },
    },
  ),
};

/** A choice of which null, none, is one. */
function optional(...names: string[]): Rule {
  return (value, where, reading) => (value === null ? null : among(...names)(value, where, reading));
}

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
