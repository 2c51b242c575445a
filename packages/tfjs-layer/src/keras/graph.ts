import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { AttentionLayer } from '../layers/keras/attention.js';
import { MultiHeadAttention } from '../layers/keras/multi-head-attention.js';
import type { Layer } from '../tfjs/classes.js';
import { WITH_STATES } from './fields.js';
import { type Json, type JsonObject, KerasFormatError, type KerasObject, show } from './format.js';

export const isModel = (layer: Layer | LayersModel): boolean => 'layers' in layer;
export const nameOf = (layer: Layer) => `layer ${show(layer.name)} (${layer.getClassName()})`;

/** What a layer is made of: the layers of a model, what a wrapper wraps. */
function parts(layer: Layer | LayersModel): Layer[] {
  const { layers, layer: wrapped, forwardLayer } = layer as LayersModel & Record<string, Layer | undefined>;
  return layers ?? [wrapped, forwardLayer].filter((part) => part !== undefined);
}

/**
 * The models within a model that share a layer with what is around them. `model_from_json` cannot tell that a layer of two models is
 * one, so such a model is dissolved: its layers are written in its place, in the model around it.
 */
export function modelsThatShare(model: LayersModel): Set<Layer> {
  const around = new Map<Layer, Set<Layer | LayersModel>>();
  const within = new Map<Layer | LayersModel, Set<Layer>>();
  const visit = (one: Layer | LayersModel): Set<Layer> => {
    const known = within.get(one);
    if (known) return known;
    const all = new Set<Layer>();
    within.set(one, all);
    for (const part of parts(one)) {
      around.set(part, (around.get(part) ?? new Set()).add(one));
      for (const each of [part, ...visit(part)]) all.add(each);
    }
    return all;
  };
  visit(model);
  const shares = (one: Layer) => {
    const inside = within.get(one) as Set<Layer>;
    return [...inside].some((layer) =>
      [...(around.get(layer) ?? [])].some((other) => other !== one && !inside.has(other as Layer)),
    );
  };
  return new Set([...around.keys()].filter((layer) => isModel(layer) && shares(layer)));
}

/** Whether a model can be written as a Sequential: it has each layer once, and none of a dissolved model. */
export const isSequential = (model: LayersModel, dissolved: Set<Layer>): boolean =>
  model.getClassName() === 'Sequential' &&
  new Set(model.layers).size === model.layers.length &&
  !model.layers.some((layer) => dissolved.has(layer));

/** The calls of a model's layers, each after those whose outputs it takes. */
function callsOf(model: LayersModel): Layer['inboundNodes'] {
  if (!model.built) model.build((model.inputs[0] as SymbolicTensor).shape); // a Sequential, of which only then the graph is known
  const { nodesByDepth } = model as unknown as { nodesByDepth: Record<string, Layer['inboundNodes']> };
  const depths = Object.keys(nodesByDepth).sort((a, b) => Number(b) - Number(a));
  return depths.flatMap((depth) => nodesByDepth[depth] as Layer['inboundNodes']);
}

/** Layers, inputs and outputs of a Functional model of Keras; `isFrozen` tells `write` that a dissolved model was not to be trained. */
export function writeGraph(
  model: LayersModel,
  dissolved: Set<Layer>,
  write: (layer: Layer, isFrozen: boolean) => KerasObject,
): JsonObject {
  const calls = new Map(
    model.layers.filter((layer) => !dissolved.has(layer)).map((layer): [Layer, Json[]] => [layer, []]),
  );
  const frozen = new Set<Layer>();
  const written = new Map<Layer, KerasObject>();
  /** Where each tensor comes from: layer, call and output. */
  interface Source {
    layer: Layer;
    call: number;
    output: number;
    tensor: SymbolicTensor;
  }
  const place = (model: LayersModel, isFrozen: boolean, inputs?: Source[]): Source[] => {
    const sources = new Map(inputs?.map((input, i) => [model.inputs[i] as SymbolicTensor, input]));
    const sourceOf = (tensor: SymbolicTensor) => sources.get(tensor) as Source;
    for (const { outboundLayer: layer, inputTensors, outputTensors, callArgs } of callsOf(model)) {
      const isInput = layer.getClassName() === 'InputLayer';
      if (isInput && inputs) continue;
      refuseArguments(layer, callArgs);
      const given = inputTensors.map(sourceOf);
      const before = calls.get(layer) ?? [];
      const outputs = dissolved.has(layer)
        ? place(layer as unknown as LayersModel, isFrozen || !layer.trainable, given)
        : outputTensors.map((tensor, output) => ({ layer, call: before.length, output, tensor }));
      for (const [i, tensor] of outputTensors.entries()) sources.set(tensor, outputs[i] as Source);
      if (dissolved.has(layer)) continue;
      if (isFrozen) frozen.add(layer);
      calls.set(layer, isInput ? [] : [...before, writeCall(layer, given.map(asTensor))]);
    }
    return model.outputs.map(sourceOf);
  };
  const asTensor = ({ layer, call, output, tensor: { shape, dtype } }: Source): Json => ({
    class_name: '__keras_tensor__',
    config: { shape, dtype, keras_history: [layer.name, call, output] },
  });

  const outputs = place(model, false);
  const layers = [...calls].map(([layer, inbound_nodes]): Json => {
    const object = write(layer, frozen.has(layer));
    written.set(layer, object);
    return { ...object, name: layer.name, inbound_nodes };
  });
  const names = [...calls.keys()].map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw new KerasFormatError(
      `two layers are called ${show(twice)}, and stand in one model once ${[...dissolved].map(nameOf).join(', ')}, of which layers stand elsewhere too, is dissolved`,
    );
  return {
    layers,
    input_layers: oneOrAll(model.inputs.map(({ sourceLayer }): Json => [sourceLayer.name, 0, 0])),
    output_layers: oneOrAll(
      outputs.map(({ layer, call, output }): Json => {
        // Here, other than in inbound_nodes, Keras counts the calls of a Functional model from 1.
        const from = written.get(layer)?.class_name === 'Functional' ? 1 : 0;
        return [layer.name, call + from, output];
      }),
    ),
  };
}

/** One input or output stands by itself: a list of one would make Keras give a list. */
const oneOrAll = (all: Json[]): Json => (all.length === 1 ? (all[0] as Json) : all);

function refuseArguments(layer: Layer, callArgs: object | undefined): void {
  for (const key of Object.keys(callArgs ?? {}))
    if (key !== 'initialState')
      throw new KerasFormatError(`${nameOf(layer)} is called with ${key}, which cannot be written`);
}

function writeCall(layer: Layer, inputs: Json[]): Json {
  if (layer instanceof AttentionLayer) return writeAttention(layer, inputs);
  const [first = null, ...states] = inputs;
  const kind = layer.getClassName().replace(/^Rectify(Masked)?(ResetAfter)?/, '');
  if (states.length > 0 && WITH_STATES.includes(kind)) {
    // With states it finds no mask of its own in Keras: it was given one.
    if ((layer as { maskUse?: string }).maskUse === 'heeded')
      throw new KerasFormatError(
        `${nameOf(layer)} is called with states and a mask, which cannot be written`,
      );
    return { args: [first], kwargs: { initial_state: states } };
  }
  return { args: [states.length === 0 ? first : inputs], kwargs: {} };
}

/** Attention takes a list of query, value and key, that of several heads each by itself, and the masks by their names. */
function writeAttention(layer: AttentionLayer, inputs: Json[]): Json {
  const { roles, isCausal, returnsScores, mask } = layer.calledAs;
  const kwargs: JsonObject = {
    ...(isCausal && { use_causal_mask: true }),
    ...(returnsScores && { return_attention_scores: true }),
    ...(mask && {
      attention_mask: { class_name: '__numpy__', config: { value: mask as Json, dtype: 'bool' } },
    }),
  };
  const given: JsonObject = {};
  for (const [i, input] of inputs.entries()) given[roles[i] ?? ''] ??= input;
  const { query = null, value = query, key, ...masks } = given;
  const tensors: Json[] = key === undefined ? [query, value] : [query, value, key];
  if (layer instanceof MultiHeadAttention) return { args: tensors, kwargs: { ...kwargs, ...masks } };
  const [other] = Object.keys(masks);
  if (other !== undefined)
    throw new KerasFormatError(`${nameOf(layer)} is called with ${other}, which cannot be written`);
  return { args: [tensors], kwargs };
}
