import { tensor, tidy, util, type Variable } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { Layer } from '../tfjs/classes.js';
import { isObject, type Json, KerasFormatError, show } from './format.js';
import { layerName } from './kind.js';
import type { ReadModel } from './topology.js';

/** One array of a file: how it is called there, and its values. */
export interface StoredWeight {
  name: string;
  shape: number[];
  values: Float32Array;
}

/** Where the weights of one layer, or of a part of it, are looked for. */
interface Slot {
  /** How error messages name the layer. */
  where: string;
  /** Names of the models around the layer, outermost first. */
  models: string[];
  /** Name of the layer, and of the layer within it. */
  names: string[];
  /** Its group in a `.keras` archive. */
  group: string;
  variables: LayerVariable[];
}

const snakeCase = (name: string) =>
  name
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** Keras names the group of a layer by its class, counting those of the same class. */
function groups(layers: ReadModel['layers']): string[] {
  const used = new Map<string, number>();
  return layers.map(({ config }) => {
    const name = snakeCase(config.class_name);
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  });
}

/** A layer whose weights Keras has in layers within it. */
interface Composite extends Layer {
  weightParts(): { group: string; name: string; variables: LayerVariable[] }[];
}
const isComposite = (layer: Layer): layer is Composite => 'weightParts' in layer;

type Wrapped = Layer & { layer?: Layer; forwardLayer?: Layer; backwardLayer?: Layer; cell?: Layer };

function slots(read: ReadModel, models: string[] = [], group = '', visited = new Set<Layer>()): Slot[] {
  const names = groups(read.layers);
  return read.layers.flatMap(({ config, layer, inner }, i) => {
    const path = `${group}layers/${names[i]}`;
    // What is shared is saved once, where Keras comes to it first.
    if (visited.has(layer)) return [];
    visited.add(layer);
    const named = (value: Json | undefined, otherwise: string) =>
      isObject(value) && isObject(value.config) ? String(value.config.name) : otherwise;
    const own = String(config.config.name ?? layer.name);
    if (inner) {
      const within = layer === (inner.model as unknown) ? [own] : [own, inner.name];
      const part = within.length === 1 ? path : `${path}/layer`;
      return slots(inner, [...models, ...within], `${part}/`, visited);
    }
    const slot = (names: string[], part: string, { variables }: { variables: LayerVariable[] }): Slot => ({
      where: layerName(config),
      models,
      names,
      group: path + part,
      variables,
    });
    const of = (part: Wrapped, names: string[], at: string) => {
      const cell = part.cell ? '/cell' : '';
      return slot(names, at + cell, { variables: (part as unknown as { weights: LayerVariable[] }).weights });
    };
    const { layer: wrapped, forwardLayer, backwardLayer } = layer as Wrapped;
    if (forwardLayer && backwardLayer)
      return [
        of(forwardLayer, [own, named(config.config.layer, forwardLayer.name)], '/forward_layer'),
        of(backwardLayer, [own, named(config.config.backward_layer, backwardLayer.name)], '/backward_layer'),
      ];
    if (isComposite(layer))
      return layer
        .weightParts()
        .map(({ group, name, variables }) => slot([own, name], `/${group}`, { variables }));
    if (wrapped) return [of(wrapped, [own, named(config.config.layer, wrapped.name)], '/layer')];
    return [of(layer, [own], '')];
  });
}

/** Whether an array of an archive is a weight, and not the state of an optimizer, a metric or a random generator. */
export const isWeight = (name: string): boolean =>
  !/(^|\/)(optimizer|metrics|_?loss_tracker|compile_metrics|_compile_metrics|_metrics|seed_generator(_\d+)?)\//.test(
    name,
  );

/** Whether every array is named as in a `.keras` archive, also by a converter. */
export const isArchive = (stored: StoredWeight[]): boolean =>
  stored.length > 0 && stored.every(({ name }) => /(^|\/)vars\/\d+$/.test(name));

/** Sets every weight of a model from the arrays of a `.keras` archive, which stand at `layers/dense_1/vars/0`. */
export function setFromGroups(read: ReadModel, stored: StoredWeight[]): void {
  setAll(read, stored, ({ group }, _, i) => stored.filter(({ name }) => name === `${group}/vars/${i}`));
}

/** Sets every weight of a model from arrays that are named as Keras 2 or Keras 3 does: `dense/kernel`, `sequential/dense/kernel`. */
export function setFromNames(read: ReadModel, stored: StoredWeight[]): void {
  const paths = stored.map((weight) => ({ weight, tokens: tokensOf(weight) }));
  setAll(read, stored, ({ models, names }, variable) => {
    const last = variable.originalName.split('/').at(-1) as string;
    // Keras 3 calls that of a DepthwiseConv2D so.
    const called = last === 'depthwise_kernel' ? [last, 'kernel'] : [last];
    return paths
      .filter(({ tokens }) => {
        if (!called.includes(tokens.at(-1) as string)) return false;
        // […models, perhaps the name of a wrapper, the layer's, perhaps that of its cell, the weight]
        return [0, 1].some((cell) => {
          const end = tokens.length - 1 - cell;
          return (
            tokens[end - 1] === names.at(-1) &&
            isSubsequence(tokens.slice(0, end - 1), [read.name, ...models, ...names.slice(0, -1)])
          );
        });
      })
      .map(({ weight }) => weight);
  });
}

const tokensOf = ({ name }: StoredWeight) => name.replace(/:\d+$/, '').split('/');

const isSubsequence = (part: string[], whole: string[]): boolean => {
  let i = 0;
  for (const one of whole) if (part[i] === one) i++;
  return i === part.length;
};

function setAll(
  read: ReadModel,
  stored: StoredWeight[],
  find: (slot: Slot, variable: LayerVariable, i: number) => StoredWeight[],
): void {
  const used = new Map<StoredWeight, LayerVariable>();
  for (const slot of slots(read))
    for (const [i, variable] of slot.variables.entries()) {
      const [weight, ...others] = longest(find(slot, variable, i));
      const name = variable.originalName;
      if (weight === undefined || others.length > 0 || used.has(weight))
        throw new KerasFormatError(
          `${slot.where}: ${weight === undefined ? 'there is no weight' : 'several weights could be, or one is twice,'} ${name}; the file has ${show(stored.map(({ name }) => name))}`,
        );
      if (!util.arraysEqual(weight.shape, variable.shape as number[]))
        throw new KerasFormatError(
          `${slot.where}: weight ${name} has the shape [${variable.shape}], and the file has [${weight.shape}] as ${weight.name}`,
        );
      used.set(weight, variable);
    }
  const left = stored.filter((weight) => !used.has(weight)).map(({ name }) => name);
  if (left.length > 0) throw new KerasFormatError(`the file has weights that no layer takes: ${show(left)}`);
  for (const [{ values, shape }, variable] of used)
    tidy(() => {
      // Not by `write`, which applies a constraint: in Keras a weight meets its constraint after the next step of training.
      const { val } = variable as unknown as { val: Variable };
      val.assign(tensor(values, shape, val.dtype));
    });
}

/** Of several names that fit, the one that says most of the models around the layer. */
function longest(weights: StoredWeight[]): StoredWeight[] {
  const most = Math.max(...weights.map((weight) => tokensOf(weight).length));
  return weights.filter((weight) => tokensOf(weight).length === most);
}
