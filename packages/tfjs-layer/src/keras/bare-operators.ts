import { operators } from '../layers/keras/operators/index.js';
import { isObject, type Json, type KerasObject } from './format.js';
import { kinds } from './layers.js';

/**
 * A model of which every function says that it is one. An HDF5 file of Keras 3, and what a converter makes of it, leave out the
 * modules; `keras.ops.add(x, y)` and the layer `Add` then differ in how they are called and in what they hold.
 */
export function withOperators(model: KerasObject): KerasObject {
  const { layers, layer: wrapped = null } = model.config;
  const inner = (value: Json): Json => {
    if (!isObject(value) || typeof value.class_name !== 'string' || !isObject(value.config)) return value;
    const node = value as KerasObject;
    return isBareOperator(node) ? { ...node, module: 'keras.src.ops' } : withOperators(node);
  };
  if (Array.isArray(layers)) return { ...model, config: { ...model.config, layers: layers.map(inner) } };
  return isObject(wrapped) ? { ...model, config: { ...model.config, layer: inner(wrapped) } } : model;
}

/** Whether a node without a module, of a class that is both a layer and a function, is the function. */
function isBareOperator({ module, class_name, config, inbound_nodes: nodes }: KerasObject): boolean {
  if (module !== undefined || !Object.hasOwn(operators, class_name) || !Object.hasOwn(kinds, class_name))
    return false;
  const [call = null] = Array.isArray(nodes) ? nodes : [];
  const args = isObject(call) && Array.isArray(call.args) ? call.args : [];
  // A layer takes one tensor or one list, and Keras writes of each whether it is trainable and what it computes in.
  const isBare = config.trainable === undefined && config.dtype === undefined;
  return args.length > 1 || 'newshape' in config || (isBare && 'axis' in config);
}
