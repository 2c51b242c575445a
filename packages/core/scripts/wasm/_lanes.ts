// A small language for kernels: expressions over the lanes of a vector, written as WebAssembly text. One description gives the
// float32 (f32x4) and the float64 (f64x2) kernel.

/** An expression of type v128. */
export type V = string;

export class Lanes {
  readonly statements: string[] = [];
  private readonly locals: string[] = [];
  private readonly constants = new Map<string, string>();
  private readonly squares = new Map<V, V>();

  constructor(
    readonly type: 'f32x4' | 'f64x2',
    /** The parameters, each in every lane. */
    readonly params: readonly V[] = [],
    /** The precision that the result is rounded to: 32 in float64 lanes asks for polynomials no longer than float32 needs. */
    readonly grade: 32 | 64 = type === 'f32x4' ? 32 : 64,
    /** Whether so many chains run side by side that registers, not latency, are short: Horner keeps fewer values alive. */
    private readonly crowded = false,
  ) {}

  get single(): boolean {
    return this.type === 'f32x4';
  }

  /** float64 lanes for a result that is rounded to float32. */
  get wide(): boolean {
    return !this.single && this.grade === 32;
  }

  private op(name: string, ...args: V[]): V {
    return `(${this.type}.${name} ${args.join(' ')})`;
  }

  /** The integer lanes of the same width. */
  private int(name: string, ...args: V[]): V {
    return `(${this.single ? 'i32x4' : 'i64x2'}.${name} ${args.join(' ')})`;
  }

  /** Evaluates once, for use many times. */
  let(expression: V): V {
    const name = `$v${this.locals.length}`;
    this.locals.push(name);
    this.statements.push(`(local.set ${name} ${expression})`);
    return `(local.get ${name})`;
  }

  /**
   * The number in every lane, rounded to the lane's format. Constants are set in locals before the loops: written where they are
   * used they make the module twice as large, and engines build each from two 64-bit halves again and again.
   */
  c(value: number): V {
    const shown = this.single ? Math.fround(value) : value;
    const text = Number.isNaN(shown)
      ? 'nan'
      : Object.is(shown, -0)
        ? '-0'
        : Number.isFinite(shown)
          ? String(shown)
          : shown > 0
            ? 'inf'
            : '-inf';
    return this.constant(
      this.single ? `(f32x4.splat (f32.const ${text}))` : `(f64x2.splat (f64.const ${text}))`,
    );
  }

  /** The bit pattern in every lane. */
  bits(value: number | bigint): V {
    return this.constant(
      this.single ? `(i32x4.splat (i32.const ${value}))` : `(i64x2.splat (i64.const ${value}))`,
    );
  }

  private constant(text: string): V {
    const name = this.constants.get(text) ?? `$c${this.constants.size}`;
    this.constants.set(text, name);
    return `(local.get ${name})`;
  }

  add = (a: V, b: V): V => this.op('add', a, b);
  sub = (a: V, b: V): V => this.op('sub', a, b);
  mul = (a: V, b: V): V => this.op('mul', a, b);
  div = (a: V, b: V): V => this.op('div', a, b);
  sqrt = (a: V): V => this.op('sqrt', a);
  abs = (a: V): V => this.op('abs', a);
  neg = (a: V): V => this.op('neg', a);
  lt = (a: V, b: V): V => this.op('lt', a, b);
  gt = (a: V, b: V): V => this.op('gt', a, b);
  le = (a: V, b: V): V => this.op('le', a, b);
  ge = (a: V, b: V): V => this.op('ge', a, b);
  eq = (a: V, b: V): V => this.op('eq', a, b);
  /** b < a ? b : a, one instruction; NaN in a stays. */
  pmin = (a: V, b: V): V => this.op('pmin', a, b);
  /** a < b ? b : a, one instruction; NaN in a stays. */
  pmax = (a: V, b: V): V => this.op('pmax', a, b);
  and = (a: V, b: V): V => `(v128.and ${a} ${b})`;
  or = (a: V, b: V): V => `(v128.or ${a} ${b})`;
  xor = (a: V, b: V): V => `(v128.xor ${a} ${b})`;
  /** a and not b. */
  andnot = (a: V, b: V): V => `(v128.andnot ${a} ${b})`;
  /** mask ? a : b. */
  select = (mask: V, a: V, b: V): V => `(v128.bitselect ${a} ${b} ${mask})`;
  shl = (a: V, bits: number): V => this.int('shl', a, `(i32.const ${bits})`);
  iadd = (a: V, b: V): V => this.int('add', a, b);
  isub = (a: V, b: V): V => this.int('sub', a, b);

  /** x², evaluated once. */
  square(x: V): V {
    const known = this.squares.get(x) ?? this.let(this.mul(x, x));
    this.squares.set(x, known);
    return known;
  }

  /** Σ coefficients[k]·x^k by Horner; a leading 1 costs no product. */
  horner(coefficients: readonly number[], x: V): V {
    const [last = 0, ...rest] = [...coefficients].reverse();
    const [next = 0, ...others] = rest;
    const start = last === 1 ? x : this.mul(this.c(last), x);
    return rest.length === 0
      ? this.c(last)
      : others.reduce((sum, c) => this.add(this.mul(sum, x), this.c(c)), this.add(start, this.c(next)));
  }

  /**
   * Σ coefficients[k]·x^k, of an x that `let` has named: Horner for the even and for the odd powers. The chain of operations that
   * wait for each other is half as long, and latency is what limits these kernels (measured: 5 to 25 % faster).
   */
  polynomial(coefficients: readonly number[], x: V): V {
    if (coefficients.length < 4 || this.crowded) return this.horner(coefficients, x);
    const square = this.square(x);
    const even = coefficients.filter((_, i) => i % 2 === 0);
    const odd = coefficients.filter((_, i) => i % 2 === 1);
    return this.add(this.horner(even, square), this.mul(this.horner(odd, square), x));
  }

  declarations(): string {
    return [...this.constants.values(), ...this.locals].map((name) => `(local ${name} v128)`).join(' ');
  }

  constantsSet(): string {
    return [...this.constants].map(([text, name]) => `(local.set ${name} ${text})`).join('\n');
  }
}

/** f and f′ of a vector of x. */
export interface Source {
  /** How many parameters the kernels take. */
  params: number;
  f(k: Lanes, x: V): V;
  derivative(k: Lanes, x: V): V;
  /** Vectors in flight in one turn of the float32 loop, where it is not computed in float64. */
  unroll?: number;
  /** Which of the two the float32 kernel computes in float64, because float32 steps would miss 2 ulp. */
  wide?: 'both' | 'derivative';
  /** Whether f′ takes so little time that memory is waited for: see `clearing`. */
  waits?: boolean;
  /** Whether its float64 inside has several polynomials side by side: then fewer vectors a turn, and Horner. */
  crowded?: boolean;
}

// Vectors a turn, by `pnpm bench:unroll`: more of them hide the latency of long chains, until the registers run out. A vector of
// float64 inside has two elements.
const UNROLL = 6;
const UNROLL_WIDE = 6;
const UNROLL_CROWDED = 3;

/** Bytes of an array from which on no cache holds all of them. */
const LONG = 2 ** 24;

/**
 * What a backward pass over long arrays does page by page, where the result has a place of its own: it sets that place to 0 first, which
 * seems to spare reading it. Measured at 1e7 float32: 10 % faster, and none for f, which reads one array less.
 */
function clearing(loops: string, width: number): string {
  const page = 4096;
  const apart = ['$x', '$dy'].map((pointer) => `(i32.ne (local.get $y) (local.get ${pointer}))`);
  return `(local.set $clears (i32.and (i32.ge_u (local.get $n) (i32.const ${LONG / width})) (i32.and ${apart.join(' ')})))
    (loop $pages
      (local.set $rest (i32.const 0))
      (if (i32.and (local.get $clears) (i32.gt_u (local.get $n) (i32.const ${page / width}))) (then
        (memory.fill (local.get $y) (i32.const 0) (i32.const ${page}))
        (local.set $rest (i32.sub (local.get $n) (i32.const ${page / width})))
        (local.set $n (i32.const ${page / width}))))
      ${loops}
      (br_if $pages (local.tee $n (local.get $rest))))`;
}

function kernel(
  name: string,
  type: 'f32x4' | 'f64x2',
  source: Source,
  backward: boolean,
  vectors?: number,
): string {
  const width = type === 'f32x4' ? 4 : 8;
  const lane = type === 'f32x4' ? '32' : '64';
  const splat = (i: number) =>
    type === 'f32x4' && isWide
      ? `(f64x2.splat (f64.promote_f32 (f32.demote_f64 (local.get $p${i}))))`
      : type === 'f32x4'
        ? `(f32x4.splat (f32.demote_f64 (local.get $p${i})))`
        : `(f64x2.splat (local.get $p${i}))`;
  const params = Array.from({ length: source.params }, (_, i) => `(local.get $q${i})`);
  const streams = backward ? ['$x', '$dy', '$y'] : ['$x', '$y'];
  const isWide = type === 'f32x4' && (source.wide === 'both' || (source.wide === 'derivative' && backward));
  const grade = type === 'f32x4' ? 32 : 64;
  const k = new Lanes(isWide ? 'f64x2' : type, params, grade, isWide && source.crowded);
  const evaluate = (x: V): V => {
    const of = (v: V) => (backward ? source.derivative(k, v) : source.f(k, v));
    return isWide ? `(f32x4.demote_f64x2_zero ${of(k.let(`(f64x2.promote_low_f32x4 ${x})`))})` : of(x);
  };
  // What one vector takes from memory: float64 inside has room for two float32.
  const bytes = isWide ? 8 : 16;
  const load = isWide ? 'v128.load64_zero' : 'v128.load';
  const store = (pointer: string, offset: number, value: V): string =>
    isWide
      ? `(v128.store64_lane offset=${offset} align=1 0 (local.get ${pointer}) ${value})`
      : `(v128.store offset=${offset} align=1 (local.get ${pointer}) ${value})`;
  const usual = isWide ? (source.crowded ? UNROLL_CROWDED : UNROLL_WIDE) : (source.unroll ?? UNROLL);
  const unroll = type === 'f64x2' ? 1 : (vectors ?? usual);

  const turn = (vectors: number, one: boolean): string => {
    const step = one ? width : bytes * vectors;
    const from = k.statements.length;
    const outputs: V[] = [];
    for (let i = 0; i < vectors; i++) {
      const at = (pointer: string) =>
        k.let(
          one
            ? `(v128.load${lane}_splat align=1 (local.get ${pointer}))`
            : `(${load} offset=${bytes * i} align=1 (local.get ${pointer}))`,
        );
      const x = at('$x');
      outputs.push(k.let(backward ? `(${type}.mul ${at('$dy')} ${evaluate(x)})` : evaluate(x)));
    }
    outputs.forEach((value, i) => {
      k.statements.push(
        one ? `(v128.store${lane}_lane align=1 0 (local.get $y) ${value})` : store('$y', bytes * i, value),
      );
    });
    for (const pointer of streams)
      k.statements.push(`(local.set ${pointer} (i32.add (local.get ${pointer}) (i32.const ${step})))`);
    const count = step / width;
    const label = `$l${from}`;
    const body = k.statements.splice(from).join('\n');
    return `(block $b${from} (loop ${label}
      (br_if $b${from} (i32.lt_u (local.get $n) (i32.const ${count})))
      ${body}
      (local.set $n (i32.sub (local.get $n) (i32.const ${count})))
      (br ${label})))`;
  };
  const loops = [...(unroll > 1 ? [turn(unroll, false)] : []), turn(1, false), turn(1, true)].join('\n');
  const setup = params.map((_, i) => `(local.set $q${i} ${splat(i)})`).join('\n');
  return `(func (export "${name}") (param $x i32) ${backward ? '(param $dy i32)' : ''} (param $y i32) (param $n i32)
    ${params.map((_, i) => `(param $p${i} f64)`).join(' ')}
    ${params.map((_, i) => `(local $q${i} v128)`).join(' ')} ${k.declarations()}
    ${backward && source.waits ? '(local $rest i32) (local $clears i32)' : ''}
    ${setup}
    ${k.constantsSet()}
    ${backward && source.waits ? clearing(loops, width) : loops})`;
}

/**
 * A module with f (forward) and b (backward) for 4-byte and 8-byte floats, over a memory that it imports. `vectors` says how many a
 * turn of the float32 loops takes, in place of what is usual.
 */
export const moduleText = (source: Source, vectors?: number): string => `(module
  (import "m" "m" (memory 0))
  ${kernel('f4', 'f32x4', source, false, vectors)}
  ${kernel('b4', 'f32x4', source, true, vectors)}
  ${kernel('f8', 'f64x2', source, false)}
  ${kernel('b8', 'f64x2', source, true)}
)`;
