// Which kernel computes an activation, and with what parameters.
import { type ActivationJson, vectorActivationNames } from '@rectify/core/js';
import { show } from '../check/arguments.js';

/** A kernel of kernels/activations.ts with its parameters. */
export interface Program {
  readonly kernel: string;
  readonly args: readonly number[];
}

type Value = (name: string) => number;
type Maker = (value: Value, params: Readonly<Record<string, unknown>>) => Program;

const plain =
  (kernel: string): Maker =>
  () => ({ kernel, args: [] });
const withParams =
  (kernel: string, ...names: string[]): Maker =>
  (value) => ({ kernel, args: names.map(value) });

const leaky = (slope: number): Program =>
  slope === 0 ? { kernel: 'relu', args: [Number.NaN, 0] } : { kernel: 'leakyRelu', args: [slope] };

const makers: Readonly<Record<string, Maker>> = {
  linear: plain('linear'),
  // Nothing reaches a limit of NaN.
  relu: (value, { maxValue }) => {
    const limit = maxValue === null ? Number.NaN : value('maxValue');
    const slope = value('negativeSlope');
    return slope === 0
      ? { kernel: 'relu', args: [limit, value('threshold')] }
      : { kernel: 'reluSlope', args: [limit, value('threshold'), slope] };
  },
  leaky_relu: (value) => leaky(value('negativeSlope')),
  prelu: (value) => leaky(value('negativeSlope')),
  rrelu: (value) => leaky((value('lower') + value('upper')) / 2),
  relu_squared: plain('reluSquared'),
  relu6: () => ({ kernel: 'relu', args: [6, 0] }),
  threshold: withParams('threshold', 'threshold', 'value'),
  thresholded_relu: (value) => ({ kernel: 'threshold', args: [value('theta'), 0] }),
  elu: withParams('elu', 'alpha'),
  xielu: withParams('xielu', 'alphaP', 'alphaN', 'beta'),
  selu: plain('selu'),
  celu: (value) => ({ kernel: value('alpha') === 1 ? 'elu' : 'celu', args: [value('alpha')] }),
  gelu: (_, { approximate }) => ({ kernel: approximate === 'tanh' ? 'geluTanh' : 'gelu', args: [] }),
  silu: (value) =>
    value('beta') === 1 ? { kernel: 'silu', args: [] } : { kernel: 'swish', args: [value('beta')] },
  quick_gelu: plain('quickGelu'),
  hard_silu: plain('hardSilu'),
  mish: plain('mish'),
  softplus: (value, { threshold }) =>
    value('beta') === 1 && threshold === null
      ? { kernel: 'softplus', args: [] }
      : {
          kernel: 'softplusBeta',
          args: [value('beta'), threshold === null ? Number.POSITIVE_INFINITY : value('threshold')],
        },
  softsign: plain('softsign'),
  squareplus: withParams('squareplus', 'b'),
  sparse_plus: plain('sparsePlus'),
  sigmoid: plain('sigmoid'),
  log_sigmoid: plain('logSigmoid'),
  laplace: withParams('laplace', 'mu', 'sigma'),
  hard_sigmoid: (value) =>
    value('slope') === 1 / 6 && value('offset') === 0.5
      ? { kernel: 'hardSigmoid', args: [] }
      : { kernel: 'hardSigmoidLine', args: [value('slope'), value('offset')] },
  sparse_sigmoid: plain('sparseSigmoid'),
  tanh: plain('tanh'),
  hard_tanh: withParams('hardTanh', 'minValue', 'maxValue'),
  softcap: withParams('softcap', 'cap'),
  lisht: plain('lisht'),
  tanh_shrink: plain('tanhShrink'),
  soft_shrink: withParams('softShrink', 'lambda'),
  hard_shrink: withParams('hardShrink', 'lambda'),
  snake: withParams('snake', 'alpha'),
  exponential: plain('exponential'),
  step: withParams('step', 'alpha'),
};

const overVectors: readonly string[] = vectorActivationNames;

/** The program of an activation of `@rectify/core`, or of its JSON. */
export function programOf(argument: string, activation: unknown): Program {
  const given = typeof activation === 'function' || (typeof activation === 'object' && activation !== null);
  const { name, params = {} } = (given ? activation : {}) as Partial<ActivationJson>;
  if (typeof name !== 'string')
    throw new TypeError(
      `${argument} must be a function of @rectify/core, as relu(), or its JSON, got ${show(activation)}`,
    );
  if (overVectors.includes(name))
    throw new RangeError(`${argument} must be an elementwise function, got ${name}, which works on vectors`);
  if (!Object.hasOwn(makers, name))
    throw new RangeError(`${argument} must be one of ${Object.keys(makers).join(', ')}, got ${show(name)}`);
  const own = params as Readonly<Record<string, unknown>>;
  const value = (param: string): number => {
    const number = own[param];
    if (typeof number !== 'number' || !Number.isFinite(Math.fround(number)))
      throw new TypeError(
        `${argument}: ${name}'s ${param} must be a number of float32's range, got ${show(number)}`,
      );
    return number;
  };
  return makers[name](value, own);
}
