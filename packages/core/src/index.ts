// The default: arrays on WASM where the runtime has it, else on JS.
import * as functions from './accelerated.js';
import { createLookups, type Lookup, type VectorLookup } from './lookup.js';

export * from './_common.js';
export * from './accelerated.js';

const lookups = /* @__PURE__ */ createLookups(functions);

/** The activation of any known name, or from its JSON: see `Lookup`. */
export const activation: Lookup = (nameOrJson, params, options) =>
  lookups.activation(nameOrJson, params, options);

/** The vector activation of any known name, or from its JSON: see `VectorLookup`. */
export const vectorActivation: VectorLookup = (nameOrJson, params, options) =>
  lookups.vectorActivation(nameOrJson, params, options);
