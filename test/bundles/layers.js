import '@tensorflow/tfjs-backend-cpu';
import { layers } from '@rectify/tfjs-layer';
import { tensor2d } from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';

const model = sequential({ layers: [layers.leakyReLU({ negativeSlope: 0.5, inputShape: [2] })] });
globalThis.result = [...model.predict(tensor2d([[-2, 3]])).dataSync()];
