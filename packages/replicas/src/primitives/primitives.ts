// What training is made of. Every primitive works on a tile: four replicas side by side, the four lanes of a vector. A number of a
// replica is one lane of such a vector, so that "x[row][column]" below means four numbers, one for each replica. Addresses are in
// bytes, in one buffer, multiples of 16. There are two sets of primitives, WebAssembly and JS, of the same bits.
import type { RunnerName } from '../api/options.js';

/** Bytes of a vector: four lanes of float32. */
export const VECTOR = 16;
export const LANES = 4;

/**
 * Vectors that some loops take at a time, since a chain of sums and products waits for itself. They go on to the next multiple of it:
 * behind what they read and write there must be room for TOGETHER − 1 vectors, whose numbers mean nothing.
 */
export const TOGETHER = 3;

/**
 * a = f(z), and f′(z) in the place of z, over `count` vectors and what is up to the next multiple of TOGETHER, with f's parameters. f and
 * f′ have most of their work in common, and whoever comes back needs the slope alone.
 */
export type ElementwisePrimitive = (
  z: number,
  a: number,
  count: number,
  p0: number,
  p1: number,
  p2: number,
) => void;

/** A product of a dense layer: from a and b to c. Rows of x and dx lie xStride vectors apart, those of y and dy yStride. */
export type Product = (
  a: number,
  b: number,
  c: number,
  rows: number,
  inputs: number,
  units: number,
  xStride: number,
  yStride: number,
) => void;

/** dz[row][unit] = ∂loss/∂z·scale[row] for outputs z before their function. */
type LossGradient = (
  z: number,
  targets: number,
  scale: number,
  dz: number,
  rows: number,
  units: number,
  delta: number,
) => void;

/**
 * losses[row] = the loss of each row; scores[row] = 1 where the answer is right, the squared error of a regression. `work` has room for
 * as many vectors as z.
 */
type RowLoss = (
  z: number,
  targets: number,
  losses: number,
  scores: number,
  work: number,
  rows: number,
  units: number,
  delta: number,
) => void;

export type LossName =
  | 'cross_entropy'
  | 'binary_cross_entropy'
  | 'squared_error'
  | 'absolute_error'
  | 'huber';

export interface LossPrimitive {
  gradient: LossGradient;
  rows: RowLoss;
}

export interface Primitives {
  readonly runner: RunnerName;
  readonly buffer: ArrayBuffer;
  /** Nobody uses them any more. */
  release?(): void;

  /** out[row][column] = source[order[row]][column], each lane from the row that its order names; source has no lanes. */
  gather(order: number, rows: number, source: number, columns: number, out: number): void;

  /** y[row][unit] = Σ x[row][input]·w[input][unit] + bias[unit]; the biases lie behind the kernel. */
  readonly forward: Product;
  /** dw[input][unit] = Σ x[row][input]·dy[row][unit], of (x, dy, dw, …); behind them the biases' Σ dy[row][unit]. */
  readonly backwardWeights: Product;
  /** dx[row][input] ← dx[row][input]·Σ dy[row][unit]·w[input][unit], of (dy, w, dx, …): in dx lies the slope of what made the inputs. */
  readonly backwardInputs: Product;

  activation(kernel: string): ElementwisePrimitive;
  readonly losses: Readonly<Record<LossName, LossPrimitive>>;
  /** Probabilities of each row. */
  softmax(z: number, y: number, rows: number, units: number): void;
  sigmoid(z: number, y: number, count: number): void;

  /**
   * Adam over `count` vectors, with the step's scalars: rate/(1 − β₁ᵗ), 1/(1 − β₂ᵗ), L2 decay, rate·decoupled decay.
   *
   *     g ← g + l2·w;  m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  w ← w − decay·w − rate·m/(√(v·s) + ε)
   */
  adam(
    w: number,
    g: number,
    m: number,
    v: number,
    count: number,
    scalars: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decays: number,
  ): void;
  /** v ← momentum·v + (g + l2·w); w ← w − rate·v, or with Nesterov's ahead = 1, w ← w − rate·(g + momentum·v). */
  momentum(
    w: number,
    g: number,
    v: number,
    count: number,
    scalars: number,
    momentum: number,
    ahead: number,
  ): void;

  /** to[i] = from[i] in the lanes whose mask is set. */
  blend(to: number, from: number, mask: number, count: number): void;
  /** to[i] = to[i] + from[i] */
  add(to: number, from: number, count: number): void;
  /** The lanes, as bits, in which some of the vectors holds NaN or ±∞. */
  notFinite(x: number, count: number): number;
  /** largest[unit] = the largest of it and of |x[row][unit]| (signed 0) or x[row][unit] (signed 1), rows `stride` vectors apart. */
  largest(x: number, largest: number, rows: number, units: number, stride: number, signed: number): void;
}

/** Adam's and momentum's vectors of scalars for one step. */
export const SCALARS = 4;

/** A first or second moment nearer to 0 is 0: arithmetic with subnormals, where a dead unit's moments end, takes 20 times as long. */
export const TINY = 1e-30;
