// The emitter of JavaScript: an expression is the text of one, over a single lane. Math.fround after each operation rounds to float32
// what WebAssembly's f32x4 rounds, so that both give the same bits; float64 lanes need nothing.
import { Lanes, type V } from '../language/lanes.js';

/**
 * What an expression is to JavaScript: a number; a condition; or the 32 bits of a lane as an integer. `pattern` is the one that `bits`
 * was given, `exact` the text of a number before it is rounded.
 */
interface Expression {
  readonly text: string;
  readonly kind: 'float' | 'mask' | 'bits';
  readonly pattern?: number | bigint;
  readonly exact?: string;
}

const asV = (expression: Expression): V => expression as unknown as V;
const own = (v: V): Expression => v as unknown as Expression;
const float = (text: string): V => asV({ text, kind: 'float' });
const mask = (text: string): V => asV({ text, kind: 'mask' });
const bits = (text: string): V => asV({ text, kind: 'bits' });

/** A number as JavaScript writes it. */
function literal(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? String(value) : value > 0 ? 'Infinity' : '-Infinity';
}

const SIGNS: readonly (number | bigint | undefined)[] = [0x80000000, 0x8000000000000000n];
const isSign = (v: V): boolean => SIGNS.includes(own(v).pattern);

/** An expression of a local, for what the emitter of a loop declares itself. */
export const jsFloat = float;

export class JsLanes extends Lanes {
  private readonly evaluated: { name: string; text: string; kind: Expression['kind'] }[] = [];

  /** The lane as a number, as text. */
  float(v: V): string {
    const { text, kind } = own(v);
    if (kind === 'float') return text;
    if (!this.single) throw new Error(`no float64 is made of ${text}: JavaScript has no 64-bit integers`);
    return kind === 'bits' ? `floatOf(${text})` : `floatOf(${this.integer(v)})`;
  }

  /** The lane's 32 bits as an integer, as text. */
  private integer(v: V): string {
    const { text, kind } = own(v);
    if (kind === 'bits') return text;
    if (!this.single) throw new Error(`${text} has no bits here: JavaScript has no 64-bit integers`);
    return kind === 'float' ? `bitsOf(${text})` : `(${text} ? -1 : 0)`;
  }

  /** Rounded as the lane is. */
  private rounded(text: string): V {
    const exact = `(${text})`;
    return this.single ? asV({ text: `fround(${text})`, kind: 'float', exact }) : float(exact);
  }

  /** Math.fround takes longer than the operation before it. */
  override exact(result: V): V {
    const { text, exact = text } = own(result);
    return float(exact);
  }

  /** The statements that `result` needs, in order. */
  statementsFor(result: string): string {
    const needed: string[] = [];
    let rest = result;
    for (const { name, text } of [...this.evaluated].reverse()) {
      if (!new RegExp(`\\b${name}\\b`).test(rest)) continue;
      needed.unshift(`const ${name} = ${text};`);
      rest += ` ${text}`;
    }
    return needed.join('\n');
  }

  let(v: V): V {
    const { text, kind } = own(v);
    const known = this.once && this.evaluated.find((one) => one.text === text && one.kind === kind);
    if (known) return asV({ text: known.name, kind });
    const name = `v${this.evaluated.length}`;
    this.evaluated.push({ name, text, kind });
    return asV({ text: name, kind });
  }

  c(value: number): V {
    return float(literal(this.single ? Math.fround(value) : value));
  }

  bits(value: number | bigint): V {
    return asV({ text: this.single ? String(Number(value) | 0) : '', kind: 'bits', pattern: value });
  }

  add(a: V, b: V): V {
    return this.rounded(`${this.float(a)} + ${this.float(b)}`);
  }
  sub(a: V, b: V): V {
    return this.rounded(`${this.float(a)} - ${this.float(b)}`);
  }
  mul(a: V, b: V): V {
    return this.rounded(`${this.float(a)} * ${this.float(b)}`);
  }
  div(a: V, b: V): V {
    return this.rounded(`${this.float(a)} / ${this.float(b)}`);
  }
  sqrt(a: V): V {
    return this.rounded(`Math.sqrt(${this.float(a)})`);
  }
  abs(a: V): V {
    return float(`Math.abs(${this.float(a)})`);
  }
  neg(a: V): V {
    return float(`(-${this.float(a)})`);
  }
  pmin(a: V, b: V): V {
    return float(`lesser(${this.float(a)}, ${this.float(b)})`);
  }
  pmax(a: V, b: V): V {
    return float(`greater(${this.float(a)}, ${this.float(b)})`);
  }

  private compare(operator: string, a: V, b: V): V {
    return mask(`(${this.float(a)} ${operator} ${this.float(b)})`);
  }
  lt(a: V, b: V): V {
    return this.compare('<', a, b);
  }
  gt(a: V, b: V): V {
    return this.compare('>', a, b);
  }
  le(a: V, b: V): V {
    return this.compare('<=', a, b);
  }
  ge(a: V, b: V): V {
    return this.compare('>=', a, b);
  }
  eq(a: V, b: V): V {
    return this.compare('===', a, b);
  }

  select(condition: V, a: V, b: V): V {
    if (isSign(condition)) return float(`withSign(${this.float(b)}, ${this.float(a)})`);
    if (own(condition).kind === 'mask')
      return own(a).kind === 'mask' && own(b).kind === 'mask'
        ? mask(`(${own(condition).text} ? ${own(a).text} : ${own(b).text})`)
        : float(`(${own(condition).text} ? ${this.float(a)} : ${this.float(b)})`);
    const pattern = this.integer(condition);
    return bits(`((${pattern} & ${this.integer(a)}) | (~${pattern} & ${this.integer(b)}))`);
  }

  and(a: V, b: V): V {
    const [x, y] = own(a).kind === 'mask' ? [own(a), own(b)] : [own(b), own(a)];
    if (x.kind !== 'mask') return bits(`(${this.integer(a)} & ${this.integer(b)})`);
    if (y.kind === 'mask') return mask(`(${x.text} && ${y.text})`);
    return asV({ text: `(${x.text} ? ${y.text} : 0)`, kind: y.kind });
  }
  or(a: V, b: V): V {
    if (own(a).kind === 'mask' && own(b).kind === 'mask') return mask(`(${own(a).text} || ${own(b).text})`);
    if (own(a).kind === 'float' && isSign(b)) return float(`(-Math.abs(${own(a).text}))`);
    return bits(`(${this.integer(a)} | ${this.integer(b)})`);
  }
  xor(a: V, b: V): V {
    if (own(a).kind === 'mask' && own(b).kind === 'mask') return mask(`(${own(a).text} !== ${own(b).text})`);
    if (own(a).kind === 'float' && isSign(b)) return this.neg(a);
    return bits(`(${this.integer(a)} ^ ${this.integer(b)})`);
  }
  andnot(a: V, b: V): V {
    const [x, y] = [own(a), own(b)];
    if (y.kind !== 'mask') return bits(`(${this.integer(a)} & ~${this.integer(b)})`);
    if (x.kind === 'mask') return mask(`(${x.text} && !${y.text})`);
    return asV({ text: `(${y.text} ? 0 : ${x.text})`, kind: x.kind });
  }

  shl(a: V, count: number): V {
    if (this.single) return bits(`(${this.integer(a)} << ${count})`);
    // The exponent of a float64, from the lowest bits of another: all that the mathematics here shifts.
    if (count !== 52) throw new Error(`a float64 is shifted by 52 bits only, got ${count}`);
    return float(`exponentOf(${this.float(a)})`);
  }
  shr(a: V, count: number): V {
    return bits(`(${this.integer(a)} >> ${count})`);
  }
  iadd(a: V, b: V): V {
    return bits(`((${this.integer(a)} + ${this.integer(b)}) | 0)`);
  }
  isub(a: V, b: V): V {
    return bits(`((${this.integer(a)} - ${this.integer(b)}) | 0)`);
  }
}
