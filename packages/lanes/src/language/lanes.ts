// The language: expressions over the lanes of a vector. A kernel's source is a function of a `Lanes`, so that one description gives
// the float32 and the float64 kernel, and whatever another emitter makes of it. Emitters extend this class.

declare const expression: unique symbol;

/** An expression. What it is at run time is the emitter's own affair; sources only pass it on. */
export interface V {
  readonly [expression]: true;
}

/** The lanes that one vector has: four float32 or two float64. */
export type LaneType = 'f32x4' | 'f64x2';

export interface LanesOptions {
  /** The function's parameters, each in every lane. */
  params?: readonly V[];
  /** The precision that the result is rounded to: 32 in float64 lanes asks for polynomials no longer than float32 needs. */
  grade?: 32 | 64;
  /** Whether so many chains run side by side that registers, not latency, are short: Horner keeps fewer values alive. */
  crowded?: boolean;
  /** Whether an expression that a block has evaluated already is not evaluated again: an f and its f′ have much in common. */
  once?: boolean;
}

export abstract class Lanes {
  readonly params: readonly V[];
  readonly grade: 32 | 64;
  private readonly crowded: boolean;
  protected readonly once: boolean;
  private readonly squares = new Map<V, V>();

  constructor(
    readonly type: LaneType,
    { params = [], grade = type === 'f32x4' ? 32 : 64, crowded = false, once = false }: LanesOptions = {},
  ) {
    this.params = params;
    this.grade = grade;
    this.crowded = crowded;
    this.once = once;
  }

  get single(): boolean {
    return this.type === 'f32x4';
  }

  /** float64 lanes for a result that is rounded to float32. */
  get wide(): boolean {
    return !this.single && this.grade === 32;
  }

  /** Evaluates once, for use many times. */
  abstract let(expression: V): V;
  /** The number in every lane, rounded to the lane's format. */
  abstract c(value: number): V;
  /** The bit pattern in every lane; a bigint where lanes are 64 bits wide. */
  abstract bits(value: number | bigint): V;

  /**
   * The result of one operation that the format holds as it is, whatever is computed: an emitter that rounds by an operation of its own
   * may leave that out.
   */
  exact(result: V): V {
    return result;
  }

  abstract add(a: V, b: V): V;
  abstract sub(a: V, b: V): V;
  abstract mul(a: V, b: V): V;
  abstract div(a: V, b: V): V;
  abstract sqrt(a: V): V;
  abstract abs(a: V): V;
  abstract neg(a: V): V;
  /** b < a ? b : a; NaN in a stays. */
  abstract pmin(a: V, b: V): V;
  /** a < b ? b : a; NaN in a stays. */
  abstract pmax(a: V, b: V): V;

  // Masks: all bits of a lane set where it holds, none where not.
  abstract lt(a: V, b: V): V;
  abstract gt(a: V, b: V): V;
  abstract le(a: V, b: V): V;
  abstract ge(a: V, b: V): V;
  abstract eq(a: V, b: V): V;
  /** mask ? a : b */
  abstract select(mask: V, a: V, b: V): V;

  /** d where x is a number, NaN where it is NaN. */
  unlessNaN(x: V, d: V): V {
    return this.select(this.eq(x, x), d, x);
  }

  // The bits of a lane.
  abstract and(a: V, b: V): V;
  abstract or(a: V, b: V): V;
  abstract xor(a: V, b: V): V;
  /** a and not b */
  abstract andnot(a: V, b: V): V;

  // The lane as an integer of its width, modulo 2^width.
  abstract shl(a: V, bits: number): V;
  /** Signed: the sign's bit comes in from above. */
  abstract shr(a: V, bits: number): V;
  abstract iadd(a: V, b: V): V;
  abstract isub(a: V, b: V): V;

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
}
