// What each elementwise function of `@rectify/core` is on a GPU, in the language of _language.ts. x is never NaN here; ±∞ it may be, so no
// product is formed of ∞ and 0 unless `select` leaves it out.
import type { Activation, ElementwiseName } from '@rectify/core';
import { EXPM1_MINUS_X, NORMAL_TAIL, SIN_REST, TANH_SHRINK } from './coefficients.js';
import { polynomial, type ShaderFunction } from './language.js';

interface Formula {
  /** The names of the numbers that f takes beside x. */
  parameters: readonly string[];
  f: string;
  derivative: string;
  /** f″, 0 by default. */
  second?: string;
  /** Functions that the three call. */
  parts?: readonly ShaderFunction[];
}
type Params = Record<string, number | string | null>;
type Numbers = readonly number[];

const SELU_SCALE = 1.0507009873554805;
const SELU_SCALE_ALPHA = 1.7580993408473768;
/** 2√(2/π): the tanh form of GELU is x·σ(z) with z = c·x·(1 + 0.044715·x²). */
const C = 1.5957691216057308;
const LARGEST = 3.4e38;

/** Φ(−a) for 0 ≤ a ≤ 15 */
const normalTail: ShaderFunction = {
  name: 'normalTail',
  parameters: ['a'],
  body: `let u = 1.5 / (a + 1.5); let t = u - 0.5; return ${polynomial(NORMAL_TAIL, 't')} * u * gauss(a);`,
};

/**
 * sin(z − nπ) for the whole n that makes it smallest: π in parts so short that their products with n are exact for n up to 4096; and
 * (−1)ⁿ.
 */
const waves: readonly ShaderFunction[] = [
  {
    name: 'reducedSine',
    parameters: ['z'],
    body: `let n = nearest(z * 0.3183098861837907);
      let r = (((z - n * 3.140625) - n * 9.67502593994140625e-4) - n * 1.509957990978376432e-7); let q = r * r;
      return r + r * q * ${polynomial(SIN_REST, 'q')};`,
  },
  {
    name: 'signOfTurn',
    parameters: ['z'],
    body: `let h = 0.5 * nearest(z * 0.3183098861837907); return select(-1.0, 1.0, h == floor(h));`,
  },
];

/** From here on a float32 says too little about where in the wave it is: the sine counts by its mean. */
const WAVE_LIMIT = 4096;

const formulas = {
  linear: { parameters: [], f: 'return x;', derivative: 'return 1.0;' },
  leaky: {
    parameters: ['slope'],
    f: 'return select(x, select(slope * x, 0.0, slope == 0.0), x < 0.0);',
    derivative: 'return select(slope, 1.0, x > 0.0);',
  },
  /** A limit below 0 is none. */
  relu: {
    parameters: ['slope', 'limit', 'threshold'],
    f: `let low = select(slope * (x - threshold), 0.0, slope == 0.0);
      let high = select(x, limit, limit >= 0.0 && x >= limit);
      return select(high, low, x < threshold || (x == threshold && threshold > 0.0));`,
    derivative: `let high = select(1.0, 0.0, limit >= 0.0 && x >= limit);
      return select(slope, high, x > threshold);`,
  },
  threshold: {
    parameters: ['threshold', 'value'],
    f: 'return select(x, value, x <= threshold);',
    derivative: 'return select(0.0, 1.0, x > threshold);',
  },
  elu: {
    parameters: ['alpha'],
    f: 'return select(alpha * expm1Of(x), x, x >= 0.0);',
    derivative: 'return select(alpha * expBelow0(x), 1.0, x > 0.0);',
    second: 'return select(alpha * expBelow0(x), 0.0, x > 0.0);',
  },
  selu: {
    parameters: [],
    f: `return select(${SELU_SCALE_ALPHA} * expm1Of(x), ${SELU_SCALE} * x, x >= 0.0);`,
    derivative: `return select(${SELU_SCALE_ALPHA} * expBelow0(x), ${SELU_SCALE}, x > 0.0);`,
    second: `return select(${SELU_SCALE_ALPHA} * expBelow0(x), 0.0, x > 0.0);`,
  },
  celu: {
    parameters: ['alpha'],
    f: 'return select(alpha * expm1Of(x / alpha), x, x >= 0.0);',
    derivative: 'return select(expBelow0(x / alpha), 1.0, x > 0.0);',
    second: 'return select(expBelow0(x / alpha) / alpha, 0.0, x > 0.0);',
  },
  gelu: {
    parameters: [],
    parts: [normalTail],
    f: `let tail = normalTail(min(abs(x), 15.0));
      return select(x * (1.0 - tail), max(x, -15.0) * tail, x < 0.0);`,
    derivative: `let a = min(abs(x), 15.0); let low = normalTail(a) - a * 0.3989422804014327 * gauss(a);
      return select(1.0 - low, low, x < 0.0);`,
    second: `let a = min(abs(x), 15.0); return 0.3989422804014327 * gauss(a) * (2.0 - a * a);`,
  },
  geluTanh: {
    parameters: [],
    f: `let own = clamp(x, -11.5, 11.5); let z = ${C} * own * (1.0 + 0.044715 * own * own);
      return select(own * logistic(z), x, x > 11.5);`,
    derivative: `let own = clamp(x, -11.5, 11.5); let z = ${C} * own * (1.0 + 0.044715 * own * own);
      return logistic(z) * (1.0 + ${C} * own * (1.0 + 0.134145 * own * own) * logistic(-z));`,
    second: `let own = clamp(x, -11.5, 11.5); let z = ${C} * own * (1.0 + 0.044715 * own * own);
      let dz = ${C} * (1.0 + 0.134145 * own * own); let s = logistic(z);
      return logisticSlope(z) * (2.0 * dz + own * (dz * dz * (1.0 - 2.0 * s) + ${C} * 0.26829 * own));`,
  },
  silu: {
    parameters: ['beta'],
    f: `return max(x, -${LARGEST}) * logistic(beta * x);`,
    derivative: `let z = clamp(beta * x, -110.0, 110.0); return logistic(z) * (1.0 + z * logistic(-z));`,
    second: `let z = clamp(beta * x, -110.0, 110.0);
      return beta * logisticSlope(z) * (2.0 + z * (1.0 - 2.0 * logistic(z)));`,
  },
  hardSilu: {
    parameters: [],
    f: 'return select(select(x * (x + 3.0) / 6.0, x, x >= 3.0), 0.0, x <= -3.0);',
    derivative: 'return select(select((2.0 * x + 3.0) / 6.0, 1.0, x >= 3.0), 0.0, x <= -3.0);',
    second: 'return select(0.0, 1.0 / 3.0, abs(x) < 3.0);',
  },
  /** With e = exp(−|x|): tanh(log(1 + exp x)) is e(e + 2)/(e(e + 2) + 2) for x < 0, (1 + 2e)/(1 + 2e + 2e²) for x ≥ 0. */
  mish: {
    parameters: [],
    parts: [
      {
        name: 'tanhOfSoftplus',
        parameters: ['x'],
        body: `let e = expBelow0(-abs(x)); let low = e * (e + 2.0); let high = 1.0 + 2.0 * e;
          return select(high / (high + 2.0 * e * e), low / (low + 2.0), x < 0.0);`,
      },
    ],
    f: `return max(x, -${LARGEST}) * tanhOfSoftplus(x);`,
    derivative: `let own = clamp(x, -110.0, 110.0); let e = expBelow0(-abs(own));
      let low = e * (e + 2.0) + 2.0; let high = 1.0 + 2.0 * e + 2.0 * e * e;
      return select(((1.0 + 2.0 * e) * high + 4.0 * own * e * e * (e + 1.0)) / (high * high),
        e * (((e + 2.0) * low + 4.0 * own * (1.0 + e)) / (low * low)), x < 0.0);`,
    second: `let own = clamp(x, -110.0, 110.0); let t = tanhOfSoftplus(own); let s = logistic(own);
      return (1.0 - t * t) * (2.0 * s + own * (logisticSlope(own) - 2.0 * t * s * s));`,
  },
  softplus: {
    parameters: ['beta', 'threshold'],
    f: `let z = beta * x;
      return select((max(z, 0.0) + log1pOf(expBelow0(-abs(z)))) / beta, x, z > threshold);`,
    derivative: 'return select(logistic(beta * x), 1.0, beta * x > threshold);',
    second: 'return select(beta * logisticSlope(beta * x), 0.0, beta * x > threshold);',
  },
  /** From 1e9 on, |x| + 1 is |x|; near the largest numbers a GPU's quotient may be 0. */
  softsign: {
    parameters: [],
    f: 'let own = clamp(x, -1e9, 1e9); return own / (1.0 + abs(own));',
    derivative: 'let d = 1.0 / (1.0 + abs(x)); return d * d;',
    second: 'let d = 1.0 / (1.0 + abs(x)); return select(-2.0, 2.0, x < 0.0) * d * d * d;',
  },
  squareplus: {
    parameters: ['b'],
    parts: [
      {
        /** √(x² + b); above 1e18 b no longer counts and x² would overflow, and √x² loses digits where x² is subnormal. */
        name: 'rootOf',
        parameters: ['x', 'b'],
        body: 'let own = min(abs(x), 1e18); return select(max(sqrt(own * own + b), own), abs(x), abs(x) > 1e18);',
      },
      {
        name: 'squareplusOf',
        parameters: ['x', 'r', 'b'],
        body: 'return select(0.5 * x + 0.5 * r, 0.25 * b / (0.5 * r - 0.5 * x), x < 0.0);',
      },
    ],
    f: 'return squareplusOf(x, rootOf(x, b), b);',
    derivative: `let own = clamp(x, -1e30, 1e30); let r = rootOf(own, b);
      return select(squareplusOf(own, r, b) / r, 0.5, r == 0.0);`,
    second: 'let r = rootOf(x, b); return select(0.5 * b / r / r / r, 0.0, r == 0.0);',
  },
  sparsePlus: {
    parameters: [],
    f: 'return select(select(0.25 * (x + 1.0) * (x + 1.0), x, x >= 1.0), 0.0, x <= -1.0);',
    derivative: 'return clamp(0.5 * (x + 1.0), 0.0, 1.0);',
    second: 'return select(0.0, 0.5, abs(x) < 1.0);',
  },
  sigmoid: {
    parameters: [],
    f: 'return logistic(x);',
    derivative: 'return logisticSlope(x);',
    second: 'return logisticSlope(x) * (1.0 - 2.0 * logistic(x));',
  },
  logSigmoid: {
    parameters: [],
    f: 'return min(x, 0.0) - log1pOf(expBelow0(-abs(x)));',
    derivative: 'return logistic(-x);',
    second: 'return -logisticSlope(x);',
  },
  /** slope·(x − low), where it crosses 0, in two parts: right near there. It crosses 1 at high. */
  hardSigmoid: {
    parameters: ['slope', 'low', 'lowRest', 'high', 'highRest'],
    f: `let above = (x - low) - lowRest; let below = (x - high) - highRest;
      return select(select(min(slope * above, 1.0), 1.0, below >= 0.0), 0.0, above <= 0.0);`,
    derivative: `let above = (x - low) - lowRest; let below = (x - high) - highRest;
      return select(0.0, slope, above > 0.0 && below < 0.0);`,
  },
  tanh: {
    parameters: [],
    f: 'return tanhOf(x);',
    derivative: 'return 4.0 * logisticSlope(2.0 * x);',
    second: 'return -8.0 * tanhOf(x) * logisticSlope(2.0 * x);',
  },
  hardTanh: {
    parameters: ['low', 'high'],
    f: 'return select(select(x, high, x >= high), low, x <= low);',
    derivative: 'return select(0.0, 1.0, x > low && x < high);',
  },
  tanhShrink: {
    parameters: [],
    f: `let a = abs(x); let e = expBelow0(-2.0 * a); let q = min(a, 1.0) * min(a, 1.0);
      let far = (a - 1.0) + 2.0 * e / (1.0 + e);
      return select(select(far, -far, x < 0.0), x * q * ${polynomial(TANH_SHRINK, 'q')}, a < 1.0);`,
    derivative: 'let t = tanhOf(x); return t * t;',
    second: 'return 8.0 * tanhOf(x) * logisticSlope(2.0 * x);',
  },
  softShrink: {
    parameters: ['lambda'],
    f: 'return select(select(select(0.0, x, x == 0.0), x - lambda, x > lambda), x + lambda, x < -lambda);',
    derivative: 'return select(0.0, 1.0, abs(x) > lambda);',
  },
  hardShrink: {
    parameters: ['lambda'],
    f: 'return select(0.0, x, abs(x) > lambda || x == 0.0);',
    derivative: 'return select(0.0, 1.0, abs(x) > lambda);',
  },
  reluSquared: {
    parameters: [],
    f: 'let own = max(x, 0.0); return own * own;',
    derivative: 'return 2.0 * max(x, 0.0);',
    second: 'return select(0.0, 2.0, x > 0.0);',
  },
  laplace: {
    parameters: ['mu', 'sigma'],
    parts: [normalTail],
    f: `let z = (x - mu) / sigma; let tail = normalTail(min(abs(z), 15.0));
      return select(1.0 - tail, tail, z < 0.0);`,
    derivative: 'return 0.3989422804014327 * gauss(min(abs((x - mu) / sigma), 15.0)) / sigma;',
    second: `let z = clamp((x - mu) / sigma, -15.0, 15.0);
      return -0.3989422804014327 * z * gauss(abs(z)) / sigma / sigma;`,
  },
  /** Down to −1 x·(w·x + β), where (eˣ − 1 − x)/x² comes from its series. */
  xielu: {
    parameters: ['alphaP', 'alphaN', 'beta'],
    f: `let own = clamp(x, -1.0, 0.0); let w = select(alphaN * ${polynomial(EXPM1_MINUS_X, 'own')}, alphaP, x > 0.0);
      let slope = beta - alphaN; let low = alphaN * expm1Of(x) + select(slope * x, 0.0, slope == 0.0);
      return select(x * (w * x + beta), low, x < -1.0);`,
    derivative: `let low = select(alphaN * expm1Of(x) + beta, alphaN * expBelow0(x) + (beta - alphaN), x < -1.0);
      return select(low, 2.0 * (alphaP * x) + beta, x > 0.0);`,
    second: 'return select(alphaN * expBelow0(x), 2.0 * alphaP, x > 0.0);',
  },
  /** cap·tanh(x/cap); a quotient that a GPU takes for 0 is no matter: x is as small. */
  softcap: {
    parameters: ['cap'],
    f: 'return select(cap * tanhOf(x / cap), x, abs(x) < 1e-4 * cap);',
    derivative: 'return 4.0 * logisticSlope(2.0 * (x / cap));',
    second: 'let z = x / cap; return -8.0 * tanhOf(z) * logisticSlope(2.0 * z) / cap;',
  },
  lisht: {
    parameters: [],
    f: 'return x * tanhOf(x);',
    derivative: 'let own = clamp(x, -50.0, 50.0); return tanhOf(own) + 4.0 * own * logisticSlope(2.0 * own);',
    second: `let own = clamp(x, -50.0, 50.0);
      return 8.0 * logisticSlope(2.0 * own) * (1.0 - own * tanhOf(own));`,
  },
  snake: {
    parameters: ['alpha'],
    parts: waves,
    f: `let z = alpha * x; let s = reducedSine(clamp(z, -4e6, 4e6));
      return x + select(s * s, 0.5, abs(z) >= 4e6) / alpha;`,
    derivative: `let z = 2.0 * (alpha * x); let own = clamp(z, -${WAVE_LIMIT}.0, ${WAVE_LIMIT}.0);
      return 1.0 + select(reducedSine(own) * signOfTurn(own), 0.0, abs(z) >= ${WAVE_LIMIT}.0);`,
    second: `let z = 2.0 * (alpha * x); let own = clamp(z, -${WAVE_LIMIT}.0, ${WAVE_LIMIT}.0) + 1.5707963267948966;
      return 2.0 * alpha * select(reducedSine(own) * signOfTurn(own), 0.0, abs(z) >= ${WAVE_LIMIT}.0);`,
  },
  exponential: {
    parameters: [],
    f: 'return expOf(x);',
    derivative: 'return expOf(x);',
    second: 'return expOf(x);',
  },
  step: {
    parameters: ['alpha'],
    f: 'return select(alpha, 1.0, x > 0.0);',
    derivative: 'return 0.0;',
  },
} as const satisfies Record<string, Formula>;

export type FormulaName = keyof typeof formulas;

export const formulaOf = (name: FormulaName): Formula => formulas[name];

/** A formula, and its parameters as numbers. */
export interface Bound {
  formula: FormulaName;
  numbers: Numbers;
}

const number = (params: Params, name: string) => params[name] as number;
const bound = (formula: FormulaName, ...numbers: number[]): Bound => ({ formula, numbers });

/** A number in two float32 parts. */
const split = (value: number): [number, number] => [Math.fround(value), value - Math.fround(value)];

function hardSigmoid(slope: number, offset: number): Bound {
  // As in core, float32 arrays see float32 parameters, but for 1/6, whose kinks are ±3.
  const sixth = slope === 1 / 6 && offset === 0.5;
  const [a, b] = sixth ? [1 / 6, 0.5] : [Math.fround(slope), Math.fround(offset)];
  return bound('hardSigmoid', a, ...split(-b / a), ...split((1 - b) / a));
}

/** Core's functions by name, with its parameters. */
const byName: Record<ElementwiseName, (params: Params) => Bound> = {
  linear: () => bound('linear'),
  relu: (p) =>
    bound('relu', number(p, 'negativeSlope'), (p.maxValue as number | null) ?? -1, number(p, 'threshold')),
  leaky_relu: (p) => bound('leaky', number(p, 'negativeSlope')),
  prelu: (p) => bound('leaky', number(p, 'negativeSlope')),
  rrelu: (p) => bound('leaky', (number(p, 'lower') + number(p, 'upper')) / 2),
  relu_squared: () => bound('reluSquared'),
  relu6: () => bound('relu', 0, 6, 0),
  threshold: (p) => bound('threshold', number(p, 'threshold'), number(p, 'value')),
  thresholded_relu: (p) => bound('threshold', number(p, 'theta'), 0),
  elu: (p) => bound('elu', number(p, 'alpha')),
  xielu: (p) => bound('xielu', number(p, 'alphaP'), number(p, 'alphaN'), number(p, 'beta')),
  selu: () => bound('selu'),
  celu: (p) => bound('celu', number(p, 'alpha')),
  gelu: (p) => bound(p.approximate === 'tanh' ? 'geluTanh' : 'gelu'),
  quick_gelu: () => bound('silu', 1.702),
  silu: (p) => bound('silu', number(p, 'beta')),
  hard_silu: () => bound('hardSilu'),
  mish: () => bound('mish'),
  softplus: (p) => bound('softplus', number(p, 'beta'), (p.threshold as number | null) ?? LARGEST),
  softsign: () => bound('softsign'),
  squareplus: (p) => bound('squareplus', number(p, 'b')),
  sparse_plus: () => bound('sparsePlus'),
  sigmoid: () => bound('sigmoid'),
  log_sigmoid: () => bound('logSigmoid'),
  laplace: (p) => bound('laplace', number(p, 'mu'), number(p, 'sigma')),
  hard_sigmoid: (p) => hardSigmoid(number(p, 'slope'), number(p, 'offset')),
  sparse_sigmoid: () => hardSigmoid(0.5, 0.5),
  tanh: () => bound('tanh'),
  hard_tanh: (p) => bound('hardTanh', number(p, 'minValue'), number(p, 'maxValue')),
  softcap: (p) => bound('softcap', number(p, 'cap')),
  lisht: () => bound('lisht'),
  tanh_shrink: () => bound('tanhShrink'),
  soft_shrink: (p) => bound('softShrink', number(p, 'lambda')),
  hard_shrink: (p) => bound('hardShrink', number(p, 'lambda')),
  snake: (p) => bound('snake', number(p, 'alpha')),
  exponential: () => bound('exponential'),
  step: (p) => bound('step', number(p, 'alpha')),
};

/** The formula of a function of core. */
export const boundOf = (f: Activation): Bound => byName[f.name as ElementwiseName](f.params as Params);
