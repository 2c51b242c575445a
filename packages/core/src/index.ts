export type { Activation, ActivationJson } from './_activation.js';
export type { FloatArray } from './_arguments.js';
export { type LeakyReluParams, leakyRelu } from './leaky_relu.js';
export { activation, activationNames } from './lookup.js';
export { type ReluParams, relu } from './relu.js';
