import { activation as coreActivation } from '@rectify/core';
import { KerasOperator, type OperatorCall } from '../layers/keras/operator.js';
import { operators } from '../layers/keras/operators/index.js';
import type { Value } from '../layers/keras/operators/values.js';
import type { Layer } from '../tfjs/classes.js';
import { tfjsName } from './fields.js';
import {
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  layerName,
  show,
} from './format.js';
import { naming } from './kind.js';
import { kinds } from './layers.js';
import { namingCalls } from './naming-calls.js';
import { isTensor, leaves } from './nodes.js';

/** Operators of two tensors that have a layer of the same name, and what x ∘ c and c ∘ x are as scale · x + offset. */
const AS_RESCALING: Record<
  string,
  { right?: (c: number) => [number, number]; left?: (c: number) => [number, number] }
> = {
  Add: { right: (c) => [1, c], left: (c) => [1, c] },
  Subtract: { right: (c) => [1, -c], left: (c) => [-1, c] },
  Multiply: { right: (c) => [c, 0], left: (c) => [c, 0] },
  TrueDivide: { right: (c) => [1 / c, 0] },
  Divide: { right: (c) => [1 / c, 0] },
};
const AS_MERGE = ['Add', 'Subtract', 'Multiply', 'Maximum', 'Minimum'];

/** Whether a node of a model is a function, as `x + y` or `keras.ops.relu(x)`, which hands on no mask. */
export const isOperator = ({ module }: JsonObject): boolean =>
  typeof module === 'string' && /^keras\.(src\.)?(ops|activations)\b/.test(module);

/** Whether a node is read as a function: a converter takes the modules out, and leaves how it is called. */
export function isOperatorNode(node: KerasObject): boolean {
  if (isOperator(node)) return true;
  if (node.module !== undefined) return false;
  return (
    operatorAsLayer(node) !== node ||
    (!Object.hasOwn(kinds, node.class_name) && Object.hasOwn(operators, node.class_name))
  );
}

/** A function among the nodes of a model as the layer that computes the same, where there is one. */
export function operatorAsLayer(node: KerasObject): KerasObject {
  if (!(isOperator(node) || node.module === undefined) || !Array.isArray(node.inbound_nodes)) return node;
  const { class_name, config } = node;
  const name = config.name ?? node.name ?? null;
  const [call, ...more] = node.inbound_nodes;
  const args = isObject(call) && Array.isArray(call.args) ? call.args : [];
  const [a, b] = args;
  const layer = (class_name: string, config: JsonObject, inbound_nodes = node.inbound_nodes) =>
    ({ ...node, class_name, registered_name: class_name, config, inbound_nodes }) as KerasObject;
  if (args.length === 2 && more.length === 0) {
    const [one, other] = [rankOf(a), rankOf(b)];
    if (AS_MERGE.includes(class_name) && one !== undefined && one === other)
      return { ...node, inbound_nodes: [{ args: [[a, b]], kwargs: {} }] };
    const { right, left } = AS_RESCALING[class_name] ?? {};
    const [values, tensor] =
      typeof b === 'number' ? [right?.(b), a] : typeof a === 'number' ? [left?.(a), b] : [undefined, a];
    if (values && rankOf(tensor) !== undefined) {
      const [scale, offset] = values;
      const inbound_nodes = [{ args: [tensor], kwargs: {} }];
      return layer('Rescaling', { name, scale, offset }, inbound_nodes);
    }
  }
  const { name: _, ...params } = config;
  const isLayer = Object.hasOwn(kinds, class_name) && !isOperator(node);
  if (args.length === 1 && !isLayer && isActivation(class_name, params))
    return layer('Activation', { name, activation: { class_name, config: params } });
  return node;
}

/** A function among the nodes of a model as a layer of its own; undefined for what is a layer in Keras. */
export function readOperator(node: KerasObject): Layer | undefined {
  const { class_name, config } = node;
  const isKnown = Object.hasOwn(operators, class_name);
  const isFunction = isOperator(node) && isKnown && !isLayerCall(node);
  if (Object.hasOwn(kinds, class_name) && !isFunction) return undefined;
  if (!isKnown) {
    if (!isOperator(node)) return undefined;
    throw new KerasFormatError(
      `${layerName(node)} is a function of keras.ops that cannot be read: see docs/keras-layers.md for those that can`,
    );
  }
  const [call, ...more] = Array.isArray(node.inbound_nodes) ? node.inbound_nodes : [];
  const where = `${layerName(node)}.inbound_nodes`;
  if (!isObject(call) || !Array.isArray(call.args) || more.length > 0)
    throw new KerasFormatError(`${where} is ${show(node.inbound_nodes)}, and must be one call`);
  const named = isObject(call.kwargs) ? call.kwargs : {};
  for (const [key, value] of Object.entries(named))
    if (leaves(value, isTensor).some(isTensor))
      throw new KerasFormatError(`${where} has a tensor as the argument ${key}, which cannot be read`);
  let count = 0;
  const numbered = (value: Json): Value =>
    isTensor(value)
      ? { __input__: count++ }
      : isConstant(value)
        ? (value.config.value ?? null)
        : Array.isArray(value)
          ? value.map(numbered)
          : isObject(value)
            ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, numbered(one)]))
            : value;
  const { name: own, ...options } = config;
  const params = { ...options, ...named };
  const made: OperatorCall = {
    class_name,
    params: params as OperatorCall['params'],
    inputs: call.args.map(numbered),
  };
  const name = tfjsName(String(own ?? node.name));
  const operator = naming(
    layerName(node),
    () => new KerasOperator({ name, call: { name: JSON.stringify(made) } }),
  );
  return namingCalls(layerName(node), operator);
}

/** An array that Keras wrote into the topology. */
export const isConstant = (value: Json): value is { class_name: string; config: JsonObject } =>
  isObject(value) &&
  (value.class_name === '__tensor__' || value.class_name === '__numpy__') &&
  isObject(value.config);

/** Whether a node that a layer of the same name can be is called as that layer is: with one tensor, or one list. */
function isLayerCall({ class_name, inbound_nodes: nodes }: KerasObject): boolean {
  const [call] = Array.isArray(nodes) ? nodes : [];
  const args = isObject(call) && Array.isArray(call.args) ? call.args : [];
  return AS_MERGE.includes(class_name) && args.length === 1 && Array.isArray(args[0]);
}

const rankOf = (value: Json | undefined): number | undefined =>
  isObject(value) && isObject(value.config) && Array.isArray(value.config.shape)
    ? value.config.shape.length
    : undefined;

/** Whether a name is that of an activation of core. */
export function isActivation(name: string, params: JsonObject): boolean {
  try {
    coreActivation(name, params, { framework: 'keras' });
    return true;
  } catch {
    return false; // read on as what it is, and refused by its name there
  }
}
