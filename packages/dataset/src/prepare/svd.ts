import type { Steps } from '../steps/steps.js';

/** Sweeps after which the columns must be orthogonal. Some ten are enough, as convergence is quadratic at the end. */
const mostSweeps = 60;

/** The right singular vectors of a matrix with their singular values, the largest first. */
export interface RightSingular {
  readonly values: Float64Array;
  /** One unit vector for each value. */
  readonly vectors: readonly Float64Array[];
}

/**
 * Right singular vectors of the matrix with these columns, X = U · diag(values) · Vᵀ, by one-sided Jacobi rotations (Hestenes 1958), which keep
 * the digits of small singular values, and whose sweeps are bounded.
 *
 * A tall matrix is brought to its triangle first, X = Q · R (Householder), and Rᵀ is rotated: the columns of Rᵀ · J are V · diag(values). A
 * wide matrix is rotated as it stands, by rows.
 *
 * @throws Error when the sweeps do not converge
 */
export function* rightSingular(columns: readonly Float64Array[]): Steps<RightSingular> {
  const rows = columns[0].length;
  const width = columns.length;
  // Numbers up to 1, so that no square overflows.
  let scale = 0;
  for (const column of columns) {
    scale = Math.max(scale, largestOf(column));
    yield;
  }
  scale ||= 1;
  const scaled: Float64Array[] = [];
  for (const column of columns) {
    scaled.push(column.map((x) => x / scale));
    yield;
  }
  // The lists that are made orthogonal have one number for each column of X, so that each becomes a vector of V.
  const lists =
    rows > width
      ? yield* triangle(scaled)
      : Array.from({ length: rows }, (_, i) => Float64Array.from(scaled, (column) => column[i]));
  yield* orthogonalise(lists);
  const lengths = Float64Array.from(lists, length);
  const order = Array.from(lengths.keys()).sort((a, b) => lengths[b] - lengths[a]);
  return {
    values: Float64Array.from(order, (k) => lengths[k] * scale),
    vectors: yield* withUnitLength(order.map((k) => lists[k])),
  };
}

function largestOf(column: Float64Array): number {
  let most = 0;
  for (let i = 0; i < column.length; i++) if (Math.abs(column[i]) > most) most = Math.abs(column[i]);
  return most;
}

/** The rows of R of X = Q · R, in place, by Householder reflections, which lose no digits where columns are nearly dependent. */
function* triangle(left: readonly Float64Array[]): Steps<Float64Array[]> {
  const width = left.length;
  for (let k = 0; k < width; k++) {
    const pivot = left[k];
    const size = length(pivot.subarray(k));
    const mirror = pivot.slice(k);
    mirror[0] += pivot[k] > 0 ? size : -size; // away from 0, so that nothing cancels
    const square = dot(mirror, mirror);
    if (square === 0) continue;
    for (let j = k; j < width; j++) {
      const column = left[j];
      let product = 0;
      for (let i = 0; i < mirror.length; i++) product += mirror[i] * column[k + i];
      const by = (2 * product) / square;
      for (let i = 0; i < mirror.length; i++) column[k + i] -= by * mirror[i];
      yield;
    }
  }
  return Array.from({ length: width }, (_, i) =>
    Float64Array.from(left, (column, j) => (j < i ? 0 : column[i])),
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

const length = (vector: Float64Array): number => Math.sqrt(dot(vector, vector));

/** √(1 + x²), without overflow. Engines round Math.hypot differently, and a square root alike. */
const beside = (x: number): number => (Math.abs(x) > 1e150 ? Math.abs(x) : Math.sqrt(1 + x * x));

/** Rotates the lists two by two, in place, until each is orthogonal to each: |a·b| ≤ ε·√n·|a|·|b|. */
function* orthogonalise(lists: readonly Float64Array[]): Steps<void> {
  const size = lists[0]?.length ?? 0;
  const tolerance = Number.EPSILON * Math.sqrt(size);
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let rotated = false;
    for (let p = 0; p < lists.length; p++) {
      for (let q = p + 1; q < lists.length; q++) {
        if (rotate(lists[p], lists[q], tolerance)) rotated = true;
      }
      yield;
    }
    if (!rotated) return;
  }
  throw new Error(
    `the singular values of ${lists.length} vectors of ${size} numbers did not converge in ${mostSweeps} sweeps`,
  );
}

/** Makes two lists orthogonal; false when they were. */
function rotate(a: Float64Array, b: Float64Array, tolerance: number): boolean {
  const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
  // What has vanished beside the other (its square is no number any more) has no direction of its own left.
  if (Math.min(aa, bb) < 1e-290 || Math.abs(ab) <= tolerance * Math.sqrt(aa) * Math.sqrt(bb)) return false;
  const zeta = (bb - aa) / (2 * ab);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + beside(zeta));
  const c = 1 / beside(t);
  const s = c * t;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    a[i] = c * x - s * y;
    b[i] = s * x + c * y;
  }
  return true;
}

/**
 * The lists, the longest first, with length 1. One that is only rounding beside the longest has no direction, so it gets one that is orthogonal
 * to those before it.
 */
function* withUnitLength(lists: readonly Float64Array[]): Steps<Float64Array[]> {
  const units: Float64Array[] = [];
  const least = length(lists[0]) * Number.EPSILON;
  for (const list of lists) {
    const size = length(list);
    units.push(size > least ? list.map((x) => x / size) : freeDirection(units, list.length));
    yield;
  }
  return units;
}

/** A unit vector that is orthogonal to these, made of the axis that lies farthest from their space. */
function freeDirection(units: readonly Float64Array[], size: number): Float64Array {
  const covered = new Float64Array(size);
  for (const unit of units) for (let i = 0; i < size; i++) covered[i] += unit[i] ** 2;
  const vector = new Float64Array(size);
  vector[covered.indexOf(covered.reduce((least, x) => Math.min(least, x), Infinity))] = 1;
  // Twice is enough (Kahan): what rounding left of the others goes the second time.
  for (let round = 0; round < 2; round++) {
    for (const unit of units) {
      let product = 0;
      for (let i = 0; i < size; i++) product += unit[i] * vector[i];
      for (let i = 0; i < size; i++) vector[i] -= product * unit[i];
    }
  }
  const of = length(vector);
  return vector.map((x) => x / of);
}
