// The functions of the WASM entry: their arrays never run on JS.

import { preluPerChannelOnWasm, preluSlopeGradientOnWasm } from './_prelu-wasm.js';
import * as programs from './_programs.js';
import { rreluTrainingOnWasm } from './_rrelu-wasm.js';
import { onWasm } from './_wasm.js';
import * as js from './functions.js';

/** {@link js.linear}, its arrays on WASM. */
export const linear = /* @__PURE__ */ onWasm(js.linear, programs.linear, 'required');
/** {@link js.relu}, its arrays on WASM. */
export const relu = /* @__PURE__ */ onWasm(js.relu, programs.relu, 'required');
/** {@link js.leakyRelu}, its arrays on WASM. */
export const leakyRelu = /* @__PURE__ */ onWasm(js.leakyRelu, programs.leakyRelu, 'required');
/** {@link js.prelu}, its arrays on WASM. */
export const prelu = /* @__PURE__ */ onWasm(js.prelu, programs.prelu, 'required');
/** {@link js.preluPerChannel}, its arrays on WASM. */
export const preluPerChannel = /* @__PURE__ */ preluPerChannelOnWasm('required');
/** {@link js.preluSlopeGradient}, its arrays on WASM. */
export const preluSlopeGradient = /* @__PURE__ */ preluSlopeGradientOnWasm('required');
/** {@link js.rrelu}, its arrays on WASM. */
export const rrelu = /* @__PURE__ */ onWasm(js.rrelu, programs.rrelu, 'required');
/** {@link js.rreluTraining}, its arrays on WASM. */
export const rreluTraining = /* @__PURE__ */ rreluTrainingOnWasm('required');
/** {@link js.relu6}, its arrays on WASM. */
export const relu6 = /* @__PURE__ */ onWasm(js.relu6, programs.relu6, 'required');
/** {@link js.threshold}, its arrays on WASM. */
export const threshold = /* @__PURE__ */ onWasm(js.threshold, programs.threshold, 'required');
/** {@link js.thresholdedRelu}, its arrays on WASM. */
export const thresholdedRelu = /* @__PURE__ */ onWasm(
  js.thresholdedRelu,
  programs.thresholdedRelu,
  'required',
);
/** {@link js.elu}, its arrays on WASM. */
export const elu = /* @__PURE__ */ onWasm(js.elu, programs.elu, 'required');
/** {@link js.selu}, its arrays on WASM. */
export const selu = /* @__PURE__ */ onWasm(js.selu, programs.selu, 'required');
/** {@link js.celu}, its arrays on WASM. */
export const celu = /* @__PURE__ */ onWasm(js.celu, programs.celu, 'required');
/** {@link js.gelu}, its arrays on WASM. */
export const gelu = /* @__PURE__ */ onWasm(js.gelu, programs.gelu, 'required');
/** {@link js.silu}, its arrays on WASM. */
export const silu = /* @__PURE__ */ onWasm(js.silu, programs.silu, 'required');
/** {@link js.hardSilu}, its arrays on WASM. */
export const hardSilu = /* @__PURE__ */ onWasm(js.hardSilu, programs.hardSilu, 'required');
/** {@link js.mish}, its arrays on WASM. */
export const mish = /* @__PURE__ */ onWasm(js.mish, programs.mish, 'required');
/** {@link js.softplus}, its arrays on WASM. */
export const softplus = /* @__PURE__ */ onWasm(js.softplus, programs.softplus, 'required');
/** {@link js.softsign}, its arrays on WASM. */
export const softsign = /* @__PURE__ */ onWasm(js.softsign, programs.softsign, 'required');
/** {@link js.squareplus}, its arrays on WASM. */
export const squareplus = /* @__PURE__ */ onWasm(js.squareplus, programs.squareplus, 'required');
/** {@link js.sparsePlus}, its arrays on WASM. */
export const sparsePlus = /* @__PURE__ */ onWasm(js.sparsePlus, programs.sparsePlus, 'required');
/** {@link js.sigmoid}, its arrays on WASM. */
export const sigmoid = /* @__PURE__ */ onWasm(js.sigmoid, programs.sigmoid, 'required');
/** {@link js.logSigmoid}, its arrays on WASM. */
export const logSigmoid = /* @__PURE__ */ onWasm(js.logSigmoid, programs.logSigmoid, 'required');
/** {@link js.hardSigmoid}, its arrays on WASM. */
export const hardSigmoid = /* @__PURE__ */ onWasm(js.hardSigmoid, programs.hardSigmoid, 'required');
/** {@link js.sparseSigmoid}, its arrays on WASM. */
export const sparseSigmoid = /* @__PURE__ */ onWasm(js.sparseSigmoid, programs.sparseSigmoid, 'required');
/** {@link js.tanh}, its arrays on WASM. */
export const tanh = /* @__PURE__ */ onWasm(js.tanh, programs.tanh, 'required');
/** {@link js.hardTanh}, its arrays on WASM. */
export const hardTanh = /* @__PURE__ */ onWasm(js.hardTanh, programs.hardTanh, 'required');
/** {@link js.tanhShrink}, its arrays on WASM. */
export const tanhShrink = /* @__PURE__ */ onWasm(js.tanhShrink, programs.tanhShrink, 'required');
/** {@link js.softShrink}, its arrays on WASM. */
export const softShrink = /* @__PURE__ */ onWasm(js.softShrink, programs.softShrink, 'required');
/** {@link js.hardShrink}, its arrays on WASM. */
export const hardShrink = /* @__PURE__ */ onWasm(js.hardShrink, programs.hardShrink, 'required');
/** {@link js.exponential}, its arrays on WASM. */
export const exponential = /* @__PURE__ */ onWasm(js.exponential, programs.exponential, 'required');
/** {@link js.step}, its arrays on WASM. */
export const step = /* @__PURE__ */ onWasm(js.step, programs.step, 'required');

export * from './_js-arrays.js';
