// Trains many small networks side by side.
export type {
  Arm,
  ArmSettings,
  EarlyStopping,
  HiddenLayer,
  HuberOutput,
  Indexes,
  Initializer,
  InitializerName,
  LayerWeights,
  LinearOutput,
  NumberMatrix,
  Optimizer,
  Output,
  Outputs,
  Replica,
  Rows,
  RunnerName,
  Schedule,
  SigmoidOutput,
  SoftmaxOutput,
  StoppingState,
  TrainOptions,
  TrainProgress,
  TrainState,
  Watch,
} from './api/options.js';
export { train } from './api/train.js';
export { trainSync } from './api/train-sync.js';
export type {
  Curve,
  Lists,
  Trained,
  TrainedArm,
  TrainedColumns,
  TrainedLayer,
  TrainedReplica,
} from './api/trained.js';
