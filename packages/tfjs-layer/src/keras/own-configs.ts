import type { Layer } from '../tfjs/classes.js';
import { type Json, type JsonObject, KerasFormatError } from './format.js';
import { nameOf } from './graph.js';

/** What Keras calls a layer of ours, and what it tells it. */
type Written = [class_name: string, config: JsonObject];

/** What stands under the key "name", where tfjs leaves a text alone when it saves. */
const named = (value: Json | undefined): Json => (value as { name: Json } | null | undefined)?.name ?? null;

const encoding =
  (class_name: string) =>
  ({ mode, ...config }: JsonObject): Written => [class_name, { ...config, outputMode: named(mode) }];

interface Words {
  words: Json[];
  mask: Json;
  oov: Json;
}

/** A lookup, whose words stand before those for the mask and the unknown only where weights are given for these, too. */
function lookup({ tokens, mode, oovMethod, isString, ...config }: JsonObject): Written {
  const { words, mask, oov } = JSON.parse(named(tokens) as string) as Words;
  const outputMode = named(mode);
  const special = Number(config.numOovIndices) + (mask !== null && outputMode === 'int' ? 1 : 0);
  const { idfWeights = null } = config;
  const isWhole = Array.isArray(idfWeights) && idfWeights.length === words.length;
  const vocabulary = isWhole ? words : words.slice(special);
  return [
    isString ? 'StringLookup' : 'IntegerLookup',
    {
      ...config,
      vocabulary: vocabulary.length > 0 ? vocabulary : null,
      maskToken: mask,
      oovToken: oov,
      outputMode,
      // What it is without a word, and only new versions of Keras take.
      ...(named(oovMethod) === 'farmhash' && { oovMethod: 'farmhash' }),
    },
  ];
}

function texts({ standardize, split, ...config }: JsonObject): Written {
  const [, { maskToken, oovToken, numOovIndices, invert, salt, oovMethod, ...rest }] = lookup(config);
  return ['TextVectorization', { ...rest, standardize: named(standardize), split: named(split) }];
}

/** Fields of an RNN; tfjs tells it those of its cell as well, or the list of its cells, and Keras the layer that is its cell. */
const OF_STEPS =
  /^(name|trainable|dtype|returnSequences|returnState|goBackwards|stateful|unroll|zeroOutputForMask|maskUse)$/;
const rnn = (config: JsonObject): Written => {
  const own = Object.entries(config).filter(([key]) => OF_STEPS.test(key));
  return ['RNN', { ...Object.fromEntries(own), cell: {} }];
};

/** Layers whose fields are not Keras's in camel case, by their class. */
const OWN: Record<string, (config: JsonObject, layer: Layer) => Written> = {
  // It has no mode, but the one.
  RectifyAdditiveAttention: ({ scoreMode, ...config }) => ['AdditiveAttention', config],
  RectifyCategoryEncoding: encoding('CategoryEncoding'),
  RectifyDiscretization: encoding('Discretization'),
  RectifyHashedCrossing: encoding('HashedCrossing'),
  RectifyHashing: ({ mask, ...config }) => encoding('Hashing')({ ...config, maskValue: named(mask) }),
  RNN: rnn,
  RectifyMaskedRNN: rnn,
  RectifyLookup: lookup,
  RectifyTextVectorization: texts,
  RectifyEinsumDense: ({ equation, ...config }) => ['EinsumDense', { ...config, equation: named(equation) }],
  RectifyMultiHeadAttention: (config) => [
    'headDim' in config ? 'GroupedQueryAttention' : 'MultiHeadAttention',
    config,
  ],
  RectifyCenterCrop({ cutsOut, ...config }, layer) {
    if (cutsOut === true) return ['CenterCrop', config];
    throw new KerasFormatError(`${nameOf(layer)} is a RandomCrop, which Keras 3 computes otherwise`);
  },
};

/** What Keras calls a layer of ours and its fields, in camel case; undefined where only the class has another name, or none. */
export function ownConfig(layer: Layer, config: JsonObject): Written | undefined {
  const own = layer.getClassName();
  return Object.hasOwn(OWN, own) ? OWN[own]?.(config, layer) : undefined;
}
