import * as tfl from '@tensorflow/tfjs-layers';
import { type AttentionCall, AttentionLayer, type Truths } from '../../layers/keras/attention.js';
import { operation } from '../../layers/keras/operations.js';
import { tfjsName } from '../fields.js';
import { type Json, KerasFormatError, type KerasObject, layerName, show } from '../format.js';
import { naming } from '../kind.js';
import { kinds } from '../layers.js';
import {
  type Call,
  type History,
  histories,
  historyOf,
  inboundNodes,
  inOrder,
  maskNodes,
  operatorCalls,
} from '../nodes.js';
import { isConstant, operatorAsLayer, readOperator } from '../operators.js';
import {
  assertShapes,
  assertTakes,
  type Context,
  type Entry,
  isModel,
  layerList,
  type ReadModel,
  refuseUnknown,
} from './context.js';
import { readInput } from './inputs.js';
import { fixTraining } from './training.js';

type Symbolic = tfl.SymbolicTensor;

/** A layer, the calls that Keras writes of it, and the outputs of those that are made. */
interface Waiting {
  entry: Entry;
  nodes: Call[];
  made: Symbolic[][];
  /** How many inputs of the next call are known to be there, so that none is looked for twice. */
  there: number;
}

/** What is known of a functional model while its graph is made. */
interface Graph {
  configs: KerasObject[];
  /** The nodes by which Keras writes masks, each with the layers that the mask is of. */
  masks: Map<string, KerasObject[]>;
  inputs: Map<string, Symbolic>;
  read: Entry[];
  waiting: Waiting[];
  /** The outputs of each call of each layer, calls in Keras's order. */
  calls: Map<string, Symbolic[][]>;
}

const keyOf = (config: KerasObject): string => String(config.name ?? config.config.name);
const tensorOf = ({ calls }: Graph, [layer, call, index]: History): Symbolic | undefined =>
  calls.get(layer)?.[call]?.[index];

/** A functional model. */
export function readFunctional(value: KerasObject, context: Context): Omit<ReadModel, 'heedsMasks'> {
  const where = layerName(value);
  const { name, trainable, dtype: _, layers: __, input_layers, output_layers, ...rest } = value.config;
  refuseUnknown(rest, where);
  const graph = readLayers(layerList(value).map(operatorAsLayer), context);
  connect(graph, context);
  for (const { entry, nodes, made } of graph.waiting)
    if (made.length < nodes.length)
      throw new KerasFormatError(
        `${layerName(entry.config)}.inbound_nodes name a layer or output that is not there`,
      );
  const outputs = givenOnce(ends(graph, `${where}.output_layers`, output_layers, context));
  if (outputs.length === 0)
    throw new KerasFormatError(`${where}.output_layers is empty, so the model gives nothing`);
  const inputs = histories(`${where}.input_layers`, input_layers).map((history) => {
    const input = graph.inputs.get(history[0]) ?? tensorOf(graph, history);
    if (!input)
      throw new KerasFormatError(`${where}.input_layers names ${show(history)}, which is not there`);
    return input;
  });
  const model = naming(where, () => tfl.model({ inputs, outputs, name: tfjsName(String(name)) }));
  if (trainable === false) model.trainable = false;
  return { model, name: String(name), layers: graph.read };
}

/** Makes the layers of a graph, and its inputs. */
function readLayers(configs: KerasObject[], context: Context): Graph {
  const masks = maskNodes(configs);
  const graph: Graph = { configs, masks, inputs: new Map(), read: [], waiting: [], calls: new Map() };
  const known = configs.filter((config) => !masks.has(keyOf(config)));
  const takers = takersOf(known);
  for (const config of known) {
    const made: Symbolic[][] = [];
    graph.calls.set(keyOf(config), made);
    if (config.class_name === 'InputLayer') {
      const { input, numbers } = readInput(config, [...(takers.get(keyOf(config)) ?? [])], context);
      made.push([numbers?.taken ?? input]);
      graph.inputs.set(keyOf(config), input);
      graph.read.push({ config, layer: input.sourceLayer });
      continue;
    }
    const operator = readOperator(config);
    if (operator) context.made.push(operator);
    const entry = operator ? { config, layer: operator } : context.readAny(config);
    const nodes = operator ? operatorCalls(config) : inboundNodes(config, signatureOf(config));
    if (nodes.some(({ trains }) => trains)) fixTraining(entry, nodes, context);
    graph.read.push(entry);
    graph.waiting.push({ entry, nodes, made, there: 0 });
  }
  return graph;
}

/** Makes each layer's calls in order, each as soon as its inputs are there: who waits for a tensor is told when it comes. */
function connect(graph: Graph, context: Context): void {
  const waitingFor = new Map<string, Waiting[]>();
  const ready = [...graph.waiting].reverse();
  for (let next = ready.pop(); next; next = ready.pop()) {
    const { entry, nodes, made } = next;
    const node = nodes[made.length];
    if (!node) continue;
    while (next.there < node.inputs.length && tensorOf(graph, node.inputs[next.there] as History))
      next.there++;
    const missing = node.inputs[next.there];
    if (missing) {
      const call = callName(missing);
      const others = waitingFor.get(call);
      if (others) others.push(next);
      else waitingFor.set(call, [next]);
      continue;
    }
    made.push(callLayer(graph, entry, node, context));
    next.there = 0;
    const call = callName([keyOf(entry.config), made.length - 1, 0]);
    // Its own next call first, then those that waited, in the order of the file.
    ready.push(...(waitingFor.get(call) ?? []).reverse(), next);
    waitingFor.delete(call);
  }
}

/** Calls a layer once, and follows masks and whole numbers through it. */
function callLayer(graph: Graph, entry: Entry, node: Call, context: Context): Symbolic[] {
  const { masks, wholes } = context;
  const { config, layer, inner } = entry;
  const inputs = node.inputs.map((history) => tensorOf(graph, history)) as Symbolic[];
  assertTakes(entry, inputs, context);
  if (layer instanceof AttentionLayer)
    naming(layerName(config), () => layer.bind(attentionCall(node, layerName(config))));
  const given = eachOnce(inputs);
  const applied = naming(layerName(config), () => layer.apply(given.length === 1 ? given[0] : given));
  const outputs = [applied].flat() as Symbolic[];
  assertShapes(config, outputs);
  masks.call(config, entry, inputs, outputs, node.mask && (graph.masks.get(node.mask[0]) ?? null));
  wholes.call(config, inner, inputs, outputs);
  return outputs;
}

const SEQUENCES = ['Sequential', 'Pipeline'];

/** The outputs of a model, as it names them. */
function ends(graph: Graph, where: string, value: Json | undefined, { isKeras3 }: Context): Symbolic[] {
  const models = new Map(graph.configs.filter(isModel).map((config) => [keyOf(config), config]));
  return histories(where, value).map((history) => {
    const [layer, call, index] = history;
    // Here, other than in inbound_nodes, Keras 3 counts the calls of a Functional model from 1.
    const inner = models.get(layer);
    const isCounted = isKeras3 && inner !== undefined && !SEQUENCES.includes(inner.class_name);
    const counted = isCounted ? tensorOf(graph, [layer, call - 1, index]) : undefined;
    const found = counted ?? tensorOf(graph, history);
    if (!found) throw new KerasFormatError(`${where} names ${show(history)}, which is not there`);
    return found;
  });
}

/** Outputs of which none is there twice: tfjs gives no tensor twice. */
function givenOnce(outputs: Symbolic[]): Symbolic[] {
  const given = new Set<Symbolic>();
  return outputs.map((output, i) => {
    if (given.has(output)) {
      const again = operation('Identity')({ name: `${output.sourceLayer.name}_again_${i}` });
      return again.apply(output) as Symbolic;
    }
    given.add(output);
    return output;
  });
}

/** Inputs of which none is there twice: tfjs frees such a one before the next layer has it. */
function eachOnce(inputs: Symbolic[]): Symbolic[] {
  if (inputs.length === 1) return inputs;
  const given = new Set<Symbolic>();
  return inputs.map((input) => {
    if (given.has(input)) return operation('Identity')({}).apply(input) as Symbolic;
    given.add(input);
    return input;
  });
}

/** A call of a layer, as a key. */
const callName = ([layer, call]: History): string => `${call} ${layer}`;

/** The layers that take each input, by its name. */
function takersOf(configs: KerasObject[]): Map<string, Set<KerasObject>> {
  const inputs = configs.filter(({ class_name }) => class_name === 'InputLayer');
  const takers = new Map(inputs.map((config) => [keyOf(config), new Set<KerasObject>()]));
  for (const config of configs)
    for (const tensor of inOrder(config.inbound_nodes ?? null))
      takers.get(historyOf(tensor)?.[0] ?? '')?.add(config);
  return takers;
}

/** Names of what a call of a layer is given; the user's own layers take tensors. */
const signatureOf = ({ class_name }: KerasObject) =>
  Object.hasOwn(kinds, class_name) ? kinds[class_name]?.signature : undefined;

/** A call of an attention layer: Keras's own names the query, value and key apart, or gives them as a list. */
function attentionCall({ named: { roles, values } }: Call, where: string): AttentionCall {
  const list = ['query', 'value', 'key'];
  const { use_causal_mask, return_attention_scores, training: _, attention_mask = null, ...others } = values;
  const mask = isConstant(attention_mask) ? (attention_mask.config.value ?? null) : attention_mask;
  for (const [role, value] of Object.entries({
    ...others,
    ...(!Array.isArray(mask) && { attention_mask: mask }),
  }))
    if (value !== null && value !== false)
      throw new KerasFormatError(
        `${where}.inbound_nodes has the argument ${role}: ${show(value)}, which cannot be read`,
      );
  return {
    roles: roles.map((role, i) => (role === 'inputs' ? (list[i] as string) : role)),
    isCausal: use_causal_mask === true,
    returnsScores: return_attention_scores === true,
    ...(Array.isArray(mask) && { mask: mask as Truths[] }),
  };
}
