// The functions: core's activations, and what the losses are made of.
import { atLeast, expOf, type Lanes, log, type Source, type V } from '@rectify/lanes';
import { rectifiers } from '../../core/kernels/rectifiers.js';
import { smooth } from '../../core/kernels/smooth/index.js';

/** Every elementwise function, by the kernel's name. */
export const activations: Readonly<Record<string, Source>> = { ...rectifiers, ...smooth };

/** What the losses call, each of one number: exp(x) for x ≤ 0, log x for x ≥ 1, 1/(1 + exp(−x)) and log(1 + exp x). */
export const scalars: Readonly<Record<'exp' | 'log' | 'logistic' | 'softplus', (k: Lanes, x: V) => V>> = {
  exp: (k, x) => expOf(k, atLeast(k, x)).value,
  log,
  logistic: (k, x) => smooth.sigmoid.f(k, x),
  softplus: (k, x) => smooth.softplus.f(k, x),
};
