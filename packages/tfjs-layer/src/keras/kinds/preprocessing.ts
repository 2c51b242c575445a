import { CategoryEncoding, Discretization } from '../../layers/keras/categories.js';
import { CenterCrop } from '../../layers/keras/crops.js';
import { Lookup, type LookupArgs, TextVectorization } from '../../layers/keras/lookups.js';
import type { Layer } from '../../tfjs/classes.js';
import { among, dropped, flag, only, type Rule, same } from '../fields.js';
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
  return {
    ...args,
    isString,
    mode: { name: outputMode },
    tokens: { name: Array.isArray(vocabulary) ? vocabulary : null, mask: maskToken, oov: oovToken },
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
  idf_weights: same,
  vocabulary: same,
  vocabulary_size: dropped,
  has_input_vocabulary: dropped,
  encoding: only('utf-8', 'UTF-8', null),
  oov_method: only('floormod', null),
  salt: only(null),
  ...dense,
};

function checkWords({ vocabulary }: JsonObject, where: string): void {
  if (!Array.isArray(vocabulary))
    throw new KerasFormatError(
      `${where}.vocabulary is ${show(vocabulary)}, and its words are not in the file: save the model as .keras, or make the layer with vocabulary=[…]`,
    );
}

/** How TensorFlow hashes strings to several places for unknown ones is not known here. */
function checkStrings(config: JsonObject, where: string): void {
  checkWords(config, where);
  const { num_oov_indices: count } = config;
  if (typeof count === 'number' && count > 1)
    throw new KerasFormatError(
      `${where}.num_oov_indices is ${count}, for which TensorFlow hashes strings: save the model with 1`,
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
  IntegerLookup: kind(
    (args: LookupFields) => new Lookup(lookupArgs(args, false)),
    { ...lookup, vocabulary_dtype: dropped },
    checkWords,
  ),
  StringLookup: kind(
    (args: LookupFields & { vocabularyDtype?: string }) => new Lookup(lookupArgs(args, true)),
    // tfjs hands no texts from layer to layer.
    { ...lookup, invert: only(false, null), vocabulary_dtype: only('string', null) },
    checkStrings,
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
