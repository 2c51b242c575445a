import {
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
  AdaptiveMaxPooling1D,
  AdaptiveMaxPooling2D,
  AdaptiveMaxPooling3D,
} from './adaptive-pooling.js';
import { AdditiveAttention, Attention } from './attention.js';
import { Bidirectional } from './bidirectional.js';
import { CategoryEncoding, Discretization } from './categories.js';
import { Concatenate } from './concatenate.js';
import { ConvLSTM1D } from './conv-lstm.js';
import { Conv1DTranspose, Conv2DTranspose } from './conv-transpose.js';
import { Conv1D, Conv2D, Conv3D } from './convolutions.js';
import { CenterCrop } from './crops.js';
import { CustomScaleLayer } from './custom-scale.js';
import { DepthwiseConv1D, DepthwiseConv2D, SeparableConv1D } from './depthwise.js';
import { EinsumDense } from './einsum-dense.js';
import { ResetAfterGRU, ResetAfterGRUCell } from './gru.js';
import { HashedCrossing, Hashing } from './hashing.js';
import { LayerScale } from './layer-scale.js';
import { Lookup } from './lookups.js';
import { MaskedGRU, MaskedLSTM, MaskedResetAfterGRU, MaskedRNN, MaskedSimpleRNN } from './masked.js';
import { MultiHeadAttention } from './multi-head-attention.js';
import {
  BatchNormalization,
  GroupNormalization,
  LayerNormalization,
  Normalization,
} from './normalizations.js';
import { Operator } from './operations.js';
import { KerasOperator } from './operator.js';
import { Reshape } from './reshape.js';
import { RMSNormalization } from './rms-normalization.js';
import { Sparsemax } from './sparsemax.js';
import { TextVectorization } from './text-vectorization.js';

/** Layers of Keras that tfjs lacks or computes otherwise: what `register()` makes known, so that models with them can be saved. */
export const ownLayers = [
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
  AdaptiveMaxPooling1D,
  AdaptiveMaxPooling2D,
  AdaptiveMaxPooling3D,
  AdditiveAttention,
  Attention,
  Bidirectional,
  CategoryEncoding,
  CenterCrop,
  Concatenate,
  Conv2DTranspose,
  ConvLSTM1D,
  CustomScaleLayer,
  Discretization,
  EinsumDense,
  HashedCrossing,
  Hashing,
  KerasOperator,
  LayerScale,
  Lookup,
  MaskedGRU,
  MaskedLSTM,
  MaskedResetAfterGRU,
  MaskedRNN,
  MaskedSimpleRNN,
  MultiHeadAttention,
  RMSNormalization,
  TextVectorization,
  BatchNormalization,
  Conv1D,
  Conv1DTranspose,
  Conv2D,
  Conv3D,
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
  Sparsemax,
];
