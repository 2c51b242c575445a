// The language and its mathematics; see wasm.ts for the emitter of WebAssembly text, and assemble.ts for what makes a binary of it.
export { Lanes, type LanesOptions, type LaneType, type V } from './language/lanes.js';
export type { Source } from './language/source.js';
export { expRest32 } from './math/coefficients.js';
export * from './math/exp.js';
export * from './math/format.js';
export { log } from './math/log.js';
export * from './math/ranges.js';
