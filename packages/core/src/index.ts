// The default: arrays on WASM where the runtime has it, else on JS.
import * as functions from './entries/preferring-wasm.js';
import { createLookups, type Lookup, type VectorLookup } from './names/lookup.js';

export * from './entries/common.js';
export * from './entries/preferring-wasm.js';

const lookups = /* @__PURE__ */ createLookups(functions);

/** The activation of any known name, or from its JSON: see `Lookup`. */
export const activation: Lookup = (nameOrJson, params, options) =>
  lookups.activation(nameOrJson, params, options);

/** The vector activation of any known name, or from its JSON: see `VectorLookup`. */
export const vectorActivation: VectorLookup = (nameOrJson, params, options) =>
  lookups.vectorActivation(nameOrJson, params, options);
