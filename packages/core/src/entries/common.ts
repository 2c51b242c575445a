// What every entry exports beside the functions.
export type { Activation, ActivationJson } from '../activation/activation.js';
export type { FloatArray } from '../activation/arguments.js';
export type { Traits } from '../activation/definition.js';
export { nearest } from '../activation/hints.js';
export type { VectorActivation, VectorParams } from '../activation/vector.js';
export {
  type CanonicalName,
  type ForeignName,
  type Framework,
  frameworkNames,
  frameworks,
  namesIn,
  type VectorName,
} from '../names/frameworks.js';
export {
  activationNames,
  type ElementwiseName,
  type Lookup,
  type LookupOptions,
  type VectorLookup,
  vectorActivationNames,
} from '../names/lookup.js';
