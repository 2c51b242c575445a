import { loadLayersModel, sequential, layers as tfl } from '@tensorflow/tfjs-layers';
import { activations } from '../../src/index.js';

/** The parameters of an activation after save and load by each way that only a browser has. */
export async function slopesAfterSaving(): Promise<Record<string, object>> {
  const slopes: Record<string, object> = {};
  for (const url of ['localstorage://model', 'indexeddb://model']) {
    const activation = activations.leakyRelu({ negativeSlope: 0.07 });
    const model = sequential({ layers: [tfl.dense({ units: 1, inputShape: [1], activation })] });
    await model.save(url);
    const loaded = await loadLayersModel(url);
    const [dense] = loaded.layers as unknown as [{ activation: activations.TensorActivation }];
    slopes[url] = dense.activation.function.params;
    model.dispose();
    loaded.dispose();
  }
  return slopes;
}
