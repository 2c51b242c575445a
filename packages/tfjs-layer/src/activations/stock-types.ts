// The names that register() adds, in the types of tfjs's own layers: one more signature for each factory that takes an activation.
import type {
  Conv1D,
  Conv2D,
  Conv2DTranspose,
  Conv3D,
  ConvLayerArgs,
  SeparableConv2D,
  SeparableConvLayerArgs,
} from '@tensorflow/tfjs-layers/dist/layers/convolutional.js';
import type {
  DepthwiseConv2D,
  DepthwiseConv2DLayerArgs,
} from '@tensorflow/tfjs-layers/dist/layers/convolutional_depthwise.js';
import type {
  Activation,
  ActivationLayerArgs,
  Dense,
  DenseLayerArgs,
} from '@tensorflow/tfjs-layers/dist/layers/core.js';
import type {
  GRU,
  GRULayerArgs,
  LSTM,
  LSTMLayerArgs,
  SimpleRNN,
  SimpleRNNLayerArgs,
} from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import type { RegisteredName } from './given.js';

type Key = 'activation' | 'recurrentActivation';

/** The options with their activations also by a registered name. */
type Named<Args> = Omit<Args, Key> & {
  [key in keyof Pick<Args, Key & keyof Args>]: Args[key] | RegisteredName;
};

declare module '@tensorflow/tfjs-layers/dist/exports_layers.js' {
  export function dense(args: Named<DenseLayerArgs>): Dense;
  export function activation(args: Named<ActivationLayerArgs>): Activation;
  export function conv1d(args: Named<ConvLayerArgs>): Conv1D;
  export function conv2d(args: Named<ConvLayerArgs>): Conv2D;
  export function conv2dTranspose(args: Named<ConvLayerArgs>): Conv2DTranspose;
  export function conv3d(args: Named<ConvLayerArgs>): Conv3D;
  export function separableConv2d(args: Named<SeparableConvLayerArgs>): SeparableConv2D;
  export function depthwiseConv2d(args: Named<DepthwiseConv2DLayerArgs>): DepthwiseConv2D;
  export function simpleRNN(args: Named<SimpleRNNLayerArgs>): SimpleRNN;
  export function gru(args: Named<GRULayerArgs>): GRU;
  export function lstm(args: Named<LSTMLayerArgs>): LSTM;
}
