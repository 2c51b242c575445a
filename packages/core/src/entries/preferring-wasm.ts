// The functions of the default entry: JS scalars, arrays on WASM where the runtime has it.

import * as define from '../functions/index.js';
import { onWasm } from '../wasm/accelerate.js';
import { preluPerChannelOnWasm, preluSlopeGradientOnWasm } from '../wasm/prelu.js';
import * as programs from '../wasm/programs.js';
import { rreluTrainingOnWasm } from '../wasm/rrelu.js';

/** {@link define.linear}, its arrays on WASM where the runtime has it. */
export const linear = /* @__PURE__ */ onWasm(define.linear, programs.linear);
/** {@link define.relu}, its arrays on WASM where the runtime has it. */
export const relu = /* @__PURE__ */ onWasm(define.relu, programs.relu);
/** {@link define.leakyRelu}, its arrays on WASM where the runtime has it. */
export const leakyRelu = /* @__PURE__ */ onWasm(define.leakyRelu, programs.leakyRelu);
/** {@link define.prelu}, its arrays on WASM where the runtime has it. */
export const prelu = /* @__PURE__ */ onWasm(define.prelu, programs.prelu);
/** {@link define.preluPerChannel}, its arrays on WASM where the runtime has it. */
export const preluPerChannel = /* @__PURE__ */ preluPerChannelOnWasm('preferred');
/** {@link define.preluSlopeGradient}, its arrays on WASM where the runtime has it. */
export const preluSlopeGradient = /* @__PURE__ */ preluSlopeGradientOnWasm('preferred');
/** {@link define.rrelu}, its arrays on WASM where the runtime has it. */
export const rrelu = /* @__PURE__ */ onWasm(define.rrelu, programs.rrelu);
/** {@link define.rreluTraining}, its arrays on WASM where the runtime has it. */
export const rreluTraining = /* @__PURE__ */ rreluTrainingOnWasm('preferred');
/** {@link define.relu6}, its arrays on WASM where the runtime has it. */
export const relu6 = /* @__PURE__ */ onWasm(define.relu6, programs.relu6);
/** {@link define.threshold}, its arrays on WASM where the runtime has it. */
export const threshold = /* @__PURE__ */ onWasm(define.threshold, programs.threshold);
/** {@link define.thresholdedRelu}, its arrays on WASM where the runtime has it. */
export const thresholdedRelu = /* @__PURE__ */ onWasm(define.thresholdedRelu, programs.thresholdedRelu);
/** {@link define.elu}, its arrays on WASM where the runtime has it. */
export const elu = /* @__PURE__ */ onWasm(define.elu, programs.elu);
/** {@link define.selu}, its arrays on WASM where the runtime has it. */
export const selu = /* @__PURE__ */ onWasm(define.selu, programs.selu);
/** {@link define.celu}, its arrays on WASM where the runtime has it. */
export const celu = /* @__PURE__ */ onWasm(define.celu, programs.celu);
/** {@link define.gelu}, its arrays on WASM where the runtime has it. */
export const gelu = /* @__PURE__ */ onWasm(define.gelu, programs.gelu);
/** {@link define.silu}, its arrays on WASM where the runtime has it. */
export const silu = /* @__PURE__ */ onWasm(define.silu, programs.silu);
/** {@link define.hardSilu}, its arrays on WASM where the runtime has it. */
export const hardSilu = /* @__PURE__ */ onWasm(define.hardSilu, programs.hardSilu);
/** {@link define.mish}, its arrays on WASM where the runtime has it. */
export const mish = /* @__PURE__ */ onWasm(define.mish, programs.mish);
/** {@link define.softplus}, its arrays on WASM where the runtime has it. */
export const softplus = /* @__PURE__ */ onWasm(define.softplus, programs.softplus);
/** {@link define.softsign}, its arrays on WASM where the runtime has it. */
export const softsign = /* @__PURE__ */ onWasm(define.softsign, programs.softsign);
/** {@link define.squareplus}, its arrays on WASM where the runtime has it. */
export const squareplus = /* @__PURE__ */ onWasm(define.squareplus, programs.squareplus);
/** {@link define.sparsePlus}, its arrays on WASM where the runtime has it. */
export const sparsePlus = /* @__PURE__ */ onWasm(define.sparsePlus, programs.sparsePlus);
/** {@link define.sigmoid}, its arrays on WASM where the runtime has it. */
export const sigmoid = /* @__PURE__ */ onWasm(define.sigmoid, programs.sigmoid);
/** {@link define.logSigmoid}, its arrays on WASM where the runtime has it. */
export const logSigmoid = /* @__PURE__ */ onWasm(define.logSigmoid, programs.logSigmoid);
/** {@link define.hardSigmoid}, its arrays on WASM where the runtime has it. */
export const hardSigmoid = /* @__PURE__ */ onWasm(define.hardSigmoid, programs.hardSigmoid);
/** {@link define.sparseSigmoid}, its arrays on WASM where the runtime has it. */
export const sparseSigmoid = /* @__PURE__ */ onWasm(define.sparseSigmoid, programs.sparseSigmoid);
/** {@link define.tanh}, its arrays on WASM where the runtime has it. */
export const tanh = /* @__PURE__ */ onWasm(define.tanh, programs.tanh);
/** {@link define.hardTanh}, its arrays on WASM where the runtime has it. */
export const hardTanh = /* @__PURE__ */ onWasm(define.hardTanh, programs.hardTanh);
/** {@link define.tanhShrink}, its arrays on WASM where the runtime has it. */
export const tanhShrink = /* @__PURE__ */ onWasm(define.tanhShrink, programs.tanhShrink);
/** {@link define.softShrink}, its arrays on WASM where the runtime has it. */
export const softShrink = /* @__PURE__ */ onWasm(define.softShrink, programs.softShrink);
/** {@link define.hardShrink}, its arrays on WASM where the runtime has it. */
export const hardShrink = /* @__PURE__ */ onWasm(define.hardShrink, programs.hardShrink);
/** {@link define.exponential}, its arrays on WASM where the runtime has it. */
export const exponential = /* @__PURE__ */ onWasm(define.exponential, programs.exponential);
/** {@link define.step}, its arrays on WASM where the runtime has it. */
export const step = /* @__PURE__ */ onWasm(define.step, programs.step);

export * from './vectors.js';
