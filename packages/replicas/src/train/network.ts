// A tile's networks: four of one shape, trained by the textbook's backpropagation. Every line works on all four.
import type { LayerLayout, TileLayout } from '../memory/layout.js';
import type { PlannedArm, PlannedOutput } from '../plan/problem.js';
import type { ElementwisePrimitive, LossPrimitive, Primitives } from '../primitives/primitives.js';

/** A hidden layer's function. */
interface Bound {
  readonly f: ElementwisePrimitive;
  readonly p0: number;
  readonly p1: number;
  readonly p2: number;
}

export class Network {
  private readonly activations: readonly Bound[];
  private readonly loss: LossPrimitive;
  private readonly units: number;
  private readonly delta: number;
  /** The layers, and the last of them. */
  readonly layers: readonly LayerLayout[];
  readonly last: LayerLayout;

  constructor(
    private readonly p: Primitives,
    { layers }: TileLayout,
    arm: PlannedArm,
    { loss, units, delta }: PlannedOutput,
  ) {
    this.layers = layers;
    this.last = layers[layers.length - 1];
    this.loss = p.losses[loss];
    this.units = units;
    this.delta = delta;
    this.activations = arm.hidden.map(({ program: { kernel, args } }) => {
      const [p0 = 0, p1 = 0, p2 = 0] = args;
      return { f: p.activation(kernel), p0, p1, p2 };
    });
  }

  /** z = a·w + b and a = f(z), layer by layer, `from` one `to` before another; the last z is the answer. */
  forward(x: number, rows: number, from = 0, to = this.layers.length): void {
    for (let l = from; l < to; l++) {
      this.multiply(l, x, rows);
      if (l < this.activations.length) this.activate(l, rows); // the output's function belongs to the loss
    }
  }

  /** z = a·w + b of a layer, a being x or what is before it. */
  multiply(l: number, x: number, rows: number): void {
    const { weights, z, inputs, units, inputStride, stride } = this.layers[l];
    this.p.forward(l === 0 ? x : this.layers[l - 1].a, weights, z, rows, inputs, units, inputStride, stride);
  }

  /** a = f(z) of a hidden layer, with f′(z) left in the place of z. */
  activate(l: number, rows: number): void {
    const { z, a, stride } = this.layers[l];
    const { f, p0, p1, p2 } = this.activations[l];
    f(z, a, rows * stride, p0, p1, p2);
  }

  /** The gradient of Σ scale·loss over rows that went forward, back from before layer `from` and down to layer `to`. */
  backward(x: number, targets: number, scale: number, rows: number, from = this.layers.length, to = 0): void {
    const { p, layers, last } = this;
    if (from === layers.length)
      this.loss.gradient(last.z, targets, scale, last.dz, rows, this.units, this.delta);
    for (let l = from - 1; l >= to && l > 0; l--) {
      const { weights, gradient, dz, inputs, units, inputStride, stride } = layers[l];
      const before = layers[l - 1];
      p.backwardWeights(before.a, dz, gradient, rows, inputs, units, inputStride, stride);
      // Where before.dz is to be lies f′(z): see activate.
      p.backwardInputs(dz, weights, before.dz, rows, inputs, units, inputStride, stride);
    }
    if (to > 0) return;
    const { dz, gradient, inputs, units, inputStride, stride } = layers[0];
    p.backwardWeights(x, dz, gradient, rows, inputs, units, inputStride, stride);
  }

  /** Loss and score of each row that went forward. */
  rowLosses(targets: number, losses: number, scores: number, rows: number): void {
    this.loss.rows(this.last.z, targets, losses, scores, this.last.dz, rows, this.units, this.delta);
  }
}
