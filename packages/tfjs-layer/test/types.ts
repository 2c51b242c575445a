// What `tsc` must accept and refuse; a pnpm check fails where it does otherwise.
import { leakyRelu } from '@rectify/core';
import * as tfl from '@tensorflow/tfjs-layers';
import { activations, layers, loadKerasModel } from '../src/index.js';

// Names of register(), a function of core, an activation of ours, and tfjs's own names.
tfl.layers.dense({ units: 3, activation: 'leaky_relu' }) satisfies tfl.layers.Layer;
tfl.layers.conv2d({ filters: 3, kernelSize: 2, activation: 'hard_silu' });
tfl.layers.lstm({ units: 3, recurrentActivation: 'silu' });
tfl.layers.dense({ units: 3, activation: 'hardSigmoid' });
tfl.layers.dense({ units: 3, activation: activations.leakyRelu() });
for (const activation of ['leaky_relu', 'leakyRelu', 'silu', 'celu', 'hardSilu'] as const) {
  tfl.layers.activation({ activation });
  tfl.layers.conv1d({ filters: 3, kernelSize: 2, activation });
  tfl.layers.conv2dTranspose({ filters: 3, kernelSize: 2, activation });
  tfl.layers.conv3d({ filters: 3, kernelSize: 2, activation });
  tfl.layers.separableConv2d({ filters: 3, kernelSize: 2, activation });
  tfl.layers.depthwiseConv2d({ kernelSize: 2, activation });
  tfl.layers.simpleRNN({ units: 3, activation });
  tfl.layers.gru({ units: 3, activation, recurrentActivation: activation });
  layers.activation({ activation });
}
layers.dense({ units: 3, activation: 'silu' });
layers.dense({ units: 3, activation: leakyRelu({ negativeSlope: 0.05 }) });
layers.replicaDense({ replicas: 2, units: 3, activation: activations.silu() });
layers.leakyReLU({ negative_slope: 0.05, name: 'a' });

// What a page has at hand, and what is no source.
declare const chosen: HTMLInputElement & { files: FileList };
for (const source of [chosen.files, chosen.files[0], new Response(), new Blob()]) loadKerasModel(source);
// @ts-expect-error: a number
loadKerasModel(7);
// @ts-expect-error: no option
loadKerasModel(chosen.files, { strictly: true });
// @ts-expect-error: no name of anybody
layers.activation({ activation: 'nonsense' });
// @ts-expect-error: likewise
tfl.layers.dense({ units: 3, activation: 'nonsense' });
// @ts-expect-error: no option of it
layers.leakyReLU({ slope: 0.05 });
