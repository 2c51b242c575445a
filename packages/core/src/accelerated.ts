// The functions of the default entry: JS scalars, arrays on WASM where the runtime has it.
import * as programs from './_programs.js';
import { onWasm } from './_wasm.js';
import * as js from './functions.js';

export const linear = /* @__PURE__ */ onWasm(js.linear, programs.linear);
export const relu = /* @__PURE__ */ onWasm(js.relu, programs.relu);
export const leakyRelu = /* @__PURE__ */ onWasm(js.leakyRelu, programs.leakyRelu);
export const prelu = /* @__PURE__ */ onWasm(js.prelu, programs.prelu);
export const rrelu = /* @__PURE__ */ onWasm(js.rrelu, programs.rrelu);
export const relu6 = /* @__PURE__ */ onWasm(js.relu6, programs.relu6);
export const threshold = /* @__PURE__ */ onWasm(js.threshold, programs.threshold);
export const thresholdedRelu = /* @__PURE__ */ onWasm(js.thresholdedRelu, programs.thresholdedRelu);
export const elu = /* @__PURE__ */ onWasm(js.elu, programs.elu);
export const selu = /* @__PURE__ */ onWasm(js.selu, programs.selu);
export const celu = /* @__PURE__ */ onWasm(js.celu, programs.celu);
export const gelu = /* @__PURE__ */ onWasm(js.gelu, programs.gelu);
export const silu = /* @__PURE__ */ onWasm(js.silu, programs.silu);
export const hardSilu = /* @__PURE__ */ onWasm(js.hardSilu, programs.hardSilu);
export const mish = /* @__PURE__ */ onWasm(js.mish, programs.mish);
export const softplus = /* @__PURE__ */ onWasm(js.softplus, programs.softplus);
export const softsign = /* @__PURE__ */ onWasm(js.softsign, programs.softsign);
export const squareplus = /* @__PURE__ */ onWasm(js.squareplus, programs.squareplus);
export const sparsePlus = /* @__PURE__ */ onWasm(js.sparsePlus, programs.sparsePlus);
export const sigmoid = /* @__PURE__ */ onWasm(js.sigmoid, programs.sigmoid);
export const logSigmoid = /* @__PURE__ */ onWasm(js.logSigmoid, programs.logSigmoid);
export const hardSigmoid = /* @__PURE__ */ onWasm(js.hardSigmoid, programs.hardSigmoid);
export const sparseSigmoid = /* @__PURE__ */ onWasm(js.sparseSigmoid, programs.sparseSigmoid);
export const tanh = /* @__PURE__ */ onWasm(js.tanh, programs.tanh);
export const hardTanh = /* @__PURE__ */ onWasm(js.hardTanh, programs.hardTanh);
export const tanhShrink = /* @__PURE__ */ onWasm(js.tanhShrink, programs.tanhShrink);
export const softShrink = /* @__PURE__ */ onWasm(js.softShrink, programs.softShrink);
export const hardShrink = /* @__PURE__ */ onWasm(js.hardShrink, programs.hardShrink);
export const exponential = /* @__PURE__ */ onWasm(js.exponential, programs.exponential);
export const step = /* @__PURE__ */ onWasm(js.step, programs.step);

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
