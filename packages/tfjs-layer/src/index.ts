export { deadUnits } from './dead-units.js';
export * as layers from './layers/index.js';
export { LeakyReLU } from './layers/leaky-relu.js';
export { ReplicaDense } from './layers/replica-dense.js';
export { ReplicaLeakyReLU } from './layers/replica-leaky-relu.js';
export { register } from './register.js';
