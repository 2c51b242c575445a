export { type ActivationLayerArgs, activation } from './activation.js';
export { type LeakyReLUArgs, leakyReLU } from './leaky-relu.js';
export { type PReLUArgs, prelu } from './prelu.js';
export { type ReLUArgs, reLU } from './relu.js';
export { type ReplicaDenseArgs, replicaDense } from './replica-dense.js';
export { type ReplicaLeakyReLUArgs, replicaLeakyReLU } from './replica-leaky-relu.js';
export { type RReLUArgs, rrelu } from './rrelu.js';
export { type SoftmaxArgs, softmax } from './softmax.js';
