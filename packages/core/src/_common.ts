// What every entry exports beside the functions.
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
export {
  activationNames,
  type ElementwiseName,
  type Lookup,
  type LookupOptions,
  type VectorLookup,
  type VectorName,
  vectorActivationNames,
} from './lookup.js';
