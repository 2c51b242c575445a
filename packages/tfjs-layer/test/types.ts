// What `tsc` must accept and refuse; a pnpm check fails where it does otherwise.
import { leakyRelu } from '@rectify/core';
import * as tfl from '@tensorflow/tfjs-layers';
import { activations, layers } from '../src/index.js';

// Names of register(), a function of core, an activation of ours, and tfjs's own names.
tfl.layers.dense({ units: 3, activation: 'leaky_relu' }) satisfies tfl.layers.Layer;
tfl.layers.conv2d({ filters: 3, kernelSize: 2, activation: 'hard_silu' });
tfl.layers.lstm({ units: 3, recurrentActivation: 'silu' });
tfl.layers.dense({ units: 3, activation: 'hardSigmoid' });
tfl.layers.dense({ units: 3, activation: activations.leakyRelu() });
layers.dense({ units: 3, activation: 'silu' });
layers.dense({ units: 3, activation: leakyRelu({ negativeSlope: 0.05 }) });
layers.replicaDense({ replicas: 2, units: 3, activation: activations.silu() });
layers.leakyReLU({ negative_slope: 0.05, name: 'a' });

// @ts-expect-error: no name of anybody
layers.activation({ activation: 'nonsense' });
// @ts-expect-error: likewise
tfl.layers.dense({ units: 3, activation: 'nonsense' });
// @ts-expect-error: no option of it
layers.leakyReLU({ slope: 0.05 });
