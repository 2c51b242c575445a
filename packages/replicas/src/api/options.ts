// What a caller says: the table, the networks, and what is to come out.
import type { Activation, ActivationJson } from '@rectify/core/js';

/** Numbers of `shape` [rows, columns], row by row. */
export interface NumberMatrix {
  readonly data: Float32Array | Float64Array;
  readonly shape: readonly [rows: number, columns: number];
}

/** A matrix, or a list of rows. */
export type Rows = NumberMatrix | readonly ArrayLike<number>[];

/** Indexes of rows; a row may stand in it more than once. */
export type Indexes = ArrayLike<number>;

/** One fully connected layer: f(x·kernel + bias). */
export interface HiddenLayer {
  /** Outputs; a positive integer. */
  readonly units: number;
  /** Any elementwise function of `@rectify/core`, or its JSON with every parameter. */
  readonly activation: Activation | ActivationJson;
}

/** Softmax with cross-entropy, for two and more classes: −log p of the label. */
export interface SoftmaxOutput {
  readonly activation: 'softmax';
  readonly loss: 'cross_entropy';
  /** How many classes; 2 or more. */
  readonly units: number;
}

/** Sigmoid with binary cross-entropy, the mean over the outputs. */
export interface SigmoidOutput {
  readonly activation: 'sigmoid';
  readonly loss: 'binary_cross_entropy';
  /** Outputs; 1 by default. */
  readonly units?: number;
}

/** Linear with the squared or the absolute error, the mean over the outputs. */
export interface LinearOutput {
  readonly activation: 'linear';
  readonly loss: 'squared_error' | 'absolute_error';
  readonly units?: number;
}

/** Linear with Huber's error: e²/2 for |e| ≤ delta, else delta·(|e| − delta/2); the mean over the outputs. */
export interface HuberOutput {
  readonly activation: 'linear';
  readonly loss: 'huber';
  /** 1 by default. */
  readonly delta?: number;
  readonly units?: number;
}

/** What a network's last layer is, and the loss that belongs to it. */
export type Output = SoftmaxOutput | SigmoidOutput | LinearOutput | HuberOutput;

/**
 * Where the initial kernels come from; biases start at 0. The variance is gain²·2/(in + out) for Glorot, gain²·2/in for He and
 * gain²/in for LeCun; the normal ones are cut off at two standard deviations and scaled to keep that variance, as Keras does.
 */
export type InitializerName =
  | 'glorot_uniform'
  | 'glorot_normal'
  | 'he_uniform'
  | 'he_normal'
  | 'lecun_uniform'
  | 'lecun_normal';

/** An initialiser by name, with a gain. */
export interface Initializer {
  readonly name: InitializerName;
  /**
   * What the standard deviation is multiplied with; 1 by default. 'activation' takes the gain of the layer's own activation
   * (PyTorch's `calculate_gain`), 1 for the output layer, and is an error for an activation that has none.
   */
  readonly gain?: number | 'activation';
}

/** How weights follow the gradient. */
export type Optimizer =
  | { readonly name: 'sgd' }
  /** v ← momentum·v + g; w ← w − rate·v, with Nesterov's w ← w − rate·(g + momentum·v). 0.9 and false by default. */
  | { readonly name: 'momentum'; readonly momentum?: number; readonly nesterov?: boolean }
  /** 0.9, 0.999 and 1e-7 by default, as in Keras and tfjs. */
  | {
      readonly name: 'adam' | 'adamw';
      readonly beta1?: number;
      readonly beta2?: number;
      readonly epsilon?: number;
    };

/** What the learning rate is multiplied with. */
export type Schedule =
  | { readonly name: 'constant' }
  /** (1 + cos(π·t/T))/2 from 1 down to `to` (0 by default) over T = `epochs` epochs, step by step; those of the call by default. */
  | { readonly name: 'cosine'; readonly epochs?: number; readonly to?: number }
  /** `factor` to the power of ⌊epoch/every⌋; a factor of 0.1 by default. */
  | { readonly name: 'step'; readonly every: number; readonly factor?: number };

/** What the arms of a comparison may differ in. */
export interface ArmSettings {
  /** The layers before the output; none gives a linear model. */
  readonly hidden: readonly HiddenLayer[];
  /** Glorot uniform by default. */
  readonly initializer?: Initializer | InitializerName;
  /** Adam by default. */
  readonly optimizer?: Optimizer | Optimizer['name'];
  /** 0.001 by default for Adam and AdamW, 0.01 for the others. Positive. */
  readonly learningRate?: number;
  /**
   * 0 by default. AdamW takes rate·decay·w off each weight; for the others decay·w joins the gradient (L2), as in PyTorch. Biases
   * decay too.
   */
  readonly weightDecay?: number;
  readonly schedule?: Schedule | 'constant' | 'cosine';
}

/** One condition of a comparison. What is left out is what the options say. */
export interface Arm extends Partial<ArmSettings> {
  readonly name?: string;
}

/** Kernel of shape [in, out], row by row, and bias of one layer. */
export interface LayerWeights {
  readonly kernel: ArrayLike<number>;
  readonly bias: ArrayLike<number>;
}

/** One network to train. */
export interface Replica {
  /** Of its initial weights and its order of rows: an integer from 0 to 4294967295. */
  readonly seed: number;
  /** Of its order of rows alone; `seed` by default. */
  readonly orderSeed?: number;
  /** Which of the arms; 0 by default. */
  readonly arm?: number;
  /** The rows that it is trained on, tested on, and stopped early by; what the options say by default. */
  readonly rows?: Indexes;
  readonly testRows?: Indexes;
  readonly validationRows?: Indexes;
  readonly learningRate?: number;
  readonly weightDecay?: number;
  /** In place of the initialiser's. */
  readonly weights?: readonly LayerWeights[];
}

/** Each replica stops by the loss of its own validation rows; its best weights are kept. */
export interface EarlyStopping {
  /** Epochs without a validation loss below the best minus `minDelta` after which a replica stops. */
  readonly patience: number;
  /** 0 by default. */
  readonly minDelta?: number;
}

/** What is to come out beside weights, final loss and score, losses of the test rows, and whether it diverged. */
export interface Outputs {
  /** Loss and score after each epoch, of the training rows, and of the validation and test rows where there are some. */
  readonly history?: boolean;
  /** Outputs (probabilities, or the values of a regression) of these rows, or of each replica's test rows. */
  readonly predictions?: Indexes | 'test';
  /** The Euclidean norm of the gradient of the mean training loss at the final weights. */
  readonly gradientNorm?: boolean;
  /** Dead and saturated units of each hidden layer. */
  readonly units?: boolean;
  /** All that is needed to go on with the same bits. */
  readonly state?: boolean;
}

/** What computes: WebAssembly SIMD or plain JavaScript, of the same bits. */
export type RunnerName = 'wasm' | 'js';

/** How far a training is. */
export interface TrainProgress {
  /** Networks × epochs done, of `total`. */
  readonly done: number;
  readonly total: number;
  /** Groups of four networks that are finished, of `tiles`. */
  readonly tilesDone: number;
  readonly tiles: number;
  /** The epoch that the present tile has finished. */
  readonly epoch: number;
  readonly elapsedMs: number;
  /** At the pace so far; undefined until there is one. */
  readonly leftMs: number | undefined;
}

interface CommonOptions extends Partial<ArmSettings> {
  /** One row for each example. They must be finite. */
  readonly features: Rows;
  /** What the loss of a training row counts; 1 by default. The loss is the mean of weight × loss over the batch, as in Keras. */
  readonly rowWeights?: ArrayLike<number>;
  /** Conditions to compare; by default one, of what stands beside it. */
  readonly arms?: readonly Arm[];
  /** How many seeds (0, 1, …), or which: each arm is trained once for each. Or give `replicas`. */
  readonly seeds?: number | readonly number[];
  /** The networks one by one, in place of `seeds`. */
  readonly replicas?: readonly Replica[];
  /** Training rows; all by default, without the test and validation rows. */
  readonly rows?: Indexes;
  readonly testRows?: Indexes;
  readonly validationRows?: Indexes;
  /** 100 by default. */
  readonly epochs?: number;
  /** 32 by default. The last batch of an epoch has what is left. */
  readonly batchSize?: number;
  /** Whether rows come in a new order in each epoch; true by default. */
  readonly shuffle?: boolean;
  readonly earlyStopping?: EarlyStopping;
  readonly outputs?: Outputs;
  /** From an earlier call's results: goes on where that stopped, for `epochs` more. */
  readonly state?: TrainState;
  /** WebAssembly where the runtime has it, else JS, by default. The results have the same bits. */
  readonly runner?: RunnerName | 'auto';
}

/** The table and the networks. Which of `labels` and `targets` there is follows from the output. */
export type TrainOptions = CommonOptions &
  (
    | {
        readonly output: SoftmaxOutput;
        /** The class of each row: an integer from 0 to units − 1. */
        readonly labels: ArrayLike<number>;
        readonly targets?: undefined;
      }
    | {
        readonly output: SigmoidOutput | LinearOutput | HuberOutput;
        /** For each row a number, or as many as there are outputs; 0 to 1 for the sigmoid. */
        readonly targets: ArrayLike<number> | Rows;
        readonly labels?: undefined;
      }
  );

/** How an asynchronous call is watched and stopped. */
export interface Watch {
  /** Stops within 0.2 s; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: TrainProgress) => void;
}

/** Plain data (typed arrays); opaque but for being copied, sent and stored. */
export interface TrainState {
  readonly version: 1;
  /** Epochs trained. */
  readonly epoch: number;
  /** Numbers of each replica, one after the other: weights, first and second moments. */
  readonly lengths: Uint32Array;
  readonly weights: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Of early stopping: best validation loss, epochs since, whether stopped, and the weights then. */
  readonly stopping?: StoppingState;
  /** The epoch in which each diverged, or −1. */
  readonly divergedAt: Int32Array;
}

/** The part of a state that early stopping needs, replica by replica. */
export interface StoppingState {
  readonly best: Float64Array;
  readonly bestEpoch: Int32Array;
  readonly stoppedAt: Int32Array;
  readonly weights: Float32Array;
}
