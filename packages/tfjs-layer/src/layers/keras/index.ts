import {
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  DepthwiseConv1D,
  DepthwiseConv2D,
  SeparableConv1D,
} from './convolutions.js';
import { ResetAfterGRU, ResetAfterGRUCell } from './gru.js';
import {
  BatchNormalization,
  GroupNormalization,
  LayerNormalization,
  Normalization,
} from './normalizations.js';
import { Operator, Reshape } from './operations.js';

/** Layers of Keras that tfjs lacks or computes otherwise: what `register()` makes known, so that models with them can be saved. */
export const ownLayers = [
  BatchNormalization,
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  DepthwiseConv1D,
  DepthwiseConv2D,
  GroupNormalization,
  LayerNormalization,
  Normalization,
  Operator,
  ResetAfterGRU,
  ResetAfterGRUCell,
  Reshape,
  SeparableConv1D,
];
