// A training problem as plain data: everything checked, every default filled in. It can be sent to a worker.
import type { InitializerName, RunnerName } from '../api/options.js';
import type { LossName } from '../primitives/primitives.js';
import type { Program } from './programs.js';

export interface PlannedLayer {
  readonly units: number;
  readonly program: Program;
}

export type PlannedOptimizer =
  | {
      readonly name: 'adam';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly decoupled: boolean;
    }
  | { readonly name: 'momentum'; readonly momentum: number; readonly nesterov: boolean };

export type PlannedSchedule =
  | { readonly name: 'constant' }
  | { readonly name: 'cosine'; readonly epochs: number; readonly to: number }
  | { readonly name: 'step'; readonly every: number; readonly factor: number };

export interface PlannedArm {
  readonly name: string;
  readonly hidden: readonly PlannedLayer[];
  /** Inputs, and the units of each layer. */
  readonly sizes: readonly number[];
  readonly initializer: InitializerName;
  /** The gain of each layer. */
  readonly gains: readonly number[];
  readonly optimizer: PlannedOptimizer;
  readonly schedule: PlannedSchedule;
}

export interface PlannedReplica {
  readonly index: number;
  readonly arm: number;
  readonly seed: number;
  readonly orderSeed: number;
  readonly rows: Uint32Array;
  readonly testRows: Uint32Array;
  readonly validationRows: Uint32Array;
  readonly predictedRows: Uint32Array;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** In place of the initialiser's. */
  readonly weights?: Float32Array;
  /** Where it goes on from. */
  readonly resumed?: Resumed;
}

/** What a replica was when an earlier call ended. */
export interface Resumed {
  readonly weights: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly divergedAt: number;
  readonly stopping?: {
    readonly best: number;
    readonly bestEpoch: number;
    readonly stoppedAt: number;
    readonly weights: Float32Array;
  };
}

export interface PlannedOutput {
  readonly activation: 'softmax' | 'sigmoid' | 'linear';
  readonly loss: LossName;
  readonly units: number;
  readonly delta: number;
}

/** What every replica shares. */
export interface PlannedTable {
  readonly rows: number;
  readonly columns: number;
  readonly features: Float32Array;
  /** Labels as int32 or targets as float32, row by row. */
  readonly targets: Int32Array | Float32Array;
  readonly rowWeights?: Float32Array;
}

export interface Problem {
  readonly table: PlannedTable;
  readonly output: PlannedOutput;
  readonly arms: readonly PlannedArm[];
  readonly replicas: readonly PlannedReplica[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly earlyStopping?: { readonly patience: number; readonly minDelta: number };
  readonly outputs: {
    readonly history: boolean;
    readonly predictions: boolean;
    readonly gradientNorm: boolean;
    readonly units: boolean;
    readonly state: boolean;
  };
  /** Epochs that were trained before this call. */
  readonly startEpoch: number;
  readonly runner: RunnerName | 'auto';
}

/** How many weights and biases a network of these sizes has. */
export const parametersOf = (sizes: readonly number[]): number =>
  sizes.slice(1).reduce((sum, units, layer) => sum + (sizes[layer] + 1) * units, 0);

/** Steps of an epoch over so many rows. */
export const stepsOf = (rows: number, batchSize: number): number => Math.ceil(rows / batchSize);
