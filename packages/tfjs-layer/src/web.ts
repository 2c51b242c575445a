// The package where there is no file system: in pages, workers and React Native.
import * as activations from './activations/activations.js';

export { activation, type LayerActivation, TensorActivation } from './activations/activations.js';

import * as layers from './layers/index.js';
import './activations/stock-types.js';

export type { ActivationArgument, RegisteredName } from './activations/given.js';
export { FastAdam, fastAdam } from './fast/adam.js';
export { useFastKernels, useStockKernels } from './fast/use-fast-kernels.js';
export { KerasFormatError } from './keras/format.js';
export { type KerasModel, loadKerasModel } from './keras/load.js';
export type { KerasLimits, KerasProgress, LoadOptions } from './keras/options.js';
export type { CustomObjects, KerasNote } from './keras/reading.js';
export type { KerasSource } from './keras/sources/given.js';
export { toKerasConfig } from './keras/to-keras.js';
export { ActivationLayer } from './layers/activation.js';
export { Dense } from './layers/dense.js';
export { ELU } from './layers/elu.js';
export { LeakyReLU } from './layers/leaky-relu.js';
export { PReLU } from './layers/prelu.js';
export { ReLU } from './layers/relu.js';
export { ReplicaDense } from './layers/replica-dense.js';
export { ReplicaLeakyReLU } from './layers/replica-leaky-relu.js';
export { RReLU } from './layers/rrelu.js';
export { Softmax } from './layers/softmax.js';
export { register, replaceBuiltIns, restoreBuiltIns } from './register/register.js';
export { deadUnits } from './units/dead-units.js';
export { type InspectUnitsOptions, inspectUnits, type UnitReport } from './units/inspect-units.js';
export { type EpochReport, UnitMonitor, type UnitMonitorOptions, unitMonitor } from './units/unit-monitor.js';
// Not `export * as`, which React Native's preset of Babel does not read.
export { activations, layers };
