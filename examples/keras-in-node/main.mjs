// node main.mjs: two points through a model that Keras 3 trained and saved.
import '@tensorflow/tfjs-backend-cpu';
import { loadKerasModel } from '@rectify/tfjs-layer';
import { tensor2d } from '@tensorflow/tfjs-core';

const path = new URL('model.keras', import.meta.url);
const model = await loadKerasModel(path);
const points = [
  [0.5, 0.5],
  [-0.5, 0.5],
];
const shares = await model.predict(tensor2d(points)).data();
for (const [i, point] of points.entries())
  console.log(`${point.join(' · ')} is positive: ${(100 * shares[i]).toFixed(1)} %`);
console.log('left out or computed otherwise:', model.notes);
