// The functions of the JS entry.
import { onJs } from '../activation/dress.js';
import * as define from '../functions/index.js';

/** {@link define.linear}, its arrays on JS. */
export const linear = /* @__PURE__ */ onJs(define.linear);
/** {@link define.relu}, its arrays on JS. */
export const relu = /* @__PURE__ */ onJs(define.relu);
/** {@link define.leakyRelu}, its arrays on JS. */
export const leakyRelu = /* @__PURE__ */ onJs(define.leakyRelu);
/** {@link define.prelu}, its arrays on JS. */
export const prelu = /* @__PURE__ */ onJs(define.prelu);
/** {@link define.rrelu}, its arrays on JS. */
export const rrelu = /* @__PURE__ */ onJs(define.rrelu);
/** {@link define.relu6}, its arrays on JS. */
export const relu6 = /* @__PURE__ */ onJs(define.relu6);
/** {@link define.threshold}, its arrays on JS. */
export const threshold = /* @__PURE__ */ onJs(define.threshold);
/** {@link define.thresholdedRelu}, its arrays on JS. */
export const thresholdedRelu = /* @__PURE__ */ onJs(define.thresholdedRelu);
/** {@link define.elu}, its arrays on JS. */
export const elu = /* @__PURE__ */ onJs(define.elu);
/** {@link define.selu}, its arrays on JS. */
export const selu = /* @__PURE__ */ onJs(define.selu);
/** {@link define.celu}, its arrays on JS. */
export const celu = /* @__PURE__ */ onJs(define.celu);
/** {@link define.gelu}, its arrays on JS. */
export const gelu = /* @__PURE__ */ onJs(define.gelu);
/** {@link define.silu}, its arrays on JS. */
export const silu = /* @__PURE__ */ onJs(define.silu);
/** {@link define.hardSilu}, its arrays on JS. */
export const hardSilu = /* @__PURE__ */ onJs(define.hardSilu);
/** {@link define.mish}, its arrays on JS. */
export const mish = /* @__PURE__ */ onJs(define.mish);
/** {@link define.softplus}, its arrays on JS. */
export const softplus = /* @__PURE__ */ onJs(define.softplus);
/** {@link define.softsign}, its arrays on JS. */
export const softsign = /* @__PURE__ */ onJs(define.softsign);
/** {@link define.squareplus}, its arrays on JS. */
export const squareplus = /* @__PURE__ */ onJs(define.squareplus);
/** {@link define.sparsePlus}, its arrays on JS. */
export const sparsePlus = /* @__PURE__ */ onJs(define.sparsePlus);
/** {@link define.sigmoid}, its arrays on JS. */
export const sigmoid = /* @__PURE__ */ onJs(define.sigmoid);
/** {@link define.logSigmoid}, its arrays on JS. */
export const logSigmoid = /* @__PURE__ */ onJs(define.logSigmoid);
/** {@link define.hardSigmoid}, its arrays on JS. */
export const hardSigmoid = /* @__PURE__ */ onJs(define.hardSigmoid);
/** {@link define.sparseSigmoid}, its arrays on JS. */
export const sparseSigmoid = /* @__PURE__ */ onJs(define.sparseSigmoid);
/** {@link define.tanh}, its arrays on JS. */
export const tanh = /* @__PURE__ */ onJs(define.tanh);
/** {@link define.hardTanh}, its arrays on JS. */
export const hardTanh = /* @__PURE__ */ onJs(define.hardTanh);
/** {@link define.tanhShrink}, its arrays on JS. */
export const tanhShrink = /* @__PURE__ */ onJs(define.tanhShrink);
/** {@link define.softShrink}, its arrays on JS. */
export const softShrink = /* @__PURE__ */ onJs(define.softShrink);
/** {@link define.hardShrink}, its arrays on JS. */
export const hardShrink = /* @__PURE__ */ onJs(define.hardShrink);
/** {@link define.exponential}, its arrays on JS. */
export const exponential = /* @__PURE__ */ onJs(define.exponential);
/** {@link define.step}, its arrays on JS. */
export const step = /* @__PURE__ */ onJs(define.step);

export { preluPerChannel, preluSlopeGradient, rreluTraining } from '../functions/index.js';
export * from './vectors.js';
