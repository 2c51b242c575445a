// Trains one block from its first epoch to its last.
import type { BlockLayout, TileLayout } from '../memory/layout.js';
import type { Block, Tile } from '../plan/blocks.js';
import type { Problem } from '../plan/problem.js';
import { LANES, SCALARS, VECTOR } from '../primitives/primitives.js';
import { listOf, type Results } from '../results/columns.js';
import { type Evaluation, Evaluator, type WorkingTile } from './evaluate.js';
import { initialWeights } from './initialize.js';
import { Lane } from './lane.js';
import type { Machine } from './machine.js';
import { Network } from './network.js';
import { Optimizer } from './optimize.js';
import { BlockRows } from './rows.js';

interface TrainedTile extends WorkingTile {
  readonly optimizer: Optimizer;
  /** The lanes that are a replica of their own. */
  readonly lanes: readonly Lane[];
}

/** What a block's training yields: epochs of networks that were finished since it last did. */
export type Finished = number;

export class BlockTrainer {
  private readonly rows: BlockRows;
  private readonly evaluator: Evaluator;
  private readonly tiles: readonly TrainedTile[];
  private readonly start: number;

  constructor(
    private readonly problem: Problem,
    private readonly machine: Machine,
    block: Block,
    private readonly layout: BlockLayout,
    private readonly results: Results,
  ) {
    const { arms, output, startEpoch } = problem;
    const { primitives, floats } = machine;
    this.start = startEpoch;
    this.rows = new BlockRows(problem, machine, block, layout);
    this.evaluator = new Evaluator(problem, machine, layout, this.rows);
    this.tiles = layout.tiles.map((own) => ({
      layout: own,
      network: new Network(primitives, own, arms[own.tile.arm], output),
      optimizer: new Optimizer(primitives, floats, arms[own.tile.arm], own.tile.lanes),
      lanes: own.tile.replicas.flatMap((replica, lane) =>
        replica ? [new Lane(floats, own, lane, replica, problem, results)] : [],
      ),
    }));
  }

  *run(): Generator<Finished> {
    const { epochs } = this.problem;
    for (const { layout, lanes } of this.tiles) {
      this.initialize(layout.tile, layout);
      for (const lane of lanes) lane.begin();
    }
    this.rows.order(this.start);
    this.rows.scale();
    for (let epoch = 0; epoch < epochs; epoch++) {
      const training = this.tiles.filter(({ lanes }) => lanes.some(({ stopped }) => !stopped));
      if (training.length === 0) break;
      yield* this.epoch(this.start + epoch, training);
      yield* this.afterEpoch(epoch, training);
      yield training.reduce((sum, { lanes }) => sum + lanes.length, 0);
    }
    yield* this.finish();
  }

  /** Weights and moments: those that are gone on from, else the initialiser's and 0. */
  private initialize({ arm, lanes }: Tile, { weights, first, second, count }: TileLayout): void {
    const { floats } = this.machine;
    lanes.forEach((replica, lane) => {
      const { resumed } = replica;
      const own = resumed?.weights ?? initialWeights(this.problem.arms[arm], replica);
      for (let i = 0; i < count; i++) {
        const at = LANES * i + lane;
        floats[(weights >>> 2) + at] = own[i];
        floats[(first >>> 2) + at] = resumed?.first[i] ?? 0;
        floats[(second >>> 2) + at] = resumed?.second[i] ?? 0;
      }
    });
  }

  /** One epoch of all tiles, chunk by chunk: gather rows once, then let each tile make its steps on them. */
  private *epoch(epoch: number, tiles: readonly TrainedTile[]): Generator<Finished> {
    const { batchSize, table } = this.problem;
    const { rows, layout } = this;
    rows.order(epoch);
    if (table.rowWeights) rows.scale();
    for (let from = 0; from < rows.mostSteps; from += layout.chunkSteps) {
      const to = Math.min(from + layout.chunkSteps, rows.mostSteps);
      rows.gather(from * batchSize, (to - 1 - from) * batchSize + rows.counts[to - 1]);
      let prepared = '';
      for (const tile of tiles) {
        const { scalarsKey } = tile.optimizer;
        // Most arms of a comparison have the same.
        if (scalarsKey !== prepared) tile.optimizer.prepare(layout.scalars, epoch, from, to, rows.steps);
        prepared = scalarsKey;
        if (layout.pieces) yield* this.stepInPieces(tile, from);
        else this.steps(tile, from, to);
        yield 0;
      }
    }
  }

  /** The steps of a chunk: forward, backward, update. */
  private steps({ network, optimizer, layout: tile }: TrainedTile, from: number, to: number): void {
    const { rows } = this;
    const { batchSize, table } = this.problem;
    let { x, y, scalars } = this.layout;
    let scale = this.layout.scale + VECTOR * from * batchSize;
    for (let step = from; step < to; step++) {
      const count = rows.counts[step];
      network.forward(x, count);
      network.backward(x, y, scale, count);
      if (step < rows.fewestSteps) optimizer.step(tile, scalars);
      else this.stepOfSome(tile, step, () => optimizer.step(tile, scalars));
      x += VECTOR * batchSize * table.columns;
      y += VECTOR * batchSize * rows.targetColumns;
      scale += VECTOR * batchSize;
      scalars += VECTOR * SCALARS;
    }
  }

  /** A step that takes long, layer by layer. */
  private *stepInPieces(
    { network, optimizer, layout: tile }: TrainedTile,
    step: number,
  ): Generator<Finished> {
    const { x, y, scale, scalars } = this.layout;
    const count = this.rows.counts[step];
    const { length } = network.layers;
    for (let l = 0; l < length; l++) {
      network.forward(x, count, l, l + 1);
      yield 0;
    }
    const own = scale + VECTOR * step * this.problem.batchSize;
    for (let l = length; l > 0; l--) {
      network.backward(x, y, own, count, l, l - 1);
      yield 0;
    }
    if (step < this.rows.fewestSteps) optimizer.step(tile, scalars);
    else this.stepOfSome(tile, step, () => optimizer.step(tile, scalars));
  }

  /** A step of the lanes whose epoch is not over: the others get back what they had. */
  private stepOfSome({ weights, kept, whole }: TileLayout, step: number, update: () => void): void {
    const { primitives, integers, floats } = this.machine;
    const { mask } = this.layout;
    floats.copyWithin(kept >>> 2, weights >>> 2, (weights >>> 2) + LANES * whole);
    update();
    this.rows.steps.forEach((own, lane) => {
      integers[(mask >>> 2) + lane] = step < own ? 0 : -1;
    });
    primitives.blend(weights, kept, mask, whole);
  }

  /** Divergence, curves, early stopping. */
  private *afterEpoch(epoch: number, tiles: readonly TrainedTile[]): Generator<Finished> {
    const { primitives } = this.machine;
    const { earlyStopping, outputs } = this.problem;
    for (const { layout, lanes } of tiles) {
      const diverged = primitives.notFinite(layout.weights, layout.count);
      for (const lane of lanes) if (diverged & (1 << lane.lane)) lane.diverge(this.start + epoch + 1);
    }
    if (outputs.history) {
      yield* this.follow(epoch, 'rows', 'loss', 'score', tiles);
      yield* this.follow(epoch, 'testRows', 'testLoss', 'testScore', tiles);
    }
    if (outputs.history || earlyStopping) {
      const validation = yield* this.follow(
        epoch,
        'validationRows',
        'validationLoss',
        'validationScore',
        tiles,
      );
      if (earlyStopping)
        tiles.forEach(({ lanes }, t) => {
          for (const lane of lanes) lane.judge(this.start + epoch + 1, validation[t].loss[lane.lane]);
        });
    }
    for (const { lanes } of tiles) for (const lane of lanes) lane.follow(epoch + 1);
  }

  /** Evaluates a list of rows after an epoch, and puts it into the curves. */
  private *follow(
    epoch: number,
    name: 'rows' | 'testRows' | 'validationRows',
    loss: 'loss' | 'testLoss' | 'validationLoss',
    score: 'score' | 'testScore' | 'validationScore',
    tiles: readonly TrainedTile[],
  ): Generator<Finished, Evaluation[]> {
    const evaluations = yield* silent(this.evaluator.evaluate(name, tiles));
    const { history } = this.results;
    if (history)
      tiles.forEach(({ lanes }, t) => {
        for (const { lane, index } of lanes) {
          const curve = listOf(history[loss], index);
          if (epoch >= curve.length) continue;
          curve[epoch] = evaluations[t].loss[lane];
          listOf(history[score], index)[epoch] = evaluations[t].score[lane];
        }
      });
    return evaluations;
  }

  /** What is asked of the final weights. */
  private *finish(): Generator<Finished> {
    const { tiles, evaluator, results } = this;
    const { outputs, output } = this.problem;
    for (const { lanes } of tiles) for (const lane of lanes) lane.end(this.start + this.problem.epochs);
    const training = yield* silent(evaluator.evaluate('rows', tiles));
    const test = yield* silent(
      evaluator.evaluate('testRows', tiles, (t, lane, row, loss) => {
        const own = tiles[t].layout.tile.replicas[lane];
        if (own) results.testLosses.values[results.testLosses.starts[own.index] + row] = loss;
      }),
    );
    this.forLanes((t, lane, index) => {
      results.loss[index] = training[t].loss[lane];
      results.score[index] = training[t].score[lane];
      results.testLoss[index] = test[t].loss[lane];
      results.testScore[index] = test[t].score[lane];
    });
    if (results.predictions) yield* this.predict(results.predictions, output.units);
    if (outputs.gradientNorm) {
      const norms = yield* silent(evaluator.gradientNorms(tiles));
      this.forLanes((t, lane, index) => {
        if (results.gradientNorm) results.gradientNorm[index] = norms[t][lane];
      });
    }
    if (outputs.units) yield* this.units();
  }

  private *predict(predictions: NonNullable<Results['predictions']>, units: number): Generator<Finished> {
    const { primitives, floats } = this.machine;
    const { activation } = this.problem.output;
    yield* silent(
      this.evaluator.overList('predictedRows', this.tiles, (t, from, count, lengths) => {
        const { z } = this.tiles[t].network.last;
        if (activation === 'softmax') primitives.softmax(z, z, count, units);
        if (activation === 'sigmoid') primitives.sigmoid(z, z, count * units);
        this.tiles[t].layout.tile.replicas.forEach((replica, lane) => {
          if (!replica) return;
          const own = listOf(predictions, replica.index);
          const numbers = Math.min(count, lengths[lane] - from) * units;
          for (let i = 0; i < numbers; i++) own[from * units + i] = floats[(z >>> 2) + LANES * i + lane];
        });
      }),
    );
  }

  private *units(): Generator<Finished> {
    const extremes = yield* silent(this.evaluator.unitExtremes(this.tiles));
    const { deadUnits, saturatedUnits } = this.results;
    this.forLanes((t, lane, index) => {
      const mark = (lists: typeof deadUnits, values: Float32Array, limit: number): void => {
        if (!lists) return;
        const own = listOf(lists, index);
        for (let unit = 0; unit < own.length; unit++) {
          const value = values[LANES * unit + lane];
          own[unit] = value > Number.NEGATIVE_INFINITY && value <= limit ? 1 : 0;
        }
      };
      mark(deadUnits, extremes[t].z, 0);
      mark(saturatedUnits, extremes[t].slope, SATURATED);
    });
  }

  private forLanes(each: (tile: number, lane: number, index: number) => void): void {
    this.tiles.forEach(({ lanes }, t) => {
      for (const { lane, index } of lanes) each(t, lane, index);
    });
  }
}

/** A unit whose slope nowhere exceeds this is saturated. */
const SATURATED = Math.fround(0.01);

/** Yields no finished epochs while something else goes on. */
function* silent<T>(steps: Generator<void, T>): Generator<Finished, T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield 0;
  }
}
