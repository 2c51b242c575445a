// Arrays on WASM only, and kernels and arrays on memory of the caller's.

import { createLookups, type Lookup, type VectorLookup } from './lookup.js';
import * as functions from './only-wasm.js';

export * from './_common.js';
export { instantiateKernels, type MemoryKernels } from './_wasm.js';
export type { WasmMemory } from './_webassembly.js';
export * from './only-wasm.js';
export { createPool, type Pool } from './pool.js';

const lookups = /* @__PURE__ */ createLookups(functions);

/** The activation of any known name, or from its JSON: see `Lookup`. */
export const activation: Lookup = (nameOrJson, params, options) =>
  lookups.activation(nameOrJson, params, options);

/** The vector activation of any known name, or from its JSON: see `VectorLookup`. */
export const vectorActivation: VectorLookup = (nameOrJson, params, options) =>
  lookups.vectorActivation(nameOrJson, params, options);
