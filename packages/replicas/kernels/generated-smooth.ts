// The text of src/primitives/wasm/generated-smooth.ts: the other activations.
import { hexadecimalFile } from './hexadecimal.js';
import { smoothText } from './module.js';

export const generated = (): string => hexadecimalFile('smoothCode', smoothText());
