import { activation as coreActivation } from '@rectify/core';
import { isObject, type Json, type JsonObject, type KerasObject } from './format.js';
import { kinds } from './layers.js';

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

/** A function among the nodes of a model as the layer that computes the same, where there is one. */
export function operatorAsLayer(node: KerasObject): KerasObject {
  // A converter takes the modules out: what is left to tell a function from a layer is how it is called.
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
  if (args.length === 1 && !Object.hasOwn(kinds, class_name) && isActivation(class_name, params))
    return layer('Activation', { name, activation: { class_name, config: params } });
  return node;
}

const rankOf = (value: Json | undefined): number | undefined =>
  isObject(value) && isObject(value.config) && Array.isArray(value.config.shape)
    ? value.config.shape.length
    : undefined;

function isActivation(name: string, params: JsonObject): boolean {
  try {
    coreActivation(name, params, { framework: 'keras' });
    return true;
  } catch {
    return false; // read on as what it is, and refused by its name there
  }
}
