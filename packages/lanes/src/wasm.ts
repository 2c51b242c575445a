// The emitter of WebAssembly text.
export { elementwiseModule } from './wasm/elementwise.js';
export * from './wasm/text.js';
export { v128, WasmLanes } from './wasm/wasm-lanes.js';
