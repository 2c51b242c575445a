export type { Activation, ActivationJson, Traits } from './_activation.js';
export type { FloatArray } from './_arguments.js';
export type { VectorActivation, VectorParams } from './_vector.js';
export {
  type CanonicalName,
  type ForeignName,
  type Framework,
  frameworkNames,
  frameworks,
  namesIn,
} from './frameworks.js';
export * from './functions.js';
export {
  activation,
  activationNames,
  type ElementwiseName,
  type LookupOptions,
  type VectorName,
  vectorActivation,
  vectorActivationNames,
} from './lookup.js';
