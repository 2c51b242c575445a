// The text of src/primitives/wasm/generated.ts: all primitives, and the piecewise linear activations.
import { hexadecimalFile } from './hexadecimal.js';
import { moduleText } from './module.js';
import { rectifiers } from './sources.js';

export const generated = (): string => `${hexadecimalFile('moduleCode', moduleText())}
/** The activations that are in it. */
export const activations: readonly string[] = ${JSON.stringify(Object.keys(rectifiers))};
`;
