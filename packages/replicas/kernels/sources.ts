// The functions: core's activations, and what the losses are made of.
import { atLeast, expOf, type Lanes, log, type Source, type V } from '@rectify/lanes';
import { rectifiers as pieces } from '../../core/kernels/rectifiers.js';
import { smooth } from '../../core/kernels/smooth/index.js';
import { slopes } from './slopes.js';

/**
 * Functions that core computes in float64 to be within 2 ulp, and that stay so here: their squares, βx or angles may pass what float32
 * can hold.
 * The others are computed in float32, at half of the cost: they are off by at most 4e-7, or 4e-7 of f where that is larger than 1,
 * which a gradient of float32 has in any case.
 */
const wide = ['squareplus', 'softplusBeta', 'laplace', 'softcap', 'snake', 'xielu'];

const single = ([name, source]: [string, Source]): [string, Source] => {
  if (wide.includes(name)) return [name, source];
  const { wide: _, ...rest } = source;
  return [name, rest];
};

type Sources = Readonly<Record<string, Source>>;

/** The piecewise linear functions, by the kernel's name. Leaky ReLU is x times its slope, which is needed anyway. */
export const rectifiers: Sources = {
  ...pieces,
  leakyRelu: { ...pieces.leakyRelu, f: (k, x) => k.mul(x, k.let(pieces.leakyRelu.derivative(k, x))) },
};

/** The elementwise functions that are not piecewise linear, by the kernel's name. */
export const smoothActivations: Sources = Object.fromEntries(
  Object.entries(smooth)
    .map(([name, source]): [string, Source] => [
      name,
      { ...source, derivative: slopes[name] ?? source.derivative },
    ])
    .map(single),
);

/** Every elementwise function. */
export const activations: Sources = { ...rectifiers, ...smoothActivations };

const often = ['elu', 'selu', 'gelu', 'silu', 'tanh', 'sigmoid', 'softplus', 'mish'];
const seldom = [
  'celu',
  'exponential',
  'geluTanh',
  'swish',
  'softplusBeta',
  'tanhShrink',
  'logSigmoid',
  'squareplus',
  'quickGelu',
  'laplace',
  'softcap',
  'lisht',
  'snake',
  'xielu',
];

/**
 * How many vectors a kernel takes at a time, TOGETHER at most. Measured, 30 vectors at a time: three take half of the time of one by
 * one where there is an exp, two where registers run out or there is little to wait for; what is seldom used is kept small.
 */
export const togetherOf = (name: string): number =>
  often.includes(name) ? 3 : seldom.includes(name) ? 1 : 2;

/** What the losses call, each of one number: exp(x) for x ≤ 0, log x for x ≥ 1, 1/(1 + exp(−x)) and log(1 + exp x). */
export const scalars: Readonly<Record<'exp' | 'log' | 'logistic' | 'softplus', (k: Lanes, x: V) => V>> = {
  exp: (k, x) => expOf(k, atLeast(k, x)).value,
  log,
  logistic: (k, x) => smooth.sigmoid.f(k, x),
  softplus: (k, x) => smooth.softplus.f(k, x),
};
