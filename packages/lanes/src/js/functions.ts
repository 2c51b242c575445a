// JavaScript functions of a source, as TypeScript text.
import type { Lanes, LaneType, V } from '../language/lanes.js';
import type { Source } from '../language/source.js';
import { JsLanes, jsFloat } from './js-lanes.js';

/** What the functions call; it stands once before them. */
export const jsPrelude = `const { fround } = Math;
// One number as float64, or as two float32 or integers: the lower bits are first, on every machine that engines of today run on.
const doubles = new Float64Array(1);
const floats = new Float32Array(doubles.buffer);
const integers = new Int32Array(doubles.buffer);

/** The bits of a float32 as an integer, and back. */
const bitsOf = (x: number): number => {
  floats[0] = x;
  return integers[0];
};
const floatOf = (bits: number): number => {
  integers[0] = bits;
  return floats[0];
};

/** The lowest 12 bits of a float64, as sign and exponent of another. */
const exponentOf = (x: number): number => {
  doubles[0] = x;
  integers[1] = integers[0] << 20;
  integers[0] = 0;
  return doubles[0];
};

/** b < a ? b : a and a < b ? b : a: NaN in a stays. */
const lesser = (a: number, b: number): number => (b < a ? b : a);
const greater = (a: number, b: number): number => (a < b ? b : a);

/** |x| with the sign of s. */
const withSign = (x: number, s: number): number =>
  s < 0 || (s === 0 && 1 / s < 0) ? -Math.abs(x) : Math.abs(x);
`;

/** A function of one number, as the text of a constant. */
export function jsScalar(name: string, f: (k: Lanes, x: V) => V): string {
  const k = new JsLanes('f32x4');
  const value = k.float(f(k, jsFloat('x')));
  return `export const ${name} = (x: number): number => {\n${k.statementsFor(value)}\nreturn ${value};\n};`;
}

/**
 * The float32 kernel of a source over the elements of an array, as the text of a method: a[i] = f(z[i]) and z[i] = f′(z[i]), for
 * (f, z, a, n, …parameters), where f is the array and the rest are indexes.
 */
export function jsElementwise(name: string, source: Source): string {
  const isWide = source.wide === 'both';
  const type: LaneType = isWide ? 'f64x2' : 'f32x4';
  const params = Array.from({ length: source.params }, (_, i) => i);
  const k = new JsLanes(type, {
    params: params.map((i) => jsFloat(`q${i}`)),
    grade: 32,
    crowded: isWide && source.crowded === true,
    once: true,
  });
  const narrow = (part: 'f' | 'derivative'): string => {
    const value = k.float(k.let(source[part](k, jsFloat('own'))));
    return isWide ? `fround(${value})` : value;
  };
  const [value, slope] = [narrow('f'), narrow('derivative')];
  const statements = k.statementsFor(`${value} ${slope}`);
  const isUsed = (i: number): boolean => new RegExp(`\\bq${i}\\b`).test(statements + value + slope);
  // TypeScript lets a parameter be unused whose name begins so.
  const given = params.map((i) => `, ${isUsed(i) ? '' : '_'}p${i}: number`).join('');
  return `${name}(f: Float32Array, z: number, a: number, n: number${given}): void {
${params
  .filter(isUsed)
  .map((i) => `const q${i} = fround(p${i});`)
  .join('\n')}
for (let i = 0; i < n; i++) {
const own = f[z + i];
${statements}
f[a + i] = ${value};
f[z + i] = ${slope};
}
}`;
}
