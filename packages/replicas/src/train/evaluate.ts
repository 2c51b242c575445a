// Losses, scores, predictions, gradients and units over whole lists of rows.
import type { BlockLayout, TileLayout } from '../memory/layout.js';
import type { PlannedTable, Problem } from '../plan/problem.js';
import { LANES } from '../primitives/primitives.js';
import type { Machine } from './machine.js';
import type { Network } from './network.js';
import type { BlockRows, RowList } from './rows.js';

export interface WorkingTile {
  readonly layout: TileLayout;
  readonly network: Network;
}

/** Mean loss and score of each lane. */
export interface Evaluation {
  readonly loss: number[];
  readonly score: number[];
}

/** What `evaluate` passes on for each row: where it stands in its lane's list, its loss, and where its outputs z are. */
type EachRows = (tile: number, from: number, count: number, lengths: readonly number[]) => void;

export class Evaluator {
  constructor(
    private readonly problem: Problem,
    private readonly machine: Machine,
    private readonly layout: BlockLayout,
    private readonly rows: BlockRows,
  ) {}

  /** Goes forward over a list of rows, piece by piece, with every tile. */
  *overList(
    name: RowList,
    tiles: readonly WorkingTile[],
    each: EachRows,
    forward = ({ network }: WorkingTile, count: number) => network.forward(this.layout.x, count),
  ): Generator<void> {
    const { lengths, most } = this.rows.list(name);
    for (let from = 0; from < most; from += this.layout.evaluated) {
      const count = Math.min(this.layout.evaluated, most - from);
      this.rows.gather(from, count);
      for (let t = 0; t < tiles.length; t++) {
        forward(tiles[t], count);
        yield;
        each(t, from, count, lengths);
        yield;
      }
    }
  }

  /** Loss and score of every tile over a list; `keep` is given each row's loss. */
  *evaluate(
    name: RowList,
    tiles: readonly WorkingTile[],
    keep?: (tile: number, lane: number, row: number, loss: number) => void,
  ): Generator<void, Evaluation[]> {
    const { floats } = this.machine;
    const { losses, scores, y } = this.layout;
    const weights = name === 'rows' ? this.problem.table.rowWeights : undefined;
    const sums = tiles.map(() => ({ loss: [0, 0, 0, 0], score: [0, 0, 0, 0] }));
    let counts: readonly number[] = [];
    yield* this.overList(name, tiles, (t, from, count, lengths) => {
      counts = lengths;
      tiles[t].network.rowLosses(y, losses, scores, count);
      const own = lengths.map((length) => Math.max(0, Math.min(count, length - from)));
      addUp(sums[t].score, floats, scores >>> 2, own);
      if (weights) addUp(sums[t].loss, this.weighted(from, count, weights), 0, own);
      else addUp(sums[t].loss, floats, losses >>> 2, own);
      if (!keep) return;
      own.forEach((rows, lane) => {
        for (let row = 0; row < rows; row++)
          keep(t, lane, from + row, floats[(losses >>> 2) + LANES * row + lane]);
      });
    });
    const deviations = this.problem.output.activation === 'linear' ? this.deviationsOf(name) : undefined;
    return sums.map(({ loss, score }) => ({
      loss: loss.map((sum, lane) => sum / counts[lane]),
      score: score.map((sum, lane) =>
        deviations ? determination(sum, deviations[lane]) : sum / counts[lane],
      ),
    }));
  }

  /** The losses of `count` rows of the order from `from` on, times what each row weighs. */
  private weighted(from: number, count: number, weights: ArrayLike<number>): Float64Array {
    const { floats, integers } = this.machine;
    const { losses, order } = this.layout;
    const products = new Float64Array(LANES * count);
    for (let at = 0; at < products.length; at++)
      products[at] = floats[(losses >>> 2) + at] * weights[integers[(order >>> 2) + LANES * from + at]];
    return products;
  }

  /** Σ (y − mean)², the mean over outputs, of each lane's list. */
  private deviationsOf(name: RowList): number[] {
    return this.rows
      .listsOf(name)
      .map((rows) => squaredDeviations(this.problem.table, rows, this.problem.output.units));
  }

  /** The gradient's norm over all training rows, of every tile. */
  *gradientNorms(tiles: readonly WorkingTile[]): Generator<void, number[][]> {
    const { primitives, floats } = this.machine;
    const { x, y, scale } = this.layout;
    this.rows.scaleWhole();
    // Training is over: where the moments were there is room for the sum.
    for (const { layout } of tiles)
      floats.fill(0, layout.first >>> 2, (layout.first >>> 2) + LANES * layout.count);
    yield* this.overList('rows', tiles, (t, from, count) => {
      const { network, layout } = tiles[t];
      network.backward(x, y, scale + 16 * from, count);
      primitives.add(layout.first, layout.gradient, layout.count);
    });
    return tiles.map(({ layout: { first, count } }) => {
      const squares = [0, 0, 0, 0];
      for (let i = 0; i < LANES * count; i++) squares[i % LANES] += floats[(first >>> 2) + i] ** 2;
      return squares.map(Math.sqrt);
    });
  }

  /**
   * Of every tile's hidden units, over the training rows: the largest z, and the largest |f′(z)|, unit by unit and lane by lane. A
   * NaN counts for nothing; −∞ says that there was nothing else.
   */
  *unitExtremes(tiles: readonly WorkingTile[]): Generator<void, { z: Float32Array; slope: Float32Array }[]> {
    const { primitives, floats } = this.machine;
    const hiddenOf = ({ network }: WorkingTile) => network.layers.slice(0, -1);
    for (const { layout } of tiles)
      floats.fill(
        Number.NEGATIVE_INFINITY,
        layout.first >>> 2,
        (layout.first >>> 2) + LANES * 2 * layout.count,
      );
    // Layer by layer, for z is there only until the function has left its slope in the same place.
    const forward = (tile: WorkingTile, count: number): void => {
      const { layout, network } = tile;
      let { first, second } = layout;
      hiddenOf(tile).forEach(({ z, units, stride }, l) => {
        network.multiply(l, this.layout.x, count);
        primitives.largest(z, first, count, units, stride, 1);
        network.activate(l, count);
        primitives.largest(z, second, count, units, stride, 0);
        first += 16 * units;
        second += 16 * units;
      });
    };
    yield* this.overList('rows', tiles, () => {}, forward);
    return tiles.map((tile) => {
      const units = hiddenOf(tile).reduce((sum, layer) => sum + layer.units, 0);
      const copy = (at: number): Float32Array => floats.slice(at >>> 2, (at >>> 2) + LANES * units);
      return { z: copy(tile.layout.first), slope: copy(tile.layout.second) };
    });
  }
}

/** Adds each lane's numbers to its sum, in order. */
function addUp(sums: number[], numbers: ArrayLike<number>, from: number, counts: readonly number[]): void {
  const all = Math.min(...counts);
  let [a, b, c, d] = sums;
  // Lane beside lane: the sums of one alone would wait for each other.
  for (let at = from; at < from + LANES * all; at += LANES) {
    a += numbers[at];
    b += numbers[at + 1];
    c += numbers[at + 2];
    d += numbers[at + 3];
  }
  [sums[0], sums[1], sums[2], sums[3]] = [a, b, c, d];
  counts.forEach((count, lane) => {
    for (let row = all; row < count; row++) sums[lane] += numbers[from + LANES * row + lane];
  });
}

/** R²: 1 − Σ(y − ŷ)²/Σ(y − mean)²; for targets that are all equal 1 where every answer is right, else 0. */
const determination = (errors: number, deviations: number): number =>
  deviations > 0 || Number.isNaN(errors) ? 1 - errors / deviations : errors === 0 ? 1 : 0;

function squaredDeviations({ targets }: PlannedTable, rows: Uint32Array, units: number): number {
  let total = 0;
  for (let unit = 0; unit < units; unit++) {
    let mean = 0;
    for (const row of rows) mean += targets[row * units + unit] / rows.length;
    for (const row of rows) total += (targets[row * units + unit] - mean) ** 2 / units;
  }
  return total;
}
