// The functions of the WASM entry: their arrays never run on JS.

import * as define from '../functions/index.js';
import { onWasm } from '../wasm/accelerate.js';
import { preluPerChannelOnWasm, preluSlopeGradientOnWasm } from '../wasm/prelu.js';
import * as programs from '../wasm/programs.js';
import { rreluTrainingOnWasm } from '../wasm/rrelu.js';

/** {@link define.linear}, its arrays on WASM. */
export const linear = /* @__PURE__ */ onWasm(define.linear, programs.linear, 'required');
/** {@link define.relu}, its arrays on WASM. */
export const relu = /* @__PURE__ */ onWasm(define.relu, programs.relu, 'required');
/** {@link define.leakyRelu}, its arrays on WASM. */
export const leakyRelu = /* @__PURE__ */ onWasm(define.leakyRelu, programs.leakyRelu, 'required');
/** {@link define.prelu}, its arrays on WASM. */
export const prelu = /* @__PURE__ */ onWasm(define.prelu, programs.prelu, 'required');
/** {@link define.preluPerChannel}, its arrays on WASM. */
export const preluPerChannel = /* @__PURE__ */ preluPerChannelOnWasm('required');
/** {@link define.preluSlopeGradient}, its arrays on WASM. */
export const preluSlopeGradient = /* @__PURE__ */ preluSlopeGradientOnWasm('required');
/** {@link define.rrelu}, its arrays on WASM. */
export const rrelu = /* @__PURE__ */ onWasm(define.rrelu, programs.rrelu, 'required');
/** {@link define.rreluTraining}, its arrays on WASM. */
export const rreluTraining = /* @__PURE__ */ rreluTrainingOnWasm('required');
/** {@link define.relu6}, its arrays on WASM. */
export const relu6 = /* @__PURE__ */ onWasm(define.relu6, programs.relu6, 'required');
/** {@link define.threshold}, its arrays on WASM. */
export const threshold = /* @__PURE__ */ onWasm(define.threshold, programs.threshold, 'required');
/** {@link define.thresholdedRelu}, its arrays on WASM. */
export const thresholdedRelu = /* @__PURE__ */ onWasm(
  define.thresholdedRelu,
  programs.thresholdedRelu,
  'required',
);
/** {@link define.elu}, its arrays on WASM. */
export const elu = /* @__PURE__ */ onWasm(define.elu, programs.elu, 'required');
/** {@link define.selu}, its arrays on WASM. */
export const selu = /* @__PURE__ */ onWasm(define.selu, programs.selu, 'required');
/** {@link define.celu}, its arrays on WASM. */
export const celu = /* @__PURE__ */ onWasm(define.celu, programs.celu, 'required');
/** {@link define.gelu}, its arrays on WASM. */
export const gelu = /* @__PURE__ */ onWasm(define.gelu, programs.gelu, 'required');
/** {@link define.silu}, its arrays on WASM. */
export const silu = /* @__PURE__ */ onWasm(define.silu, programs.silu, 'required');
/** {@link define.hardSilu}, its arrays on WASM. */
export const hardSilu = /* @__PURE__ */ onWasm(define.hardSilu, programs.hardSilu, 'required');
/** {@link define.mish}, its arrays on WASM. */
export const mish = /* @__PURE__ */ onWasm(define.mish, programs.mish, 'required');
/** {@link define.softplus}, its arrays on WASM. */
export const softplus = /* @__PURE__ */ onWasm(define.softplus, programs.softplus, 'required');
/** {@link define.softsign}, its arrays on WASM. */
export const softsign = /* @__PURE__ */ onWasm(define.softsign, programs.softsign, 'required');
/** {@link define.squareplus}, its arrays on WASM. */
export const squareplus = /* @__PURE__ */ onWasm(define.squareplus, programs.squareplus, 'required');
/** {@link define.sparsePlus}, its arrays on WASM. */
export const sparsePlus = /* @__PURE__ */ onWasm(define.sparsePlus, programs.sparsePlus, 'required');
/** {@link define.sigmoid}, its arrays on WASM. */
export const sigmoid = /* @__PURE__ */ onWasm(define.sigmoid, programs.sigmoid, 'required');
/** {@link define.logSigmoid}, its arrays on WASM. */
export const logSigmoid = /* @__PURE__ */ onWasm(define.logSigmoid, programs.logSigmoid, 'required');
/** {@link define.hardSigmoid}, its arrays on WASM. */
export const hardSigmoid = /* @__PURE__ */ onWasm(define.hardSigmoid, programs.hardSigmoid, 'required');
/** {@link define.sparseSigmoid}, its arrays on WASM. */
export const sparseSigmoid = /* @__PURE__ */ onWasm(define.sparseSigmoid, programs.sparseSigmoid, 'required');
/** {@link define.tanh}, its arrays on WASM. */
export const tanh = /* @__PURE__ */ onWasm(define.tanh, programs.tanh, 'required');
/** {@link define.hardTanh}, its arrays on WASM. */
export const hardTanh = /* @__PURE__ */ onWasm(define.hardTanh, programs.hardTanh, 'required');
/** {@link define.tanhShrink}, its arrays on WASM. */
export const tanhShrink = /* @__PURE__ */ onWasm(define.tanhShrink, programs.tanhShrink, 'required');
/** {@link define.softShrink}, its arrays on WASM. */
export const softShrink = /* @__PURE__ */ onWasm(define.softShrink, programs.softShrink, 'required');
/** {@link define.hardShrink}, its arrays on WASM. */
export const hardShrink = /* @__PURE__ */ onWasm(define.hardShrink, programs.hardShrink, 'required');
/** {@link define.exponential}, its arrays on WASM. */
export const exponential = /* @__PURE__ */ onWasm(define.exponential, programs.exponential, 'required');
/** {@link define.step}, its arrays on WASM. */
export const step = /* @__PURE__ */ onWasm(define.step, programs.step, 'required');

export * from './vectors.js';
