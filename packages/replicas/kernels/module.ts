// The WebAssembly module of all primitives.
import { moduleOf } from '@rectify/lanes/wasm';
import { elementwise } from './elementwise.js';
import { gather } from './gather.js';
import { losses } from './losses.js';
import { optimizers } from './optimizers.js';
import { products } from './products.js';
import { activations } from './sources.js';
import { tiles } from './tiles.js';

export const moduleText = (): string =>
  moduleOf(
    ...products,
    gather,
    ...losses,
    ...optimizers,
    ...tiles,
    ...Object.entries(activations).flatMap(([name, source]) => elementwise(name, source)),
  );
