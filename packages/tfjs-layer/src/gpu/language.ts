// A language for functions of float32 numbers that is both GLSL and WGSL: statements `let name = …;` and `return …;` over numbers with a
// point, the operators and functions that the two share, `select(no, yes, condition)`, and the functions below. `let` is WGSL; to
// GLSL it is a macro.
import { ATANH_REST, EXP_REST, EXP2_REST } from './coefficients.js';

export interface ShaderFunction {
  name: string;
  parameters: readonly string[];
  body: string;
}
export type Language = 'glsl' | 'wgsl';

/** A number as both languages write it. */
export const literal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : `${value}`);

/** Horner: Σ coefficients[k]·x^k, for the name of an x. */
export const polynomial = (coefficients: readonly number[], x: string): string =>
  coefficients.reduceRight((sum, c) => (sum ? `(${literal(c)} + ${x} * ${sum})` : literal(c)), '');

// ln 2 in two parts, the first so short that its product with a whole number is exact.
const reduced = 'let n = nearest(z * 1.4426950408889634); let r = (z - n * 0.693359375) + n * 2.1219444e-4;';

/**
 * What the two languages have too coarse (a GPU's own exp may be off by a hundred last places) or not at all. Near 0 all are
 * relatively accurate, and no step relies on NaN or ∞, which GPU compilers may assume never to occur.
 */
const library: readonly ShaderFunction[] = [
  {
    /** exp(r) − 1 for |r| ≤ ln 2/2 */
    name: 'expRest',
    parameters: ['r'],
    body: `return r + r * r * ${polynomial(EXP_REST, 'r')};`,
  },
  {
    /** exp(x); the power of two in two factors, since its exponent may be out of range. */
    name: 'expOf',
    parameters: ['x'],
    body: `let z = clamp(x, -110.0, 89.0); ${reduced} let m = floor(n * 0.5);
      return (1.0 + expRest(r)) * powerOf2(m) * powerOf2(n - m);`,
  },
  {
    /** exp(x) for x ≤ 0, and 0 where it would be subnormal; anything for x > 0 */
    name: 'expBelow0',
    parameters: ['x'],
    body: `let z = clamp(x, -87.3, 0.0); ${reduced}
      return select(powerOf2(n) + powerOf2(n) * expRest(r), 0.0, x < -87.3);`,
  },
  {
    /** exp(x) − 1 for x < 0, and anything for x ≥ 0. What x/ln 2 loses in its last place counts little, where exp(x) itself does. */
    name: 'expm1Of',
    parameters: ['x'],
    body: `let t = max(x, -25.0) * 1.4426950408889634; let n = nearest(t); let f = t - n; let power = powerOf2(n);
      return (power - 1.0) + power * (f * ${polynomial(EXP2_REST, 'f')});`,
  },
  {
    /** log(1 + e) for 0 ≤ e ≤ 1 */
    name: 'log1pOf',
    parameters: ['e'],
    body: `let s = e / (2.0 + e); let q = s * s; return 2.0 * s + 2.0 * s * q * ${polynomial(ATANH_REST, 'q')};`,
  },
  {
    name: 'logistic',
    parameters: ['x'],
    body: 'let e = expBelow0(-abs(x)); return select(1.0, e, x < 0.0) / (1.0 + e);',
  },
  {
    /** σ′ */
    name: 'logisticSlope',
    parameters: ['x'],
    body: 'let e = expBelow0(-abs(x)); return e / (1.0 + e) / (1.0 + e);',
  },
  {
    name: 'tanhOf',
    parameters: ['x'],
    body: `let e = expm1Of(-2.0 * abs(x)); let t = -e / (2.0 + e);
      return select(select(t, -t, x < 0.0), x, abs(x) < 1e-4);`,
  },
  {
    /** exp(−a²/2) for 0 ≤ a ≤ 15, the square in two parts, the first exact */
    name: 'gauss',
    parameters: ['a'],
    body: 'let h = firstHalf(a); return expBelow0(-0.5 * h * h) * expBelow0(-0.5 * (a - h) * (a + h));',
  },
];

/** `let` and `select` for GLSL. */
const prelude: Record<Language, string> = {
  glsl: '#define let float\nfloat select(float no, float yes, bool condition) { return condition ? yes : no; }',
  wgsl: '',
};

const bits3 = (with3: string, with1: string) => `
#if __VERSION__ >= 300
  ${with3}
#else
  ${with1}
#endif`;

/** What each language has to say in its own way; WebGL 1 knows no bits. */
const own: readonly { name: string; text: Record<Language, string> }[] = [
  {
    /** 2^n for a whole n ≥ −126 */
    name: 'powerOf2',
    text: {
      glsl: bits3(
        'float powerOf2(float n) { return intBitsToFloat((int(n) + 127) << 23); }',
        'float powerOf2(float n) { return exp2(n); }',
      ),
      wgsl: 'fn powerOf2(n: f32) -> f32 { return bitcast<f32>((i32(n) + 127) << 23u); }',
    },
  },
  {
    /** x rounded to a whole number; of halves either one. SwiftShader has `round` fast in one language and slow in the other. */
    name: 'nearest',
    text: {
      glsl: 'float nearest(float x) { return floor(x + 0.5); }',
      wgsl: 'fn nearest(x: f32) -> f32 { return round(x); }',
    },
  },
  {
    /** x without the lower half of its mantissa */
    name: 'firstHalf',
    text: {
      glsl: bits3(
        'float firstHalf(float x) { return uintBitsToFloat(floatBitsToUint(x) & 0xfffff000u); }',
        'float firstHalf(float x) { return floor(x * 256.0) / 256.0; }',
      ),
      wgsl: 'fn firstHalf(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) & 0xfffff000u); }',
    },
  },
];

const print: Record<Language, (f: ShaderFunction) => string> = {
  glsl: ({ name, parameters, body }) =>
    `float ${name}(${parameters.map((p) => `float ${p}`).join(', ')}) { ${body} }`,
  wgsl: ({ name, parameters, body }) =>
    `fn ${name}(${parameters.map((p) => `${p}: f32`).join(', ')}) -> f32 { ${body} }`,
};

/** The text of functions, each of which may call those before it and the library: short, since tfjs's webgl compares it at each call. */
export function shaderText(functions: readonly ShaderFunction[], language: Language): string {
  const called: ShaderFunction[] = [...functions];
  const isCalled = ({ name }: { name: string }) => called.some(({ body }) => body.includes(`${name}(`));
  for (const f of [...library].reverse()) if (isCalled(f)) called.unshift(f);
  const texts = [...own.filter(isCalled).map(({ text }) => text[language]), ...called.map(print[language])];
  return [prelude[language], ...texts].join('\n').replace(/ *\n */g, '\n');
}
