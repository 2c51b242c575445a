import * as tfc from '@tensorflow/tfjs-core';
import type { LayersModel, LayerVariable } from '@tensorflow/tfjs-layers';
import type { Layer } from '../tfjs/classes.js';

/** What tfjs keeps of a layer or model, of which its public types show nothing. */
type Part = Omit<Layer, 'dispose'> & {
  layers?: Part[];
  layer?: Part;
  forwardLayer?: Part;
  backwardLayer?: Part;
  /** How often it is called, and 1 more for a model. */
  _refCount: number | null;
  /** What a stateful layer remembers, and has remembered. */
  states_?: tfc.Tensor[] | null;
  keptStates?: tfc.Tensor[][];
  cell?: Part;
  /** What a recurrent layer dropped in its last call. */
  dropoutMask?: tfc.Tensor | tfc.Tensor[] | null;
  recurrentDropoutMask?: tfc.Tensor | tfc.Tensor[] | null;
};
type Model = Part & {
  optimizer_?: tfc.Optimizer;
  isOptimizerOwned?: boolean;
  dispose(): { refCountAfterDispose: number; numDisposedVariables: number };
};

/** A model and all that is within it, each with how often it is called. */
function partsOf(part: Part, found = new Map<Part, number>()): Map<Part, number> {
  if (found.has(part)) return found;
  found.set(part, part._refCount ?? 0);
  const { layers, layer, forwardLayer, backwardLayer } = part;
  for (const one of layers ?? [layer, forwardLayer, backwardLayer]) if (one) partsOf(one, found);
  return found;
}

const isAlive = (weight: LayerVariable) => !(weight as unknown as { val: tfc.Variable }).val.isDisposed;

/**
 * Lets `model.dispose()` free every weight. tfjs's forgets those of a model within a Sequential that begins with an InputLayer, as
 * Keras 3 always writes it, those of a layer that is called twice, and what stateful layers remember; it throws where a model is
 * called twice. `others` are layers that were made and that no output needs. A layer that somebody has called since keeps its weights, as with tfjs's.
 */
export function disposeWhole(loaded: LayersModel, others: readonly Layer[] = []): void {
  const model = loaded as unknown as Model;
  const parts = partsOf(model);
  for (const other of others) partsOf(other as unknown as Part, parts);
  model.dispose = () => {
    if (model._refCount === 0) throw new Error(`Container '${model.name}' is already disposed.`);
    model._refCount = (model._refCount ?? 1) - 1;
    let freed = 0;
    if (model._refCount > 0) return { refCountAfterDispose: model._refCount, numDisposedVariables: freed };
    for (const [part, calls] of parts) {
      if (part === model) continue;
      part._refCount = Math.max((part._refCount ?? 0) - calls, 0);
      if (part._refCount > 0) continue;
      const { states_, keptStates, cell } = part;
      tfc.dispose(
        [states_, keptStates, cell?.dropoutMask, cell?.recurrentDropoutMask].map((one) => one ?? []),
      );
      if (part.layers || !part.built) continue;
      for (const weight of new Set(part.weights.filter(isAlive))) {
        weight.dispose();
        freed++;
      }
    }
    const before = tfc.memory().numTensors;
    if (model.isOptimizerOwned) model.optimizer_?.dispose();
    return { refCountAfterDispose: 0, numDisposedVariables: freed + before - tfc.memory().numTensors };
  };
}
