import { tensor, tidy, util } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { Layer } from '../_tfjs.js';
import { KerasFormatError, show } from './_format.js';
import { layerName } from './_layers.js';
import type { ReadModel } from './_topology.js';

/** One array of a file: how it is called there, and its values. */
export interface StoredWeight {
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

type Wrapped = Layer & { layer?: Layer; forwardLayer?: Layer; backwardLayer?: Layer; cell?: Layer };

function slots(read: ReadModel, models: string[] = [], group = '', visited = new Set<Layer>()): Slot[] {
  const names = groups(read.layers);
  return read.layers.flatMap(({ config, layer, inner }, i) => {
    const path = `${group}layers/${names[i]}`;
    // What is shared is saved once, where Keras comes to it first.
    if (visited.has(layer)) return [];
    visited.add(layer);
    if (inner) return slots(inner, [...models, inner.model.name], `${path}/`, visited);
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
        of(forwardLayer, [layer.name, forwardLayer.name], '/forward_layer'),
        of(backwardLayer, [layer.name, backwardLayer.name], '/backward_layer'),
      ];
    if (wrapped) return [of(wrapped, [layer.name, wrapped.name], '/layer')];
    return [of(layer, [layer.name], '')];
  });
}

/** Sets every weight of a model from the arrays of a `.keras` archive, which stand at `layers/dense_1/vars/0`. */
export function setFromGroups(read: ReadModel, stored: Map<string, StoredWeight>): void {
  setAll(read, stored, ({ group }, _, i) => {
    const key = `${group}/vars/${i}`;
    return stored.has(key) ? [key] : [];
  });
}

/** Sets every weight of a model from arrays that are named as Keras 2 or Keras 3 does: `dense/kernel`, `sequential/dense/kernel`. */
export function setFromNames(read: ReadModel, stored: Map<string, StoredWeight>): void {
  const paths = [...stored.keys()].map((key) => ({ key, tokens: key.replace(/:\d+$/, '').split('/') }));
  setAll(read, stored, ({ models, names }, variable) => {
    const last = variable.originalName.split('/').at(-1) as string;
    // Keras 3 calls that of a DepthwiseConv2D so.
    const called = last === 'depthwise_kernel' ? [last, 'kernel'] : [last];
    return paths
      .filter(({ tokens }) => {
        if (!called.includes(tokens.at(-1) as string)) return false;
        // […models, …names, perhaps the name of a cell, the weight]
        return [0, 1].some((cell) => {
          const end = tokens.length - 1 - cell;
          const start = end - names.length;
          if (start < 0 || !names.every((name, i) => tokens[start + i] === name)) return false;
          return isSubsequence(tokens.slice(0, start), [read.model.name, ...models]);
        });
      })
      .map(({ key }) => key);
  });
}

const isSubsequence = (part: string[], whole: string[]): boolean => {
  let i = 0;
  for (const one of whole) if (part[i] === one) i++;
  return i === part.length;
};

function setAll(
  read: ReadModel,
  stored: Map<string, StoredWeight>,
  find: (slot: Slot, variable: LayerVariable, i: number) => string[],
): void {
  const used = new Set<string>();
  const tasks: [LayerVariable, StoredWeight][] = [];
  for (const slot of slots(read))
    for (const [i, variable] of slot.variables.entries()) {
      const keys = longest(find(slot, variable, i));
      const name = variable.originalName;
      if (keys.length !== 1 || used.has(keys[0]))
        throw new KerasFormatError(
          `${slot.where}: ${keys.length === 0 ? 'there is no weight' : `several weights could be, or one is twice,`} ${name}; the file has ${show([...stored.keys()])}`,
        );
      const [key] = keys as [string];
      const weight = stored.get(key) as StoredWeight;
      if (!util.arraysEqual(weight.shape, variable.shape as number[]))
        throw new KerasFormatError(
          `${slot.where}: weight ${name} has the shape [${variable.shape}], and the file has [${weight.shape}] as ${key}`,
        );
      used.add(key);
      tasks.push([variable, weight]);
    }
  const left = [...stored.keys()].filter((key) => !used.has(key));
  if (left.length > 0) throw new KerasFormatError(`the file has weights that no layer takes: ${show(left)}`);
  for (const [variable, { values, shape }] of tasks)
    tidy(() => {
      variable.write(tensor(values, shape));
    });
}

/** Of several names that fit, the one that says most of the models around the layer. */
function longest(keys: string[]): string[] {
  const depth = (key: string) => key.split('/').length;
  const most = Math.max(...keys.map(depth));
  return keys.filter((key) => depth(key) === most);
}
