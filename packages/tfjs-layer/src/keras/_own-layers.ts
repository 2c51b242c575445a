import {
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  DepthwiseConv1D,
  DepthwiseConv2D,
  SeparableConv1D,
} from './_convolutions.js';
import { ResetAfterGRU, ResetAfterGRUCell } from './_gru.js';
import {
  BatchNormalization,
  GroupNormalization,
  LayerNormalization,
  Normalization,
} from './_normalizations.js';
import { Operator, Reshape } from './_operations.js';

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
