// Arrays on WASM only, and kernels and arrays on memory of the caller's.

import * as functions from './entries/only-wasm.js';
import { createLookups, type Lookup, type VectorLookup } from './names/lookup.js';

export * from './entries/common.js';
export * from './entries/only-wasm.js';
export { instantiateKernels, type MemoryKernels } from './wasm/by-address.js';
export { createPool, type Pool } from './wasm/pool.js';
export type { WasmMemory } from './wasm/webassembly.js';

const lookups = /* @__PURE__ */ createLookups(functions);

/** The activation of any known name, or from its JSON: see `Lookup`. */
export const activation: Lookup = (nameOrJson, params, options) =>
  lookups.activation(nameOrJson, params, options);

/** The vector activation of any known name, or from its JSON: see `VectorLookup`. */
export const vectorActivation: VectorLookup = (nameOrJson, params, options) =>
  lookups.vectorActivation(nameOrJson, params, options);
