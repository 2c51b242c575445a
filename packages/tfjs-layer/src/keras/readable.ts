import { fields } from './fields.js';
import {
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  layerName,
} from './format.js';
import { isCustom, kindOf } from './layers.js';
import { isOperatorNode } from './operators.js';
import { type CustomObjects, Reading } from './reading.js';

/** Refuses a model of which several layers cannot be read, by all of their names; one alone is refused where it is read. */
export function assertReadable(model: KerasObject, customObjects: CustomObjects): void {
  const refusals: KerasFormatError[] = [];
  const names: string[] = [];
  for (const layer of layersWithin(model))
    try {
      if (isCustom(layer, customObjects)) continue;
      const { rules } = kindOf(layer);
      // What is within a wrapper stands in the list by itself.
      fields(withoutInner(layer.config), rules, layerName(layer), new Reading(customObjects));
    } catch (error) {
      if (!(error instanceof KerasFormatError)) throw error;
      refusals.push(error);
      names.push(layerName(layer));
    }
  const [first, ...others] = refusals;
  if (!first) return;
  if (others.length === 0) throw first;
  throw new KerasFormatError(`${first.message}. Nor can be read: ${listed(names.slice(1))}`, {
    cause: new AggregateError(refusals, 'what is wrong with each layer'),
  });
}

const WITHIN = ['layer', 'backward_layer', 'cell', 'cells'];

/** A config without the layers within. */
function withoutInner(config: JsonObject): JsonObject {
  if (!WITHIN.some((key) => Object.hasOwn(config, key))) return config;
  return Object.fromEntries(Object.entries(config).filter(([key]) => !WITHIN.includes(key)));
}

/** Every layer but models and inputs, also within models and wrappers. */
function layersWithin({ class_name, config }: KerasObject): KerasObject[] {
  const inner = [
    ...(Array.isArray(config.layers) ? config.layers : []),
    ...WITHIN.map((key) => config[key]),
  ].flat();
  return inner.filter(isLayer).flatMap((layer) => {
    const isPlain = Array.isArray(layer.config.layers) || layer.class_name === 'InputLayer';
    const isFunction = class_name === 'Functional' && isOperatorNode(layer);
    return [...(isPlain || isFunction ? [] : [layer]), ...layersWithin(layer)];
  });
}

const isLayer = (value: Json | undefined): value is KerasObject =>
  isObject(value) && typeof value.class_name === 'string' && isObject(value.config);

/** Names, as many as a message has room for. */
function listed(names: string[]): string {
  const all = names.join(', ');
  if (all.length <= 150) return all;
  let shown = '';
  let count = 0;
  for (const name of names) {
    if (shown.length + name.length > 120) break;
    shown += `${count === 0 ? '' : ', '}${name}`;
    count++;
  }
  return `${shown} and ${names.length - count} more`;
}
