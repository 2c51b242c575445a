import type { ActivationJson } from '@rectify/core';
import type { TrainedLayer } from '@rectify/replicas';
import { layers } from '@rectify/tfjs-layer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';

/** A trained network as a tfjs model: dense layers, each hidden one followed by its activation, and softmax where it tells classes. */
export function tfjsModel(
  trained: readonly TrainedLayer[],
  activation: ActivationJson,
  classifies: boolean,
): tfl.Sequential {
  const model = tfl.sequential();
  trained.forEach(({ shape: [inputs, units] }, i) => {
    const last = i === trained.length - 1;
    const input = i === 0 ? { inputShape: [inputs] } : {};
    const output = last && classifies ? ({ activation: 'softmax' } as const) : {};
    model.add(tfl.layers.dense({ units, name: last ? 'answer' : `hidden_${i + 1}`, ...input, ...output }));
    if (!last) model.add(layers.activation({ activation, name: `activation_${i + 1}` }));
  });
  const weights = trained.flatMap(({ kernel, bias, shape }) => [
    tf.tensor2d(kernel, [...shape]),
    tf.tensor1d(bias),
  ]);
  model.setWeights(weights);
  tf.dispose(weights);
  return model;
}

/** The outputs [rows, units] of a model, in slices, so that a large table needs no more memory than a small one. */
export function outputsOf(
  model: tfl.LayersModel,
  { data, shape: [rows, columns] }: { data: Float32Array; shape: readonly [number, number] },
): Float32Array {
  const slice = 10_000;
  const parts: Float32Array[] = [];
  for (let from = 0; from < rows; from += slice) {
    const to = Math.min(rows, from + slice);
    parts.push(
      tf.tidy(() => {
        const input = tf.tensor2d(data.subarray(from * columns, to * columns), [to - from, columns]);
        return (model.predict(input, { batchSize: to - from }) as tf.Tensor).dataSync<'float32'>();
      }),
    );
  }
  const all = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
