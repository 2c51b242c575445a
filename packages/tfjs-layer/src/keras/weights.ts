import { util } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { Layer } from '../tfjs/classes.js';
import { savedClass } from './dialect.js';
import { isObject, type Json, KerasFormatError, layerName, show } from './format.js';
import { groupNames } from './groups.js';
import { isModel, type ReadModel } from './model/context.js';
import { dequantized, isFloat8 } from './quantized.js';
import { ofDataset, type StoredWeight, type WeightFile } from './stored.js';

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
  /** The layer whose these are, or in which their layer lies. */
  layer: Layer;
  /** Whether there are further arrays in its group, which only training in 8 bits needs. */
  hasMore: () => boolean;
}

/** A layer whose weights Keras has in layers within it. */
interface Composite extends Layer {
  weightParts(): { group: string; name: string; variables: LayerVariable[] }[];
}
const isComposite = (layer: Layer): layer is Composite => 'weightParts' in layer;

type Wrapped = Layer & {
  layer?: Layer;
  forwardLayer?: Layer;
  backwardLayer?: Layer;
  cell?: Layer & { cells?: Layer[] };
};

function slots(read: ReadModel, models: string[] = [], group = '', visited = new Set<Layer>()): Slot[] {
  const names = groupNames(
    read.layers.map(({ config }) => (isModel(config) ? savedClass(config) : config.class_name)),
  );
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
    const slot = (names: string[], part: string, layer: Layer, variables = layer.weights): Slot => ({
      where: layerName(config),
      models,
      names,
      group: path + part,
      variables,
      layer,
      hasMore: () => isFloat8(config.config.dtype),
    });
    /** A layer, or what it wraps, and the layers within that. */
    const of = (part: Wrapped, config: Json | undefined, names: string[], at: string): Slot[] => {
      const within = isObject(config) && isObject(config.config) ? config.config : {};
      const nest = (one: Wrapped, key: string, group: string, prefix = '') => {
        const name = named(within[key], one.name);
        const full = name.startsWith(prefix) ? name : prefix + name;
        return of(one, within[key], [...names, full], `${at}/${group}`);
      };
      const { forwardLayer, backwardLayer, layer: wrapped, cell } = part;
      if (forwardLayer && backwardLayer)
        return [
          // Keras 2 writes the name that the layer had before it was made one of two.
          ...nest(forwardLayer, 'layer', 'forward_layer', 'forward_'),
          ...nest(backwardLayer, 'backward_layer', 'backward_layer'),
        ];
      if (isComposite(part))
        return part
          .weightParts()
          .map(({ group, name, variables }) => slot([...names, name], `${at}/${group}`, part, variables));
      if (wrapped) return nest(wrapped, 'layer', 'layer');
      // What it wraps was read in its place.
      if (isObject(config) && config.class_name === 'SpectralNormalization')
        return of(part, within.layer, [...names, named(within.layer, part.name)], `${at}/layer`);
      if (!cell?.cells) return [slot(names, cell ? `${at}/cell` : at, part)];
      const groups = groupNames(cell.cells.map((one) => one.getClassName().replace(/^Rectify/, '')));
      return cell.cells.map((one, i) =>
        slot([...names, cell.name, one.name], `${at}/cell/cells/${groups[i]}`, one),
      );
    };
    return of(layer, config, [own], '');
  });
}

/** Whether every array is named as in a `.keras` archive, also by a converter. */
export const isArchive = (stored: StoredWeight[]): boolean =>
  stored.length > 0 && stored.every(({ name }) => /(^|\/)vars\/\d+$/.test(name));

/** A place to look for weights in. */
export interface Store {
  /** The arrays that could be the i-th weight of a layer. */
  find(slot: Slot, variable: LayerVariable, i: number): StoredWeight[];
  /** Names of arrays, for messages. */
  names(): string[];
  /** Names of arrays that no layer of these takes. */
  left(used: ReadonlyMap<StoredWeight, LayerVariable>, slots: Slot[]): string[];
}

const leftOf = (stored: StoredWeight[]): Pick<Store, 'names' | 'left'> => ({
  names: () => stored.map(({ name }) => name),
  left: (used) => stored.filter((weight) => !used.has(weight)).map(({ name }) => name),
});

/** Arrays in the order of a `.keras` archive, which stand at `layers/dense_1/vars/0`. */
export function groupedStore(stored: StoredWeight[]): Store {
  const byName = new Map<string, StoredWeight[]>();
  for (const weight of stored)
    byName.set(weight.name, [...(byName.get(weight.name) ?? []), weight].slice(0, 2));
  return { ...leftOf(stored), find: ({ group }, _, i) => byName.get(`${group}/vars/${i}`) ?? [] };
}

/** The layer of the outermost model that a slot is of. */
const outermost = ({ models, names }: Slot) => models[0] ?? names[0];

/** Arrays that are named as Keras 2 or Keras 3 does: `dense/kernel`, `sequential/dense/kernel`. */
export function namedStore(stored: StoredWeight[], model: string): Store {
  const paths = stored.map((weight) => ({ weight, tokens: tokensOf(weight) }));
  // […models, perhaps the name of a wrapper, the layer's, perhaps that of its cell, the weight]
  const endings = new Map<string, { weight: StoredWeight; tokens: string[]; end: number }[]>();
  for (const path of paths)
    for (const end of [path.tokens.length - 1, path.tokens.length - 2]) {
      const key = `${path.tokens[end - 1]} ${lastName(path.tokens)}`;
      const alike = endings.get(key);
      if (alike) alike.push({ ...path, end });
      else endings.set(key, [{ ...path, end }]);
    }
  let looks = 100 * stored.length + 1e6;
  const groups = new Map<string, StoredWeight[]>();
  for (const weight of stored)
    if (weight.layer !== undefined) groups.set(weight.layer, [...(groups.get(weight.layer) ?? []), weight]);
  /** Of a group that is the layer's alone, the array in its place: so Keras reads it, whatever it is called. */
  const inItsPlace = ({ models, names, variables }: Slot, i: number) => {
    const own = models.length === 0 && names.length === 1 ? groups.get(names[0] as string) : undefined;
    const weight = own?.length === variables.length ? own[i] : undefined;
    return weight ? [weight] : [];
  };
  return {
    ...leftOf(stored),
    find(slot, variable, i) {
      const { models, names } = slot;
      const last = variable.originalName.split('/').at(-1) as string;
      // Keras 3 calls that of a DepthwiseConv2D so.
      const called = last === 'depthwise_kernel' ? [last, 'kernel'] : [last];
      const around = [model, ...models, ...names.slice(0, -1)];
      const alike = called
        .flatMap((name) => endings.get(`${names.at(-1)} ${name}`) ?? [])
        .filter(({ weight }) => weight.layer === undefined || weight.layer === outermost(slot));
      looks -= alike.length;
      if (looks < 0) throw new KerasFormatError('too many weights of the file have the same last names');
      const found = alike.filter(({ tokens, end }) => isSubsequence(tokens.slice(0, end - 1), around));
      if (found.length > 0) return longest(unique(found));
      // Some of Keras's own applications put the name of a scope before it.
      return alike.length > 0 ? unique(alike) : inItsPlace(slot, i);
    },
  };
}

/** The weights file of a `.keras` archive: only the groups of layers that the topology has are looked into. */
export function archiveStore(file: WeightFile): Store {
  const inStyle = styleOf(file.children('') ?? []);
  return {
    names: () => (file.children('') ?? []).concat(file.children('layers') ?? []),
    find({ group, variables, layer }, { originalName }, i) {
      const vars = `${inStyle(group)}/vars`;
      const weight =
        ofDataset(file, `${vars}/${i}`) ?? ofDataset(file, `${vars}/${originalName.split('/').at(-1)}`);
      // Keras writes the scales of the first weight, which alone it quantizes, behind all others.
      const scale = weight?.type === 'int8' && i === 0 && ofDataset(file, `${vars}/${variables.length}`);
      return weight ? [scale ? dequantized(weight, scale, layer) : weight] : [];
    },
    left: (used, slots) => leftInGroups(file, inStyle, used, slots),
  };
}

/** Keras 2.12 and 2.13 have another word for `layers`, and Keras 2 on Windows has backslashes within the name of a group. */
function styleOf(roots: string[]): (group: string) => string {
  if (roots.includes('layers')) return (group) => group;
  if (roots.includes('_layer_checkpoint_dependencies'))
    return (group) => group.replace(/(^|\/)layers\//g, '$1_layer_checkpoint_dependencies/');
  if (roots.some((name) => name.startsWith('layers\\'))) return (group) => group.replaceAll('/', '\\');
  return (group) => group;
}

/** Weights beside those of the layers: in a layer's own group one too many, or a whole layer that the topology does not have. */
function leftInGroups(
  file: WeightFile,
  inStyle: (group: string) => string,
  used: ReadonlyMap<StoredWeight, LayerVariable>,
  slots: Slot[],
): string[] {
  const taken = new Set(Array.from(used.keys(), ({ name, also = [] }) => [name, ...also]).flat());
  const known = new Set<string>();
  const left: string[] = [];
  for (const { group, hasMore } of slots) {
    const own = inStyle(group);
    for (let path = own; path !== '' && !known.has(path); path = parentOf(path)) known.add(path);
    const vars = `${own}/vars`;
    // What a lookup has in its config as well, it saves all the same.
    for (const name of file.children(vars) ?? [])
      if (name !== 'idf_weights' && !taken.has(`${vars}/${name}`) && !hasMore()) left.push(`${vars}/${name}`);
  }
  const beside = Array.from(known).filter((path) =>
    /(^|\/)(layers|_layer_checkpoint_dependencies)$/.test(path),
  );
  for (const path of beside)
    for (const name of file.children(path) ?? [])
      if (!known.has(`${path}/${name}`) && file.children(`${path}/${name}/vars`)?.includes('0'))
        left.push(`${path}/${name}/vars/0`);
  return left;
}

/** The group that a path lies in; none for one of the root. */
const parentOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));

const tokensOf = ({ name }: StoredWeight) => name.replace(/:\d+$/, '').split('/');

/** What a weight is called, which where nobody has named it Keras numbers: `variable_1`. */
const lastName = (tokens: string[]) => (tokens.at(-1) as string).replace(/^[Vv]ariable(_\d+)?$/, 'variable');

const unique = (found: { weight: StoredWeight }[]) => [...new Set(found.map(({ weight }) => weight))];

const isSubsequence = (part: string[], whole: string[]): boolean => {
  let i = 0;
  for (const one of whole) if (part[i] === one) i++;
  return i === part.length;
};

/** Of several names that fit, the one that says most of the models around the layer. */
function longest(weights: StoredWeight[]): StoredWeight[] {
  const most = weights.reduce((most, weight) => Math.max(most, tokensOf(weight).length), 0);
  return weights.filter((weight) => tokensOf(weight).length === most);
}

/** Which array each weight of a model gets; every shape is compared, and nothing is read yet. */
export function matchWeights(read: ReadModel, store: Store): Map<StoredWeight, LayerVariable> {
  const used = new Map<StoredWeight, LayerVariable>();
  const all = slots(read);
  for (const slot of all)
    for (const [i, variable] of slot.variables.entries()) {
      const [weight, ...others] = store.find(slot, variable, i);
      const name = variable.originalName;
      if (weight === undefined || others.length > 0 || used.has(weight))
        throw new KerasFormatError(
          `${slot.where}: ${weight === undefined ? 'there is no weight' : 'several weights could be, or one is twice,'} ${name}; the file has ${show(store.names())}`,
        );
      if (!util.arraysEqual(weight.shape, variable.shape as number[]))
        throw new KerasFormatError(
          `${slot.where}: weight ${name} has the shape ${show(variable.shape)}, and the file has ${show(weight.shape)} as ${weight.name}`,
        );
      used.set(weight, variable);
    }
  const left = store.left(used, all);
  if (left.length > 0) throw new KerasFormatError(`the file has weights that no layer takes: ${show(left)}`);
  return used;
}
