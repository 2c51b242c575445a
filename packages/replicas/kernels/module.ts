// The WebAssembly modules, of all primitives and of the smooth activations, which are loaded only where they are needed.
import type { Source } from '@rectify/lanes';
import { moduleOf } from '@rectify/lanes/wasm';
import { elementwise } from './elementwise.js';
import { gather } from './gather.js';
import { losses } from './losses.js';
import { optimizers } from './optimizers.js';
import { products } from './products.js';
import { rectifiers, smoothActivations } from './sources.js';
import { tiles } from './tiles.js';

const kernelsOf = (sources: Readonly<Record<string, Source>>): string[] =>
  Object.entries(sources).map(([name, source]) => elementwise(name, source));

export const moduleText = (): string =>
  moduleOf(...products, gather, ...losses, ...optimizers, ...tiles, ...kernelsOf(rectifiers));

export const smoothText = (): string => moduleOf(...kernelsOf(smoothActivations));
