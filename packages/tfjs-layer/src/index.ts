// The package in Node, Deno and Bun: as on the web, but that a model may be read by its path.

export { loadKerasModel } from './keras/load-from-disk.js';
export * from './web.js';
