import { WITH_STATES } from './fields.js';
import {
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  layerName,
  show,
} from './format.js';

/** Layer, call and output by which Keras names a tensor. */
export type History = [layer: string, call: number, output: number];

export const isHistory = (value: Json | undefined): value is History =>
  Array.isArray(value) &&
  value.length === 3 &&
  typeof value[0] === 'string' &&
  typeof value[1] === 'number' &&
  typeof value[2] === 'number';

/** What stands in a structure of lists and dictionaries, in Keras's order: a dictionary in that of its keys. */
export function leaves(
  value: Json | undefined,
  isLeaf: (value: Json | undefined) => boolean,
  found: (Json | undefined)[] = [],
): (Json | undefined)[] {
  if (isLeaf(value) || typeof value !== 'object' || value === null) found.push(value);
  else if (Array.isArray(value)) for (const part of value) leaves(part, isLeaf, found);
  else for (const key of Object.keys(value).sort()) leaves(value[key], isLeaf, found);
  return found;
}

/** Inputs or outputs of a model: one flat `["in", 0, 0]`, or a structure of those. */
export function histories(where: string, value: Json | undefined): History[] {
  const list = leaves(value, isHistory);
  if (!list.every(isHistory)) throw new KerasFormatError(`${where} is ${show(value)}, which cannot be read`);
  return list;
}

export const isTensor = (value: Json | undefined): value is JsonObject =>
  isObject(value) && value.class_name === '__keras_tensor__';

export function historyOf(value: Json | undefined): History | undefined {
  const history = isTensor(value) && isObject(value.config) ? value.config.keras_history : undefined;
  return isHistory(history) ? history : undefined;
}

/**
 * The nodes by which Keras writes the masks of a model down, `keras.ops.not_equal(ids, 0)` for an `Embedding`, each with the layers that the
 * mask is of: here masks find their way without them.
 */
export function maskNodes(configs: KerasObject[]): Map<string, KerasObject[]> {
  const argumentsOf = ({ inbound_nodes: nodes }: KerasObject): Json[][] =>
    (Array.isArray(nodes) ? nodes : []).map((node) =>
      isObject(node) && Array.isArray(node.args) ? node.args : [],
    );
  /** A tensor, and the value that it is compared with. */
  const key = (input: Json | undefined, value: Json | undefined) => JSON.stringify([historyOf(input), value]);
  const sources = new Map<string, KerasObject[]>();
  for (const config of configs) {
    const value = maskedValue(config);
    if (value === undefined) continue;
    for (const [input] of argumentsOf(config)) {
      const named = key(input, value);
      const others = sources.get(named);
      if (others) others.push(config);
      else sources.set(named, [config]);
    }
  }
  const found = new Map<string, KerasObject[]>();
  if (sources.size === 0) return found;
  for (const config of configs) {
    const [[input, value] = []] = argumentsOf(config);
    const name = String(config.name ?? config.config.name);
    const masked = sources.get(key(input, value));
    if (config.class_name === 'NotEqual' && masked) found.set(name, masked);
    const [compared] = historyOf(input) ?? [];
    const masking = compared === undefined ? undefined : found.get(compared);
    if (config.class_name === 'Any' && masking?.[0]?.class_name === 'Masking') found.set(name, masking);
    // As attention hands on the mask of its query.
    if (config.class_name === 'ConvertToTensor' && masking) found.set(name, masking);
  }
  return found;
}

/** What a layer takes for nothing, where it makes a mask. */
function maskedValue({ class_name, config }: KerasObject): Json | undefined {
  if (class_name === 'Embedding') return config.mask_zero === true ? 0 : undefined;
  return class_name === 'Masking' ? config.mask_value : undefined;
}

/** A call of a layer. */
export interface Call {
  inputs: History[];
  /** The tensor that Keras gives as the mask. */
  mask: History | undefined;
  /** What each input is, and what else the call is given, where a layer takes more than tensors. */
  named: { roles: string[]; values: JsonObject };
  /** The call says `training=True`, to a layer for which that means something. */
  trains: boolean;
}

/** The calls of a layer of which `signature` names the arguments; without one it takes a tensor, or a list of them. */
export function inboundNodes(config: KerasObject, signature: readonly string[] = ['inputs']): Call[] {
  const where = `${layerName(config)}.inbound_nodes`;
  if (!Array.isArray(config.inbound_nodes))
    throw new KerasFormatError(`${where} is ${show(config.inbound_nodes)}, and must be a list of calls`);
  return config.inbound_nodes.map((node) => {
    if (!isObject(node) || !Array.isArray(node.args) || !isObject(node.kwargs))
      throw new KerasFormatError(`${where} has ${show(node)}, which cannot be read`);
    const { training = null, mask = null, initial_state: states = null, ...others } = node.kwargs;
    const given = argumentsOf(node.args, others, signature, where);
    // `False` means nothing: Keras overrides it by `fit` and by `predict`, and writes it for every Dropout.
    const trains = training !== null && training !== false && TRAINS.test(config.class_name);
    if (states !== null && !WITH_STATES.includes(config.class_name))
      throw new KerasFormatError(`${where} has the argument initial_state, which cannot be read`);
    const masks = leaves(mask, isTensor).filter((one) => one !== null);
    const named: Call['named'] = { roles: [], values: {} };
    const tensors: JsonObject[] = [];
    for (const [role, value] of given) {
      const all = leaves(value, isTensor);
      const found = all.filter(isTensor);
      const isGiven = all.some((one) => one !== null);
      if (found.length === 0 && isGiven) named.values[role] = value;
      if (found.length === 0 && role === signature[0])
        throw new KerasFormatError(`${where} has the input ${show(value)}, which is no tensor of the model`);
      named.roles.push(...found.map(() => role));
      tensors.push(...found);
    }
    if (states !== null) tensors.push(...leaves(states, isTensor).filter(isTensor));
    const masked = masks.length === 1 ? historyOf(masks[0]) : undefined;
    if (masks.length > 0 && !masked)
      throw new KerasFormatError(`${where} has the argument mask: ${show(mask)}, which cannot be read`);
    return { mask: masked, named, trains, inputs: tensors.map((one) => history(one, where)) };
  });
}

/** What a call is given, by the names of a signature: the layer's own for the first, which some call otherwise. */
function argumentsOf(
  args: Json[],
  kwargs: JsonObject,
  signature: readonly string[],
  where: string,
): [string, Json][] {
  const [first, ...rest] = signature as [string, ...string[]];
  const { inputs = null, sequences = null, [first]: own = inputs ?? sequences, ...named } = kwargs;
  const [one = own, ...more] = args;
  if (more.some((value, i) => value !== null && rest[i] === undefined))
    throw new KerasFormatError(
      `${where} has ${args.length} arguments, of which only ${signature.length} can be read`,
    );
  const given: [string, Json][] = [[first, one]];
  for (const [i, role] of rest.entries()) {
    const { [role]: value = more[i] ?? null } = named;
    delete named[role];
    if (value !== null) given.push([role, value]);
  }
  for (const [key, value] of Object.entries(named))
    if (value !== null && value !== false)
      throw new KerasFormatError(`${where} has the argument ${key}: ${show(value)}, which cannot be read`);
  return given;
}

function history(tensor: JsonObject, where: string): History {
  const found = historyOf(tensor);
  if (!found)
    throw new KerasFormatError(`${where} has the input ${show(tensor)}, which is no tensor of the model`);
  return found;
}

/** The inputs of a function, in the order of its arguments. */
export function operatorCalls(config: KerasObject): Call[] {
  const nodes = Array.isArray(config.inbound_nodes) ? config.inbound_nodes : [];
  return nodes.map((node) => {
    const args = isObject(node) ? (node.args ?? null) : null;
    const tensors = inOrder(args);
    const where = `${layerName(config)}.inbound_nodes`;
    return {
      mask: undefined,
      named: { roles: [], values: {} },
      trains: false,
      inputs: tensors.map((one) => history(one, where)),
    };
  });
}

/** Tensors in the order in which they are written. */
export function inOrder(value: Json, found: JsonObject[] = []): JsonObject[] {
  if (isTensor(value)) found.push(value);
  else if (Array.isArray(value)) for (const part of value) inOrder(part, found);
  else if (isObject(value)) for (const key of Object.keys(value)) inOrder(value[key] as Json, found);
  return found;
}

/** Layers that compute something else in training. */
export const TRAINS =
  /Dropout|Noise|BatchNormalization|LSTM|GRU|RNN|Bidirectional|TimeDistributed|Sequential|Functional|Attention/;
