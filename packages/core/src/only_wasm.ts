// The functions of the WASM entry: their arrays never run on JS.
import * as programs from './_programs.js';
import { onWasm } from './_wasm.js';
import * as js from './functions.js';

export const linear = /* @__PURE__ */ onWasm(js.linear, programs.linear, 'required');
export const relu = /* @__PURE__ */ onWasm(js.relu, programs.relu, 'required');
export const leakyRelu = /* @__PURE__ */ onWasm(js.leakyRelu, programs.leakyRelu, 'required');
export const prelu = /* @__PURE__ */ onWasm(js.prelu, programs.prelu, 'required');
export const rrelu = /* @__PURE__ */ onWasm(js.rrelu, programs.rrelu, 'required');
export const relu6 = /* @__PURE__ */ onWasm(js.relu6, programs.relu6, 'required');
export const threshold = /* @__PURE__ */ onWasm(js.threshold, programs.threshold, 'required');
export const thresholdedRelu = /* @__PURE__ */ onWasm(
  js.thresholdedRelu,
  programs.thresholdedRelu,
  'required',
);
export const elu = /* @__PURE__ */ onWasm(js.elu, programs.elu, 'required');
export const selu = /* @__PURE__ */ onWasm(js.selu, programs.selu, 'required');
export const celu = /* @__PURE__ */ onWasm(js.celu, programs.celu, 'required');
export const gelu = /* @__PURE__ */ onWasm(js.gelu, programs.gelu, 'required');
export const silu = /* @__PURE__ */ onWasm(js.silu, programs.silu, 'required');
export const hardSilu = /* @__PURE__ */ onWasm(js.hardSilu, programs.hardSilu, 'required');
export const mish = /* @__PURE__ */ onWasm(js.mish, programs.mish, 'required');
export const softplus = /* @__PURE__ */ onWasm(js.softplus, programs.softplus, 'required');
export const softsign = /* @__PURE__ */ onWasm(js.softsign, programs.softsign, 'required');
export const squareplus = /* @__PURE__ */ onWasm(js.squareplus, programs.squareplus, 'required');
export const sparsePlus = /* @__PURE__ */ onWasm(js.sparsePlus, programs.sparsePlus, 'required');
export const sigmoid = /* @__PURE__ */ onWasm(js.sigmoid, programs.sigmoid, 'required');
export const logSigmoid = /* @__PURE__ */ onWasm(js.logSigmoid, programs.logSigmoid, 'required');
export const hardSigmoid = /* @__PURE__ */ onWasm(js.hardSigmoid, programs.hardSigmoid, 'required');
export const sparseSigmoid = /* @__PURE__ */ onWasm(js.sparseSigmoid, programs.sparseSigmoid, 'required');
export const tanh = /* @__PURE__ */ onWasm(js.tanh, programs.tanh, 'required');
export const hardTanh = /* @__PURE__ */ onWasm(js.hardTanh, programs.hardTanh, 'required');
export const tanhShrink = /* @__PURE__ */ onWasm(js.tanhShrink, programs.tanhShrink, 'required');
export const softShrink = /* @__PURE__ */ onWasm(js.softShrink, programs.softShrink, 'required');
export const hardShrink = /* @__PURE__ */ onWasm(js.hardShrink, programs.hardShrink, 'required');
export const exponential = /* @__PURE__ */ onWasm(js.exponential, programs.exponential, 'required');
export const step = /* @__PURE__ */ onWasm(js.step, programs.step, 'required');

export type * from './functions.js';
export {
  glu,
  hardmax,
  logSoftmax,
  preluPerChannel,
  preluSlopeGradient,
  rreluTraining,
  SELU_ALPHA,
  SELU_SCALE,
  softmax,
  softmin,
  sparsemax,
  swiglu,
} from './functions.js';
