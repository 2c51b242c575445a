// The optimiser's step, and what it needs to know of the step: learning rate, decay, bias corrections.
import type { TileLayout } from '../memory/layout.js';
import type { PlannedArm, PlannedReplica, PlannedSchedule } from '../plan/problem.js';
import { LANES, type Primitives, SCALARS } from '../primitives/primitives.js';
import { cosOfPi } from '../random/normal.js';

/** What a step at `step` of a replica with so many steps an epoch multiplies the learning rate with. */
export function scheduleFactor(schedule: PlannedSchedule, step: number, stepsPerEpoch: number): number {
  if (schedule.name === 'constant') return 1;
  if (schedule.name === 'step') {
    let factor = 1;
    // Products rather than Math.pow, of which engines have their own.
    for (let n = Math.floor(step / stepsPerEpoch / schedule.every); n > 0; n--) factor *= schedule.factor;
    return factor;
  }
  const { epochs, to } = schedule;
  const done = Math.min(1, step / (epochs * stepsPerEpoch));
  return to + (1 - to) * 0.5 * (1 + cosOfPi(done));
}

/** 1/(1 − β^t) for t = 1, 2, … */
class Corrections {
  private values = new Float64Array(0);

  constructor(private readonly beta: number) {}

  /** All of them up to t. */
  upTo(t: number): Float64Array {
    if (this.values.length < t) {
      this.values = new Float64Array(Math.max(t, 2 * this.values.length));
      let power = 1;
      for (let i = 0; i < this.values.length; i++) {
        power *= this.beta;
        this.values[i] = 1 / (1 - power);
      }
    }
    return this.values;
  }
}

/** Writes a tile's scalars and makes its steps. */
export class Optimizer {
  private readonly first: Corrections;
  private readonly second: Corrections;
  private readonly decays: 0 | 1;
  /** Equal for optimisers that write the same scalars. */
  readonly scalarsKey: string;

  constructor(
    private readonly p: Primitives,
    private readonly floats: Float32Array,
    private readonly arm: PlannedArm,
    private readonly lanes: readonly PlannedReplica[],
  ) {
    const { optimizer } = arm;
    this.first = new Corrections(optimizer.name === 'adam' ? optimizer.beta1 : 0);
    this.second = new Corrections(optimizer.name === 'adam' ? optimizer.beta2 : 0);
    this.decays = lanes.some(({ weightDecay }) => weightDecay > 0) ? 1 : 0;
    const rates = lanes.map(({ learningRate, weightDecay }) => [learningRate, weightDecay]);
    this.scalarsKey = JSON.stringify([optimizer, arm.schedule, rates]);
  }

  /**
   * Writes the scalars of steps `from` to `to` of an epoch; `perEpoch` is how many each lane makes in an epoch. What they are for a
   * lane that makes fewer does not matter.
   */
  prepare(scalars: number, epoch: number, from: number, to: number, perEpoch: readonly number[]): void {
    const { floats, decays } = this;
    const { optimizer, schedule } = this.arm;
    const adam = optimizer.name === 'adam';
    const decoupled = adam && optimizer.decoupled;
    const constant = schedule.name === 'constant';
    for (let lane = 0; lane < LANES; lane++) {
      const { learningRate, weightDecay } = this.lanes[lane];
      const start = epoch * perEpoch[lane];
      const first = this.first.upTo(start + to);
      const second = this.second.upTo(start + to);
      let at = (scalars >>> 2) + lane;
      for (let step = start + from; step < start + to; step++, at += LANES * SCALARS) {
        const rate = constant ? learningRate : learningRate * scheduleFactor(schedule, step, perEpoch[lane]);
        floats[at] = adam ? rate * first[step] : rate;
        floats[at + LANES] = second[step];
        if (adam && !decays) continue;
        floats[at + 2 * LANES] = decoupled ? 0 : weightDecay;
        floats[at + 3 * LANES] = decoupled ? rate * weightDecay : 0;
      }
    }
  }

  /** w ← w − step, with the gradient and the scalars that are there. */
  step({ weights, gradient, first, second, count }: TileLayout, scalars: number): void {
    const { optimizer } = this.arm;
    if (optimizer.name === 'adam') {
      const { beta1, beta2, epsilon } = optimizer;
      this.p.adam(weights, gradient, first, second, count, scalars, beta1, beta2, epsilon, this.decays);
    } else {
      const { momentum, nesterov } = optimizer;
      this.p.momentum(weights, gradient, first, count, scalars, momentum, nesterov ? 1 : 0);
    }
  }
}
