// One replica while it is trained: its lane of a tile, and what becomes of it.
import type { TileLayout } from '../memory/layout.js';
import type { PlannedReplica, Problem } from '../plan/problem.js';
import { LANES } from '../primitives/primitives.js';
import { listOf, type Results } from '../results/columns.js';

export class Lane {
  readonly index: number;
  /** With early stopping, the weights of the least validation loss; the last ones where there was none. */
  private best: Float32Array | undefined;

  constructor(
    private readonly floats: Float32Array,
    private readonly layout: TileLayout,
    readonly lane: number,
    private readonly replica: PlannedReplica,
    private readonly problem: Problem,
    private readonly results: Results,
  ) {
    this.index = replica.index;
  }

  get stopped(): boolean {
    return this.results.stoppedAt[this.index] >= 0;
  }

  /** The weights that it starts with are there. */
  begin(): void {
    const { results, index, replica } = this;
    if (!replica.resumed) return;
    const { divergedAt, stopping } = replica.resumed;
    results.divergedAt[index] = divergedAt;
    if (!stopping) return;
    results.best[index] = stopping.best;
    results.bestEpoch[index] = stopping.bestEpoch;
    results.stoppedAt[index] = stopping.stoppedAt;
    this.best = stopping.weights;
    if (this.stopped) this.keepState();
  }

  diverge(epoch: number): void {
    const { divergedAt } = this.results;
    if (!this.stopped && divergedAt[this.index] < 0) divergedAt[this.index] = epoch;
  }

  /** Early stopping: the best weights are kept, and after `patience` epochs without better ones it is over. */
  judge(epoch: number, loss: number): void {
    const { earlyStopping } = this.problem;
    const { results, index } = this;
    if (!earlyStopping || this.stopped) return;
    if (loss < results.best[index] - earlyStopping.minDelta) {
      results.best[index] = loss;
      results.bestEpoch[index] = epoch;
      this.best = this.copy(this.layout.weights);
    } else if (epoch - Math.max(0, results.bestEpoch[index]) >= earlyStopping.patience) {
      results.stoppedAt[index] = epoch;
      this.keepState();
    }
  }

  /** So many epochs of this call are in the curves. */
  follow(epochs: number): void {
    const { followed, stoppedAt } = this.results;
    const own = stoppedAt[this.index] - this.problem.startEpoch;
    followed[this.index] = this.stopped ? Math.max(0, Math.min(epochs, own)) : epochs;
  }

  /** Training is over after so many epochs: what is left are the last weights, or with early stopping the best. */
  end(epoch: number): void {
    const { results, index, layout } = this;
    if (!this.stopped) this.keepState();
    const { bestEpoch, stoppedAt } = results;
    results.epochs[index] =
      bestEpoch[index] >= 0 ? bestEpoch[index] : this.stopped ? stoppedAt[index] : epoch;
    if (this.best) this.restore(this.best);
    listOf(results.weights, index).set(this.copy(layout.weights));
  }

  /** Keeps what is needed to go on: the tile may train on for others. */
  private keepState(): void {
    const { results, index, layout } = this;
    const weights = this.copy(layout.weights);
    if (this.stopped) this.best ??= weights;
    if (results.current) listOf(results.current, index).set(weights);
    if (results.first) listOf(results.first, index).set(this.copy(layout.first));
    if (results.second) listOf(results.second, index).set(this.copy(layout.second));
  }

  private copy(at: number): Float32Array {
    const { floats, lane } = this;
    return Float32Array.from({ length: this.layout.count }, (_, i) => floats[(at >>> 2) + LANES * i + lane]);
  }

  private restore(weights: Float32Array): void {
    const at = (this.layout.weights >>> 2) + this.lane;
    for (let i = 0; i < weights.length; i++) this.floats[at + LANES * i] = weights[i];
  }
}
