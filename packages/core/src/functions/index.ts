// Every function in its JS form, one file each; the entries choose what runs the arrays.
export { type CeluParams, celu } from './celu.js';
export { type EluParams, elu } from './elu.js';
export { exponential } from './exponential.js';
export { type GeluParams, gelu } from './gelu.js';
export { type GegluParams, geglu, glu, reglu, type SwigluParams, swiglu } from './glu.js';
export { type HardShrinkParams, hardShrink } from './hard-shrink.js';
export { type HardSigmoidParams, hardSigmoid } from './hard-sigmoid.js';
export { hardSilu } from './hard-silu.js';
export { type HardTanhParams, hardTanh } from './hard-tanh.js';
export { type LaplaceParams, laplace } from './laplace.js';
export { type LeakyReluParams, leakyRelu } from './leaky-relu.js';
export { linear } from './linear.js';
export { lisht } from './lisht.js';
export { logSigmoid } from './log-sigmoid.js';
export { mish } from './mish.js';
export {
  type PreluParams,
  type PreluPerChannel,
  prelu,
  preluPerChannel,
  preluSlopeGradient,
} from './prelu.js';
export { quickGelu } from './quick-gelu.js';
export { type ReluParams, relu } from './relu.js';
export { reluSquared } from './relu-squared.js';
export { relu6 } from './relu6.js';
export { type RreluParams, type RreluTraining, rrelu, rreluTraining } from './rrelu.js';
export { SELU_ALPHA, SELU_SCALE, selu } from './selu.js';
export { sigmoid } from './sigmoid.js';
export { type SiluParams, silu } from './silu.js';
export { type SnakeParams, snake } from './snake.js';
export { type SoftShrinkParams, softShrink } from './soft-shrink.js';
export { type SoftcapParams, softcap } from './softcap.js';
export { hardmax, logSoftmax, softmax, softmin } from './softmax.js';
export { type SoftplusParams, softplus } from './softplus.js';
export { softsign } from './softsign.js';
export { sparsePlus } from './sparse-plus.js';
export { sparseSigmoid } from './sparse-sigmoid.js';
export { sparsemax } from './sparsemax.js';
export { type SquareplusParams, squareplus } from './squareplus.js';
export { type StepParams, step } from './step.js';
export { tanh } from './tanh.js';
export { tanhShrink } from './tanh-shrink.js';
export { type ThresholdParams, threshold } from './threshold.js';
export { type ThresholdedReluParams, thresholdedRelu } from './thresholded-relu.js';
export { type XieluParams, xielu } from './xielu.js';
