import type { ActivationJson } from '@rectify/core/js';
import type { InitializerName } from '@rectify/replicas';

/** What is tried: one way to set up the network. Plain data. */
export interface ArmSetting {
  readonly activation: ActivationJson;
  /** Adam's learning rate; the design's where left out. */
  readonly learningRate?: number;
  /** The design's where left out. */
  readonly initializer?: InitializerName;
}

/** One condition of a comparison. */
export interface Arm extends ArmSetting {
  /** As it is written: `relu`, `leaky_relu:0.05`, `gelu:approximate=tanh@lr=0.01`. */
  readonly name: string;
  /**
   * Settings of which each seed chooses one, by the score on a validation part that it takes from its training part; the test part has no
   * say. None where there is nothing to choose.
   */
  readonly choices: readonly ArmSetting[];
}

export const initializerNames: readonly InitializerName[] = [
  ...(['glorot_uniform', 'glorot_normal', 'he_uniform', 'he_normal'] as const),
  ...(['lecun_uniform', 'lecun_normal'] as const),
];

/**
 * The default comparison: ReLU; Leaky ReLU with PyTorch's slope, the tutorial's, that of the Keras function, and the value where PReLU's
 * slope starts; and the smooth functions.
 */
export const defaultArms: readonly string[] = [
  ...['relu', 'leaky_relu:0.01', 'leaky_relu:0.05', 'leaky_relu:0.2', 'leaky_relu:0.25'],
  ...['elu', 'gelu', 'silu', 'tanh'],
];
