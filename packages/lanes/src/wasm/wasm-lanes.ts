// The emitter of WebAssembly text: an expression is the text of one, of type v128.
import { Lanes, type V } from '../language/lanes.js';

/** Text as an expression, for what the language has no method for. In a template, `${expression}` is its text again. */
export const v128 = (text: string): V => text as unknown as V;

/** A number as WebAssembly text writes it. */
function literal(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (Object.is(value, -0)) return '-0';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? 'inf' : '-inf';
}

export class WasmLanes extends Lanes {
  /** What is evaluated so far, in order. */
  readonly statements: string[] = [];
  private readonly locals: string[] = [];
  private readonly constants = new Map<string, string>();
  /** What the block has evaluated, for lanes that do so once. */
  private known = new Map<V, V>();

  private float(name: string, ...args: V[]): V {
    return v128(`(${this.type}.${name} ${args.join(' ')})`);
  }

  /** The integer lanes of the same width. */
  private integer(name: string, ...args: unknown[]): V {
    return v128(`(${this.single ? 'i32x4' : 'i64x2'}.${name} ${args.join(' ')})`);
  }

  let(expression: V): V {
    const known = this.once && this.known.get(expression);
    if (known) return known;
    const name = `$v${this.locals.length}`;
    this.locals.push(name);
    this.statements.push(`(local.set ${name} ${expression})`);
    const local = this.local(name);
    this.known.set(expression, local);
    return local;
  }

  /** A local of type v128 that the kernel declares itself. */
  local(name: string): V {
    return v128(`(local.get ${name})`);
  }

  /** The statements that `make` evaluates, followed by the text that it returns. */
  block(make: () => string): string {
    const from = this.statements.length;
    const outer = this.known;
    this.known = new Map();
    const last = make();
    this.known = outer;
    return [...this.statements.splice(from), last].join('\n');
  }

  c(value: number): V {
    return this.constant(
      this.single
        ? `(f32x4.splat (f32.const ${literal(Math.fround(value))}))`
        : `(f64x2.splat (f64.const ${literal(value)}))`,
    );
  }

  bits(value: number | bigint): V {
    return this.constant(
      this.single ? `(i32x4.splat (i32.const ${value}))` : `(i64x2.splat (i64.const ${value}))`,
    );
  }

  /**
   * Constants are set in locals before the loops: written where they are used they make the module twice as large, and engines build
   * each from two 64-bit halves again and again.
   */
  private constant(text: string): V {
    const name = this.constants.get(text) ?? `$constant${this.constants.size}`;
    this.constants.set(text, name);
    return this.local(name);
  }

  add(a: V, b: V): V {
    return this.float('add', a, b);
  }
  sub(a: V, b: V): V {
    return this.float('sub', a, b);
  }
  mul(a: V, b: V): V {
    return this.float('mul', a, b);
  }
  div(a: V, b: V): V {
    return this.float('div', a, b);
  }
  sqrt(a: V): V {
    return this.float('sqrt', a);
  }
  abs(a: V): V {
    return this.float('abs', a);
  }
  neg(a: V): V {
    return this.float('neg', a);
  }
  pmin(a: V, b: V): V {
    return this.float('pmin', a, b);
  }
  pmax(a: V, b: V): V {
    return this.float('pmax', a, b);
  }
  lt(a: V, b: V): V {
    return this.float('lt', a, b);
  }
  gt(a: V, b: V): V {
    return this.float('gt', a, b);
  }
  le(a: V, b: V): V {
    return this.float('le', a, b);
  }
  ge(a: V, b: V): V {
    return this.float('ge', a, b);
  }
  eq(a: V, b: V): V {
    return this.float('eq', a, b);
  }
  /** Of two that no loop changes, what they differ in is worked out before it: that leaves two instructions; a bitselect is three in V8. */
  select(mask: V, a: V, b: V): V {
    return this.isFixed(a) && this.isFixed(b)
      ? this.xor(this.and(this.xor(a, b), mask), b)
      : v128(`(v128.bitselect ${a} ${b} ${mask})`);
  }
  private isFixed(v: V): boolean {
    return this.params.includes(v) || [...this.constants.values()].some((name) => this.local(name) === v);
  }
  /** All bits set are a NaN. */
  override unlessNaN(x: V, d: V): V {
    return this.or(d, this.float('ne', x, x));
  }
  and(a: V, b: V): V {
    return v128(`(v128.and ${a} ${b})`);
  }
  or(a: V, b: V): V {
    return v128(`(v128.or ${a} ${b})`);
  }
  xor(a: V, b: V): V {
    return v128(`(v128.xor ${a} ${b})`);
  }
  andnot(a: V, b: V): V {
    return v128(`(v128.andnot ${a} ${b})`);
  }
  shl(a: V, bits: number): V {
    return this.integer('shl', a, `(i32.const ${bits})`);
  }
  shr(a: V, bits: number): V {
    return this.integer('shr_s', a, `(i32.const ${bits})`);
  }
  iadd(a: V, b: V): V {
    return this.integer('add', a, b);
  }
  isub(a: V, b: V): V {
    return this.integer('sub', a, b);
  }

  /** The locals of all that was evaluated and of the constants. */
  declarations(): string {
    return [...this.constants.values(), ...this.locals].map((name) => `(local ${name} v128)`).join(' ');
  }

  /** What sets the constants; it stands before the loops. */
  constantsSet(): string {
    return [...this.constants].map(([text, name]) => `(local.set ${name} ${text})`).join('\n');
  }
}
