// The rows that a block's lanes read: their order in an epoch, what each counts, and the gathering of them.
import type { BlockLayout } from '../memory/layout.js';
import { targetColumns } from '../memory/layout.js';
import type { Block } from '../plan/blocks.js';
import { type Problem, stepsOf } from '../plan/problem.js';
import { LANES } from '../primitives/primitives.js';
import { shuffle } from '../random/generator.js';
import type { Machine } from './machine.js';

export type RowList = 'rows' | 'testRows' | 'validationRows' | 'predictedRows';

export class BlockRows {
  /** Steps of an epoch in each lane, the fewest and the most of them. */
  readonly steps: readonly number[];
  readonly fewestSteps: number;
  readonly mostSteps: number;
  /** Rows of each step: the most that a lane has. A lane that has fewer repeats one of its rows, which counts 0. */
  readonly counts: Int32Array;
  readonly targetColumns: number;

  constructor(
    private readonly problem: Problem,
    private readonly machine: Machine,
    private readonly block: Block,
    private readonly layout: BlockLayout,
  ) {
    this.steps = block.streams.map(({ rows }) => stepsOf(rows.length, problem.batchSize));
    this.fewestSteps = Math.min(...this.steps);
    this.mostSteps = Math.max(...this.steps);
    const most = Math.max(...block.streams.map(({ rows }) => rows.length));
    this.counts = Int32Array.from({ length: this.mostSteps }, (_, step) =>
      Math.min(problem.batchSize, most - step * problem.batchSize),
    );
    this.targetColumns = targetColumns(problem);
  }

  /** Sets the order of an epoch's rows in every lane. */
  order(epoch: number): void {
    const { shuffle: shuffled } = this.problem;
    const { integers } = this.machine;
    const at = this.layout.order >>> 2;
    this.block.streams.forEach((stream, lane) => {
      const repeated = this.block.streams.indexOf(stream);
      if (repeated < lane) this.copyLane(repeated, lane);
      else {
        this.setLane(lane, stream.rows, this.mostSteps * this.problem.batchSize);
        if (shuffled)
          shuffle(integers, stream.orderSeed, epoch, {
            at: at + lane,
            stride: LANES,
            count: stream.rows.length,
          });
      }
    });
  }

  /** Sets the order to that of a list of rows. Returns the length of each lane's list. */
  list(name: RowList): { lengths: readonly number[]; most: number } {
    const lengths = this.block.streams.map((stream) => stream[name].length);
    const most = Math.max(...lengths);
    this.block.streams.forEach((stream, lane) => {
      this.setLane(lane, stream[name], most);
    });
    return { lengths, most };
  }

  /** Each lane's list. */
  listsOf(name: RowList): Uint32Array[] {
    return this.block.streams.map((stream) => stream[name]);
  }

  private setLane(lane: number, rows: Uint32Array, length: number): void {
    const { integers } = this.machine;
    const at = (this.layout.order >>> 2) + lane;
    for (let i = 0; i < rows.length; i++) integers[at + LANES * i] = rows[i];
    const repeated = rows[0] ?? 0;
    for (let i = rows.length; i < length; i++) integers[at + LANES * i] = repeated;
  }

  private copyLane(from: number, to: number): void {
    const { integers } = this.machine;
    const at = this.layout.order >>> 2;
    const end = at + LANES * this.mostSteps * this.problem.batchSize;
    for (let i = at; i < end; i += LANES) integers[i + to] = integers[i + from];
  }

  /**
   * Sets what the loss of each row of the epoch counts for the gradient: weight/(rows of the step × outputs), the loss being a mean;
   * 0 for rows that only fill up. It changes with the order only where rows have weights.
   */
  scale(): void {
    const { batchSize, table, output } = this.problem;
    const { floats, integers } = this.machine;
    const outputs = output.activation === 'softmax' ? 1 : output.units;
    this.block.streams.forEach(({ rows }, lane) => {
      for (let i = 0; i < this.mostSteps * batchSize; i++) {
        const own = Math.min(batchSize, rows.length - Math.floor(i / batchSize) * batchSize);
        const row = integers[(this.layout.order >>> 2) + LANES * i + lane];
        const weight = table.rowWeights?.[row] ?? 1;
        floats[(this.layout.scale >>> 2) + LANES * i + lane] = i < rows.length ? weight / (own * outputs) : 0;
      }
    });
  }

  /** The same for a full gradient: weight/(rows × outputs). */
  scaleWhole(): void {
    const { table, output } = this.problem;
    const { floats } = this.machine;
    const outputs = output.activation === 'softmax' ? 1 : output.units;
    const most = Math.max(...this.block.streams.map(({ rows }) => rows.length));
    this.block.streams.forEach(({ rows }, lane) => {
      for (let i = 0; i < most; i++) {
        const weight = table.rowWeights?.[rows[i]] ?? 1;
        floats[(this.layout.scale >>> 2) + LANES * i + lane] =
          i < rows.length ? weight / (rows.length * outputs) : 0;
      }
    });
  }

  /** Gathers features and targets of `count` rows of the order from `from` on. */
  gather(from: number, count: number): void {
    const { primitives, table } = this.machine;
    const { order, x, y } = this.layout;
    const own = order + 16 * from;
    primitives.gather(own, count, table.features, this.problem.table.columns, x);
    primitives.gather(own, count, table.targets, this.targetColumns, y);
  }
}
