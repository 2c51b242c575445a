import type { Primitives } from '../primitives.js';
import { moduleCode } from './generated.js';
import { smoothCode } from './generated-smooth.js';
import { wasmPrimitives } from './primitives.js';

/** A memory with every primitive on it. */
export const wholeWasm = (bytes: number): Primitives => wasmPrimitives([moduleCode, smoothCode], bytes);
