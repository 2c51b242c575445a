export { LeakyReLU, type LeakyReLUArgs, leakyReLU } from './leaky-relu.js';
export { ReplicaDense, type ReplicaDenseArgs, replicaDense } from './replica-dense.js';
export { ReplicaLeakyReLU, type ReplicaLeakyReLUArgs, replicaLeakyReLU } from './replica-leaky-relu.js';
