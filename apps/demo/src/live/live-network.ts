// One network of tfjs with our layers, trained epoch by epoch while somebody looks.
import { shuffled } from '@rectify/dataset';
import { layers as ours } from '@rectify/tfjs-layer';
import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { answersOf, classScores, numberScores } from '../model/scores.js';
import { confusionMatrix } from '../tutorial/measures.js';
import { seededWeights, streamSeed, streams } from '../tutorial/seeds.js';
import { barsOf } from '../view/chart/bars.js';
import { type LiveCurves, type LiveFrame, type LiveLayer, sharesOf } from './frame.js';
import { activationOf, type LivePart, type LivePlan, sizesOf } from './plan.js';
import { isFlatBelowZero, troublesOf } from './troubles.js';

const batchSize = 10;

type Curves = { -readonly [K in keyof LiveCurves]: number[] };
const copied = ({ trainLoss, testLoss, trainScore, testScore }: Curves): LiveCurves => ({
  trainLoss: [...trainLoss],
  testLoss: [...testLoss],
  trainScore: [...trainScore],
  testScore: [...testScore],
});
const noCurves = (): Curves => ({ trainLoss: [], testLoss: [], trainScore: [], testScore: [] });

/** The weights of a layer: `[inputs, units]` row-major, and the biases. */
interface Weights {
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
}

export class LiveNetwork {
  readonly plan: LivePlan;
  readonly model: tfl.Sequential;
  readonly #initial: Weights[];
  readonly #parts: { train: [tf.Tensor2D, tf.Tensor2D]; test: [tf.Tensor2D, tf.Tensor2D] };
  #optimizer: tf.Optimizer;
  #curves = noCurves();
  #before: Weights[] | undefined;
  #epoch = 0;

  constructor(plan: LivePlan) {
    this.plan = plan;
    this.model = modelOf(plan);
    this.#initial = this.#weights();
    this.#parts = { train: tensorsOf(plan.train, plan), test: tensorsOf(plan.test, plan) };
    this.#optimizer = optimizerOf(plan);
    this.#measure();
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** The mean loss and the score of the last epoch are numbers: it can go on. */
  get isSound(): boolean {
    return Number.isFinite(this.#curves.trainLoss.at(-1));
  }

  /** One epoch: every training row once, in batches of 10, in an order that the seed and the epoch decide. */
  async train(): Promise<void> {
    const { rows } = this.plan.train;
    this.#before = this.#weights();
    const order = shuffled(rows, streamSeed(this.plan.options.seed, streams.epochs + 1 + this.#epoch));
    const [x, y] = this.#parts.train;
    for (let start = 0; start < rows; start += batchSize) {
      tf.tidy(() => {
        const batch = tf.tensor1d(Int32Array.from(order.slice(start, start + batchSize)), 'int32');
        const [inputs, wanted] = [tf.gather(x, batch), tf.gather(y, batch)];
        this.#optimizer.minimize(() => this.#loss(wanted, this.model.apply(inputs) as tf.Tensor2D));
      });
    }
    this.#epoch++;
    this.#measure();
  }

  /** Back to the weights of the beginning, and to an optimiser that has seen nothing. */
  reset(): void {
    this.#setWeights(this.#initial);
    this.#optimizer.dispose();
    this.#optimizer = optimizerOf(this.plan);
    this.#curves = noCurves();
    this.#before = undefined;
    this.#epoch = 0;
    this.#measure();
  }

  frame(): LiveFrame {
    const { plan } = this;
    const f = activationOf(plan);
    const flat = isFlatBelowZero(f);
    const sizes = sizesOf(plan);
    const weights = this.#weights();
    const sums = this.#outputs('train');
    const test = this.#outputs('test').at(-1) as Float32Array;
    const last = weights.length - 1;
    const layers = weights.map(({ kernel, bias }, l): LiveLayer => {
      const units = sizes[l + 1];
      const given = l === last ? sums[last + 1] : f.forward(sums[l]);
      return {
        units: Array.from({ length: units }, (_, u) => {
          const own = sums[l].filter((_, i) => i % units === u);
          return {
            dead: l < last && flat && own.every((z) => !(z > 0)),
            bias: bias[u],
            weights: Array.from({ length: sizes[l] }, (_, i) => kernel[i * units + u]),
            bars: barsOf(sums[l], u, units),
            nan: own.filter(Number.isNaN).length,
          };
        }),
        ...{ outputs: sharesOf(given), sums: sharesOf(sums[l]) },
        moved: this.#before ? largest(this.#before[l], weights[l]) : null,
      };
    });
    const { classes } = plan;
    const confusion =
      plan.task === 'classification'
        ? confusionMatrix(plan.test.truth, answersOf(test, classes.length), classes.length)
        : [];
    const trainLoss = this.#curves.trainLoss.at(-1) as number;
    return {
      epoch: this.#epoch,
      ...{ layers, confusion },
      curves: copied(this.#curves),
      troubles: troublesOf({ plan, f, epoch: this.#epoch, layers, trainLoss }),
    };
  }

  dispose(): void {
    this.model.dispose();
    this.#optimizer.dispose();
    tf.dispose([...this.#parts.train, ...this.#parts.test]);
  }

  #loss(wanted: tf.Tensor2D, said: tf.Tensor2D): tf.Scalar {
    return this.plan.task === 'classification'
      ? tf.mean(tfl.metrics.categoricalCrossentropy(wanted, said))
      : tf.mean(tf.squaredDifference(wanted, said));
  }

  /** The sums of every layer, and last what the network answers. */
  #outputs(side: 'train' | 'test'): Float32Array[] {
    return tf.tidy(() => {
      const seen: tf.Tensor[] = [];
      let x: tf.Tensor = this.#parts[side][0];
      for (const layer of this.model.layers) {
        if (layer.getClassName() === 'Dense') {
          const [kernel, bias] = layer.getWeights();
          seen.push(tf.add(tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D), bias));
        }
        x = layer.apply(x) as tf.Tensor;
      }
      return [...seen, x].map((one) => one.dataSync<'float32'>());
    });
  }

  #measure(): void {
    const { plan } = this;
    for (const side of ['train', 'test'] as const) {
      const outputs = this.#outputs(side).at(-1) as Float32Array;
      const { loss, score } = scoreOf(plan, plan[side], outputs);
      this.#curves[`${side}Loss`].push(loss);
      this.#curves[`${side}Score`].push(score);
    }
  }

  #weights(): Weights[] {
    return tf.tidy(() => {
      const all = this.model.getWeights().map((one) => one.dataSync<'float32'>().slice());
      return Array.from({ length: all.length / 2 }, (_, l) => ({ kernel: all[2 * l], bias: all[2 * l + 1] }));
    });
  }

  #setWeights(weights: readonly Weights[]): void {
    const sizes = sizesOf(this.plan);
    tf.tidy(() => {
      this.model.setWeights(
        weights.flatMap(({ kernel, bias }, l) => [
          tf.tensor2d(kernel, [sizes[l], sizes[l + 1]]),
          tf.tensor1d(bias),
        ]),
      );
    });
  }
}

function modelOf(plan: LivePlan): tfl.Sequential {
  const { activation, options, task } = plan;
  const sizes = sizesOf(plan);
  const last = sizes.length - 2;
  const model = tfl.sequential({ name: 'network' });
  sizes.slice(1).forEach((units, l) => {
    model.add(
      tfl.layers.dense({
        units,
        name: l === last ? 'answer' : `hidden_${l + 1}`,
        ...(l === 0 && { inputShape: [sizes[0]] }),
        ...(l === last && task === 'classification' && { activation: 'softmax' as const }),
        kernelInitializer: seededWeights(options.seed, 1000 + l),
      }),
    );
    if (l < last) model.add(ours.activation({ activation, name: `activation_${l + 1}` }));
  });
  return model;
}

const optimizerOf = ({ options, rate }: LivePlan): tf.Optimizer =>
  options.optimizer === 'adam' ? tf.train.adam(rate) : tf.train.sgd(rate);

const tensorsOf = ({ rows, inputs, wanted }: LivePart, plan: LivePlan): [tf.Tensor2D, tf.Tensor2D] => [
  tf.tensor2d(inputs, [rows, plan.inputs.length]),
  tf.tensor2d(wanted, [rows, Math.max(1, plan.classes.length)]),
];

/** Mean loss and score: nats and accuracy, or squared error of the standardised target and R². */
function scoreOf({ task, classes, scale }: LivePlan, part: LivePart, outputs: Float32Array) {
  const rows = Array.from({ length: part.rows }, (_, row) => row);
  if (outputs.some((one) => !Number.isFinite(one))) return { loss: Number.NaN, score: Number.NaN };
  if (task === 'classification') {
    const { accuracy, logLoss } = classScores(part.truth, outputs, classes.length, rows);
    return { loss: logLoss, score: accuracy };
  }
  const said = Float64Array.from(outputs, (y) => y * scale.deviation + scale.mean);
  const { rmse, r2 } = numberScores(part.truth, said, rows);
  return { loss: (rmse / scale.deviation) ** 2, score: r2 ?? Number.NaN };
}

/** Largest change of any weight; NaN where one is no number any more. */
function largest(before: Weights, after: Weights): number {
  let most = 0;
  for (const name of ['kernel', 'bias'] as const)
    after[name].forEach((w, i) => {
      const change = Math.abs(w - before[name][i]);
      most = Number.isNaN(change) || Number.isNaN(most) ? Number.NaN : Math.max(most, change);
    });
  return most;
}
