import { serialization } from '@tensorflow/tfjs-core';
import { CustomLayer } from '../layers/keras/custom.js';
import { Orthogonal } from '../layers/keras/orthogonal.js';
import type { Layer } from '../tfjs/classes.js';
import { fields, isKeras } from './fields.js';
import {
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  layerName,
  show,
} from './format.js';
import { type Kind, naming } from './kind.js';
import { attention } from './kinds/attention.js';
import { convolutions } from './kinds/convolutions.js';
import { core } from './kinds/core.js';
import { merging } from './kinds/merging.js';
import { normalizations } from './kinds/normalizations.js';
import { preprocessing } from './kinds/preprocessing.js';
import { recurrent } from './kinds/recurrent.js';
import { shapes } from './kinds/shapes.js';
import { training } from './kinds/training.js';
import { namingCalls } from './naming-calls.js';
import type { CustomClass, CustomFunction, CustomObjects, Reading } from './reading.js';

/** The layers of Keras that can be read, each with every field that its config may have. */
export const kinds: Readonly<Record<string, Kind>> = {
  ...core,
  ...convolutions,
  ...normalizations,
  ...training,
  ...shapes,
  ...recurrent,
  ...merging,
  ...attention,
  ...preprocessing,
};

/** A layer of Keras, other than a model, as a layer of tfjs. */
export function readLayer(value: KerasObject, reading: Reading): Layer {
  const where = layerName(value);
  const custom = customLayer(value, reading);
  if (custom) return custom;
  const known = kindOf(value);
  known.check(value.config, where);
  const args = fields(value.config, known.rules, where, reading);
  // tfjs's default needs the methods of tensors, which the core package alone does not have.
  if (Object.hasOwn(known.rules, 'recurrent_initializer')) args.recurrentInitializer ??= new Orthogonal({});
  return namingCalls(
    where,
    naming(where, () => known.make(args as never, reading)),
  );
}

/** How a layer is read, if it can be. */
export function kindOf(value: KerasObject): Kind {
  const known = Object.hasOwn(kinds, value.class_name) ? kinds[value.class_name] : undefined;
  if (known && isKeras(value, 'keras')) return known;
  throw new KerasFormatError(`${layerName(value)} ${whyNot(value)}`);
}

/** Why a layer cannot be read, and what to do. */
function whyNot(value: KerasObject): string {
  const { class_name, registered_name: registered, module } = value;
  if (class_name === 'Lambda')
    return `holds Python code, which is never run: pass customObjects with a function named ${show(functionName(value))}`;
  if (class_name === 'TFSMLayer') return 'wraps a SavedModel of TensorFlow, which is not in the file';
  const isOwn = isKeras(value, 'keras') && typeof module === 'string';
  return isOwn
    ? 'is a layer of Keras that cannot be read yet'
    : `is of a class of its own, ${show(registered ?? class_name)}: pass customObjects with a tfjs layer of that name`;
}

/** What tfjs itself knows of classes when this module is loaded: anything else somebody has registered. */
const stockNames = new Set(Object.keys(serialization.SerializationMap.getMap().classNameMap));

/** Layers that are known by the name of their function, or by their own. */
const NAMED = ['Lambda', 'TFOpLambda', 'SlicingOpLambda'];

/** What the user gave for a layer in `customObjects`, or has registered with tfjs under the name of its class. */
function customOf(
  value: KerasObject,
  customObjects: CustomObjects,
): CustomClass | CustomFunction | undefined {
  const { class_name, registered_name: registered, config } = value;
  const names = [
    registered,
    class_name,
    ...(NAMED.includes(class_name) ? [functionName(value), config.name] : []),
  ];
  for (const name of names)
    if (typeof name === 'string' && Object.hasOwn(customObjects, name)) return customObjects[name];
  const { classNameMap } = serialization.SerializationMap.getMap();
  const isOwn = isKeras(value, 'keras') && Object.hasOwn(kinds, class_name);
  return stockNames.has(class_name) || isOwn ? undefined : classNameMap[class_name]?.[0];
}

/** Whether a layer is the user's own. */
export const isCustom = (value: KerasObject, customObjects: CustomObjects): boolean =>
  customOf(value, customObjects) !== undefined;

function customLayer(value: KerasObject, { customObjects }: Reading): Layer | undefined {
  const given = customOf(value, customObjects);
  if (!given) return undefined;
  return 'className' in given
    ? fromClass(given as CustomClass, value)
    : fromFunction(given as CustomFunction, value);
}

const fromClass = (cls: CustomClass, value: KerasObject): Layer =>
  naming(layerName(value), () => {
    const { dtype, ...config } = value.config;
    const args = camelKeys(config) as serialization.ConfigDict;
    return (cls as unknown as typeof serialization.Serializable).fromConfig(cls, args) as unknown as Layer;
  });

function fromFunction(run: CustomFunction, value: KerasObject): Layer {
  const { name = null, trainable = true } = value.config;
  return new CustomLayer({
    ...(name !== null && { name: String(name) }),
    trainable: trainable === true,
    run,
  });
}

/** The name of the function in a Lambda, else of the layer, else of its class. */
function functionName({ class_name, config }: KerasObject): string {
  const f = config.function ?? null;
  const name = isObject(f) ? (f.registered_name ?? f.config) : Array.isArray(f) ? null : f;
  return typeof name === 'string' && isObject(f) && f.class_name === 'function'
    ? name
    : String(config.name ?? class_name);
}

/** Keys in tfjs's spelling, all the way down. */
function camelKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(camelKeys);
  if (!isObject(value)) return value;
  const read: JsonObject = {};
  for (const [key, each] of Object.entries(value))
    read[key.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase())] = camelKeys(each);
  return read;
}
