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

  /** z = a·w + b and a = f(z), layer by layer; the last z is the answer. */
  forward(x: number, rows: number): void {
    for (let l = 0; l < this.layers.length; l++) this.forwardLayer(l, x, rows);
  }

  forwardLayer(l: number, x: number, rows: number): void {
    const { p, layers, activations } = this;
    const { weights, z, a, inputs, units } = layers[l];
    p.forward(l === 0 ? x : layers[l - 1].a, weights, z, rows, inputs, units);
    if (l === activations.length) return; // the output's function belongs to the loss
    const { f, p0, p1, p2 } = activations[l];
    f.forward(z, a, rows * units, p0, p1, p2);
  }

  /** The gradient of Σ scale·loss over rows that went forward. */
  backward(x: number, targets: number, scale: number, rows: number): void {
    this.lossGradient(targets, scale, rows);
    for (let l = this.layers.length - 1; l >= 0; l--) this.backwardLayer(l, x, rows);
  }

  /** The gradient for the outputs before their function. */
  lossGradient(targets: number, scale: number, rows: number): void {
    const { z, dz } = this.last;
    this.loss.gradient(z, targets, scale, dz, rows, this.units, this.delta);
  }

  /** The gradient for a layer's weights, and for the layer before it. */
  backwardLayer(l: number, x: number, rows: number): void {
    const { p, layers, activations } = this;
    const { weights, gradient, dz, inputs, units } = layers[l];
    const before = layers[l - 1];
    p.backwardWeights(l === 0 ? x : before.a, dz, gradient, rows, inputs, units);
    if (l === 0) return;
    p.backwardInputs(dz, weights, before.dz, rows, inputs, units);
    const { f, p0, p1, p2 } = activations[l - 1];
    f.backward(before.z, before.dz, before.dz, rows * inputs, p0, p1, p2);
  }

  /** Loss and score of each row that went forward. */
  rowLosses(targets: number, losses: number, scores: number, rows: number): void {
    this.loss.rows(this.last.z, targets, losses, scores, this.last.dz, rows, this.units, this.delta);
  }

  /** dz = f′(z) of a hidden layer, whose dz holds ones. */
  slopes(l: number, rows: number): void {
    const { z, dz, units } = this.layers[l];
    const { f, p0, p1, p2 } = this.activations[l];
    f.backward(z, dz, dz, rows * units, p0, p1, p2);
  }
}
