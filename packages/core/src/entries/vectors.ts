// The functions whose arrays run on JS in every entry: they have no kernel on WASM.
export type * from '../functions/index.js';
export {
  glu,
  hardmax,
  logSoftmax,
  SELU_ALPHA,
  SELU_SCALE,
  softmax,
  softmin,
  sparsemax,
  swiglu,
} from '../functions/index.js';
