import { backend_util, Tensor } from '@tensorflow/tfjs-core';
import { Callback, type LayersModel } from '@tensorflow/tfjs-layers';
import { assertPositiveInteger } from '../arguments/assert.js';
import { assertOptions } from '../arguments/options.js';
import { type InspectUnitsOptions, inspectUnits, type UnitReport } from './inspect-units.js';

/** How often the monitor looks, and who hears its warnings. */
export interface UnitMonitorOptions extends InspectUnitsOptions {
  /** Epochs between two looks; 1 by default. */
  every?: number;
  /** Takes each new warning; by default they go to the console, as tfjs's own do. */
  onWarning?: (message: string) => void;
}

/** What was seen at the end of one epoch. */
export interface EpochReport {
  /** Counted from 0, as tfjs does. */
  epoch: number;
  units: UnitReport[];
  /** For each layer with trainable weights, the largest change of any of them since the last look. */
  weightChange: Record<string, number>;
}

/** See {@link unitMonitor}. */
export class UnitMonitor extends Callback {
  /** One entry per look, oldest first. */
  readonly reports: EpochReport[] = [];
  readonly #data: Tensor | Tensor[];
  readonly #options: UnitMonitorOptions;
  readonly #warned = new Set<string>();
  #weights = new Map<string, Float32Array>();

  constructor(data: Tensor | Tensor[], options: UnitMonitorOptions = {}) {
    super();
    assertOptions('unitMonitor', options, ['every', 'batchSize', 'onWarning']);
    assertPositiveInteger('every', options.every ?? 1);
    assertPositiveInteger('batchSize', options.batchSize ?? 1);
    for (const x of [data].flat())
      if (!(x instanceof Tensor))
        throw new TypeError(`data must be a tensor or an array of tensors, got ${typeof x}`);
    this.#data = data;
    this.#options = options;
  }

  override async onTrainBegin(): Promise<void> {
    this.#weights = await weightsOf(this.model);
  }

  override async onEpochEnd(epoch: number): Promise<void> {
    const { every = 1, batchSize } = this.#options;
    if ((epoch + 1) % every !== 0) return;
    const units = await inspectUnits(this.model, this.#data, batchSize === undefined ? {} : { batchSize });
    const weights = await weightsOf(this.model);
    const weightChange: Record<string, number> = {};
    for (const [name, values] of weights) {
      const layer = name.slice(0, name.lastIndexOf('/'));
      weightChange[layer] = Math.max(
        weightChange[layer] ?? 0,
        largestChange(this.#weights.get(name), values),
      );
    }
    this.#weights = weights;
    this.reports.push({ epoch, units, weightChange });
    for (const { layer, warning } of units) if (warning) this.#warn(layer, warning);
    for (const [layer, change] of Object.entries(weightChange))
      if (change === 0)
        this.#warn(
          layer,
          `${layer}: no weight has moved. Its gradient is 0 or NaN: look at the loss (a categorical cross-entropy needs more than one output), at dead units behind it, and at the learning rate.`,
        );
  }

  /** Each layer warns once in a training. */
  #warn(layer: string, message: string): void {
    if (this.#warned.has(layer)) return;
    this.#warned.add(layer);
    (this.#options.onWarning ?? backend_util.warn)(message);
  }
}

async function weightsOf(model: LayersModel): Promise<Map<string, Float32Array>> {
  const weights = new Map<string, Float32Array>();
  for (const [i, variable] of model.trainableWeights.entries()) {
    const name = variable.originalName;
    // A layer's name may come twice, in two models within the model.
    const layer = name.slice(0, name.lastIndexOf('/'));
    weights.set(`${layer}/${i}`, Float32Array.from(await variable.read().data()));
  }
  return weights;
}

/** NaN counts as no change: such a weight cannot move any more. */
function largestChange(before: Float32Array | undefined, after: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < after.length; i++) {
    const change = Math.abs(after[i] - (before?.[i] ?? 0));
    if (change > largest) largest = change;
  }
  return largest;
}

/**
 * A callback for `fit` that looks at every unit at the end of each epoch, warns of dead and saturated units, of NaN and ∞, and of
 * layers whose weights no longer move, and says what to try.
 *
 *     const monitor = unitMonitor(x);
 *     await model.fit(x, y, { callbacks: monitor });
 *     monitor.reports.at(-1).units; // as inspectUnits gives them
 *
 * @param data The inputs to look at, usually those of the training; they are not disposed.
 * @throws TypeError when `data` is no tensor or no array of tensors, or `every` or `batchSize` no number.
 * @throws RangeError when `every` or `batchSize` is no whole number of at least 1.
 */
export const unitMonitor = (data: Tensor | Tensor[], options: UnitMonitorOptions = {}): UnitMonitor =>
  new UnitMonitor(data, options);
