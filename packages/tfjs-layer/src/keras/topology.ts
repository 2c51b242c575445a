import { tidy } from '@tensorflow/tfjs-core';
import { type LayerVariable, layers } from '@tensorflow/tfjs-layers';
import type { Layer } from '../tfjs/classes.js';
import { withOperators } from './bare-operators.js';
import { assertCalled } from './called.js';
import { canonical, isKeras3, ownModelClass } from './dialect.js';
import { disposeWhole } from './disposal.js';
import { fields } from './fields.js';
import { isObject, KerasFormatError, type KerasObject, layerName, MisreadError, show } from './format.js';
import { isCustom, kindOf, readLayer } from './layers.js';
import { MaskFlow, makesMasks } from './masks.js';
import { type Context, type Entry, isModel, type ReadModel } from './model/context.js';
import { readFunctional } from './model/functional.js';
import { readSequential } from './model/sequential.js';
import { assertReadable } from './readable.js';
import { type CustomObjects, type KerasNote, Reading } from './reading.js';
import { predictTexts } from './texts.js';
import { withoutTensorFlow } from './tf-functions.js';
import { type Asset, withVocabularies } from './vocabularies.js';
import { WholeNumbers } from './whole-numbers.js';

export interface ReadOptions {
  /** Leave out the initializers, for weights that will be set. */
  fast: boolean;
  /** Classes and functions of the user's, by the names that Keras knows them by. */
  customObjects?: CustomObjects;
  /** The version of Keras that the file names. */
  version?: string | undefined;
  /** Files beside the topology, where some layers have their words. */
  asset?: Asset | undefined;
}

/** Frees weights. `model.dispose()` never frees those of a shared layer, and throws for a shared model. */
export function free(weights: LayerVariable[]): void {
  for (const weight of new Set(weights)) weight.dispose();
}

/**
 * Builds the model that a topology of Keras describes. `fast` leaves out the initializers, for weights that will be set.
 *
 * tfjs's own reader is not used: it re-cases every string, and where a shared layer's second call can be made before its first, it
 * numbers the calls in another order than Keras and connects the wrong tensors.
 */
export function readTopology(
  value: KerasObject,
  { fast, customObjects = {}, asset, version }: ReadOptions,
): ReadModel & { notes: readonly KerasNote[] } {
  const made: Layer[] = [];
  const isNew = isKeras3(value);
  // Keras beside TensorFlow, which ended with 2.3.1, zeroed nothing.
  const zeroesMasked = (isNew || !/^2\.[0-3]\.\d+$/.test(version ?? '')) && makesMasks(value);
  const plain = withOperators(
    withoutTensorFlow(canonical(value, { isKeras2: !isNew, zeroesMasked }), (layer) =>
      isCustom(layer, customObjects),
    ),
  );
  const known = asset ? withVocabularies(plain, asset) : plain;
  const readInner = (inner: KerasObject) => {
    const layer = readLayer(inner, reading);
    made.push(layer);
    return layer;
  };
  const reading: Reading = new Reading(customObjects, readInner, makesMasks(known));
  try {
    assertCalled(known);
    const masks = new MaskFlow(isNew);
    const wholes = new WholeNumbers();
    const context: Context = {
      ...{ fast, shared: new Map(), made, isKeras3: isNew, masks, wholes, reading },
      readAny: (config) => readAny(config, context),
    };
    // Some of tfjs's initializers leave tensors behind.
    const read = tidied(() => readModel(known, context));
    masks.check();
    disposeWhole(read.model, made);
    predictTexts(read.model);
    return { ...read, notes: reading.notes };
  } catch (error) {
    free(made.flatMap((layer) => (layer.built ? layer.weights : [])));
    // Only now, since it reads every config again: what else of the model cannot be read.
    if (!(error instanceof MisreadError)) assertReadable(known, customObjects);
    throw error;
  }
}

function tidied<T>(make: () => T): T {
  let made: T | undefined;
  tidy(() => {
    made = make();
  });
  return made as T;
}

function readModel(value: KerasObject, context: Context): ReadModel {
  const before = context.masks.heeding;
  const own = ownModelClass(value);
  if (own)
    context.reading.note(layerName(value), `of the class ${show(own)}: read as what its config describes`);
  const read =
    value.class_name === 'Sequential' || value.class_name === 'Pipeline'
      ? readSequential(value, context)
      : value.class_name === 'Functional'
        ? readFunctional(value, context)
        : undefined;
  if (read) return { ...read, heedsMasks: context.masks.heeding > before };
  throw new KerasFormatError(
    `${layerName(value, 'model')} is of a class of its own, whose computation is Python code and not in the file: build it anew as a Functional model, and save that`,
  );
}

function readAny(config: KerasObject, context: Context): Entry {
  const id = config.shared_object_id ?? null;
  const same = id === null ? undefined : context.shared.get(id);
  if (same) return { ...same, config };
  const read = readNew(config, context);
  if (id !== null) context.shared.set(id, read);
  return read;
}

function readNew(config: KerasObject, context: Context): Entry {
  if (isModel(config)) {
    const inner = readModel(config, context);
    return { config, layer: inner.model as unknown as Layer, inner };
  }
  const wrapped = config.config.layer ?? null;
  if (config.class_name === 'TimeDistributed' && isObject(wrapped) && isModel(wrapped as KerasObject)) {
    const inner = readModel(wrapped as KerasObject, context);
    const args = fields(
      { ...config.config, layer: null },
      { ...kindOf(config).rules, layer: () => inner.model },
      layerName(config),
      context.reading,
    );
    return { config, layer: layers.timeDistributed(args as never), inner };
  }
  const layer = readLayer(config, context.reading);
  context.made.push(layer);
  if (context.fast) layer.setFastWeightInitDuringBuild(true);
  return { config, layer };
}
