import { elementwise } from './elementwise.js';
import { pictures } from './pictures.js';
import { products } from './products.js';
import { reductions } from './reductions.js';
import { shaping } from './shaping.js';
import type { Operator } from './values.js';

/** The operators of `keras.ops` that can be read, by the classes that Keras has of them. */
export const operators: Readonly<Record<string, Operator>> = {
  ...elementwise,
  ...reductions,
  ...shaping,
  ...products,
  ...pictures,
};
