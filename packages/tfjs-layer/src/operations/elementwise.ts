import type { Activation } from '@rectify/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as fast from '../fast/elementwise.js';
import * as gpu from '../gpu/elementwise.js';
import { type Operation, run } from './operation.js';

type Attributes = { f: Activation };

const ACTIVATION: Operation<Attributes> = {
  name: 'RectifyActivation',
  fast: (backend, { x }, { f }) => fast.activate(backend, f, x),
  gpu: (backend, { x }, { f }) => gpu.activate(backend, f, x),
  gradient: () => ({
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attrs) => ({ x: () => run(GRADIENT, { x, dy: dy as Tensor }, of(attrs)) }),
  }),
};

const GRADIENT: Operation<Attributes> = {
  name: 'RectifyActivationGrad',
  fast: (backend, { x, dy }, { f }) => fast.gradient(backend, f, x, dy),
  gpu: (backend, { x, dy }, { f }) => gpu.gradient(backend, f, x, dy),
  gradient: () => ({
    inputsToSave: ['x', 'dy'],
    gradFunc: (ddx, [x, dy], attrs) => ({
      x: () => run(SECOND_GRADIENT, { x, dy, ddx: ddx as Tensor }, of(attrs)),
      dy: () => run(GRADIENT, { x, dy: ddx as Tensor }, of(attrs)),
    }),
  }),
};

const SECOND_GRADIENT: Operation<Attributes> = {
  name: 'RectifyActivationGradGrad',
  fast: (backend, { x, dy, ddx }, { f }) => fast.secondGradient(backend, f, x, dy, ddx),
  gpu: (backend, { x, dy, ddx }, { f }) => gpu.secondGradient(backend, f, x, dy, ddx),
};

/** The attributes as they were given to `run`; tfjs's types know no functions among them. */
const of = (attrs: object): Attributes => attrs as Attributes;

/** f of every element of a float32 tensor. */
export const elementwise = (f: Activation, x: Tensor): Tensor => run(ACTIVATION, { x }, { f });

/** dy · f′(x) of every element of float32 tensors. */
export const activationGradient = (f: Activation, x: Tensor, dy: Tensor): Tensor =>
  run(GRADIENT, { x, dy }, { f });

const PIECEWISE_LINEAR = ['linear', 'leaky_relu', 'prelu', 'relu', 'relu6'];

/** Whether f′ is the same function of f(x) as of x, so that a gradient needs the output alone. */
export function derivativeOfOutput({ name, params }: Activation): boolean {
  if (!PIECEWISE_LINEAR.includes(name)) return false;
  // Without a prototype, so that nothing is taken for a parameter that somebody put there.
  const own = { __proto__: null, ...(params as { negativeSlope?: number; threshold?: number }) };
  return (own.negativeSlope ?? 0) >= 0 && (own.threshold ?? 0) === 0;
}
