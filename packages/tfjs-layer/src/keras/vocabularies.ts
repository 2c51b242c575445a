import { savedClass } from './dialect.js';
import { isObject, type Json, type KerasObject } from './format.js';
import { groupNames } from './groups.js';
import { isOperatorNode } from './operators.js';

/** The text of a file of an archive, by its path. */
export type Asset = (path: string) => string | undefined;

const LOOKUPS = ['IntegerLookup', 'StringLookup', 'TextVectorization'];

/**
 * A model whose lookup layers have their words in their configs: those that were adapted to data keep them in a file of their own,
 * `assets/layers/string_lookup/vocabulary.txt`.
 */
export function withVocabularies(model: KerasObject, asset: Asset, path = 'assets/'): KerasObject {
  const { layers } = model.config;
  if (!Array.isArray(layers)) return model;
  const isOwn = (layer: Json): layer is KerasObject => isLayer(layer) && !isOperatorNode(layer);
  const names = groupNames(
    layers
      .filter(isOwn)
      .map((layer) => (Array.isArray(layer.config.layers) ? savedClass(layer) : layer.class_name)),
  );
  let next = 0;
  const read = layers.map((layer): Json => {
    if (!isOwn(layer)) return layer;
    const group = `${path}layers/${names[next++]}/`;
    return LOOKUPS.includes(layer.class_name)
      ? withWords(layer, asset, group)
      : withVocabularies(layer, asset, group);
  });
  return { ...model, config: { ...model.config, layers: read } };
}

/** The ends of lines of Python, by which Keras reads the file. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they end lines in Python
const LINES = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

const isLayer = (value: Json): value is KerasObject =>
  isObject(value) && typeof value.class_name === 'string' && isObject(value.config);

function withWords(layer: KerasObject, asset: Asset, group: string): KerasObject {
  if (layer.config.vocabulary != null) return layer;
  const text = asset(`${group}vocabulary.txt`) ?? asset(`${group}_lookup_layer/vocabulary.txt`);
  if (text === undefined) return layer;
  const lines = text.split(LINES);
  while (lines.at(-1) === '') lines.pop(); // the ends of the last line
  const vocabulary = layer.class_name === 'IntegerLookup' ? lines.map(Number) : lines;
  return { ...layer, config: { ...layer.config, vocabulary } };
}
