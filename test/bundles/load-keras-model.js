import '@tensorflow/tfjs-backend-cpu';
import { loadKerasModel } from '@rectify/tfjs-layer';
import { tensor2d } from '@tensorflow/tfjs-core';

const inner = { class_name: 'LeakyReLU', config: { name: 'leaky', negative_slope: 0.5 } };
const input = { class_name: 'InputLayer', config: { name: 'in', batch_shape: [null, 2], dtype: 'float32' } };
const topology = { class_name: 'Sequential', config: { name: 'model', layers: [input, inner] } };
const model = await loadKerasModel(new Response(JSON.stringify(topology)));
const refusal = await loadKerasModel('file:///model.keras').catch(({ message }) => message);
globalThis.result = [...model.predict(tensor2d([[-2, 3]])).dataSync(), refusal.slice(0, 59)];
