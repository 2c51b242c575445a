// Everything on JS: no WebAssembly is in the bundle.
import * as functions from './entries/only-js.js';
import { createLookups, type Lookup, type VectorLookup } from './names/lookup.js';

export * from './entries/common.js';
export * from './entries/only-js.js';

const lookups = /* @__PURE__ */ createLookups(functions);

/** The activation of any known name, or from its JSON: see `Lookup`. */
export const activation: Lookup = (nameOrJson, params, options) =>
  lookups.activation(nameOrJson, params, options);

/** The vector activation of any known name, or from its JSON: see `VectorLookup`. */
export const vectorActivation: VectorLookup = (nameOrJson, params, options) =>
  lookups.vectorActivation(nameOrJson, params, options);
