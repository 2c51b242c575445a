// What the page of saving-browser.test.ts offers to the test.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { register } from '../../src/index.js';
import { numbers } from '../_numbers.js';
import { everything, INPUTS, parametersOf } from './models.js';

/** The parameters and the predictions of a model. */
export interface Look {
  parameters: unknown[];
  predictions: number[];
}

register();
let model: LayersModel | undefined;

function look(model: LayersModel): Look {
  const predictions = tf.tidy(() => {
    const inputs = INPUTS.map((shape, i) =>
      tf.tensor(numbers(2 * shape.reduce((a, b) => a * b), i), [2, ...shape]),
    );
    return [...(model.predict(inputs) as tf.Tensor).dataSync()];
  });
  return { parameters: parametersOf(model), predictions };
}

const checks = {
  /** A new model. */
  make: () => {
    model = everything();
    return look(model);
  },
  /** Saves the model to a URL, and takes from there what is the model from now on. */
  through: async (url: string) => {
    await model?.save(url);
    model = await loadLayersModel(url);
    return look(model);
  },
  download: async () => {
    await model?.save('downloads://model');
  },
  /** Takes the model from downloaded files, given by name and by bytes in base64. */
  fromFiles: async (files: [name: string, content: string][]) => {
    const bytes = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    model = await loadLayersModel(
      tf.io.browserFiles(files.map(([name, text]) => new File([bytes(text)], name))),
    );
    return look(model);
  },
};
export type Checks = typeof checks;

await tf.setBackend('cpu');
Object.assign(globalThis, { checks });
