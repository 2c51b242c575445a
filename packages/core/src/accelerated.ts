// The functions of the default entry: JS scalars, arrays on WASM where the runtime has it.

import { preluPerChannelOnWasm, preluSlopeGradientOnWasm } from './_prelu-wasm.js';
import * as programs from './_programs.js';
import { rreluTrainingOnWasm } from './_rrelu-wasm.js';
import { onWasm } from './_wasm.js';
import * as js from './functions.js';

/** {@link js.linear}, its arrays on WASM where the runtime has it. */
export const linear = /* @__PURE__ */ onWasm(js.linear, programs.linear);
/** {@link js.relu}, its arrays on WASM where the runtime has it. */
export const relu = /* @__PURE__ */ onWasm(js.relu, programs.relu);
/** {@link js.leakyRelu}, its arrays on WASM where the runtime has it. */
export const leakyRelu = /* @__PURE__ */ onWasm(js.leakyRelu, programs.leakyRelu);
/** {@link js.prelu}, its arrays on WASM where the runtime has it. */
export const prelu = /* @__PURE__ */ onWasm(js.prelu, programs.prelu);
/** {@link js.preluPerChannel}, its arrays on WASM where the runtime has it. */
export const preluPerChannel = /* @__PURE__ */ preluPerChannelOnWasm('preferred');
/** {@link js.preluSlopeGradient}, its arrays on WASM where the runtime has it. */
export const preluSlopeGradient = /* @__PURE__ */ preluSlopeGradientOnWasm('preferred');
/** {@link js.rrelu}, its arrays on WASM where the runtime has it. */
export const rrelu = /* @__PURE__ */ onWasm(js.rrelu, programs.rrelu);
/** {@link js.rreluTraining}, its arrays on WASM where the runtime has it. */
export const rreluTraining = /* @__PURE__ */ rreluTrainingOnWasm('preferred');
/** {@link js.relu6}, its arrays on WASM where the runtime has it. */
export const relu6 = /* @__PURE__ */ onWasm(js.relu6, programs.relu6);
/** {@link js.threshold}, its arrays on WASM where the runtime has it. */
export const threshold = /* @__PURE__ */ onWasm(js.threshold, programs.threshold);
/** {@link js.thresholdedRelu}, its arrays on WASM where the runtime has it. */
export const thresholdedRelu = /* @__PURE__ */ onWasm(js.thresholdedRelu, programs.thresholdedRelu);
/** {@link js.elu}, its arrays on WASM where the runtime has it. */
export const elu = /* @__PURE__ */ onWasm(js.elu, programs.elu);
/** {@link js.selu}, its arrays on WASM where the runtime has it. */
export const selu = /* @__PURE__ */ onWasm(js.selu, programs.selu);
/** {@link js.celu}, its arrays on WASM where the runtime has it. */
export const celu = /* @__PURE__ */ onWasm(js.celu, programs.celu);
/** {@link js.gelu}, its arrays on WASM where the runtime has it. */
export const gelu = /* @__PURE__ */ onWasm(js.gelu, programs.gelu);
/** {@link js.silu}, its arrays on WASM where the runtime has it. */
export const silu = /* @__PURE__ */ onWasm(js.silu, programs.silu);
/** {@link js.hardSilu}, its arrays on WASM where the runtime has it. */
export const hardSilu = /* @__PURE__ */ onWasm(js.hardSilu, programs.hardSilu);
/** {@link js.mish}, its arrays on WASM where the runtime has it. */
export const mish = /* @__PURE__ */ onWasm(js.mish, programs.mish);
/** {@link js.softplus}, its arrays on WASM where the runtime has it. */
export const softplus = /* @__PURE__ */ onWasm(js.softplus, programs.softplus);
/** {@link js.softsign}, its arrays on WASM where the runtime has it. */
export const softsign = /* @__PURE__ */ onWasm(js.softsign, programs.softsign);
/** {@link js.squareplus}, its arrays on WASM where the runtime has it. */
export const squareplus = /* @__PURE__ */ onWasm(js.squareplus, programs.squareplus);
/** {@link js.sparsePlus}, its arrays on WASM where the runtime has it. */
export const sparsePlus = /* @__PURE__ */ onWasm(js.sparsePlus, programs.sparsePlus);
/** {@link js.sigmoid}, its arrays on WASM where the runtime has it. */
export const sigmoid = /* @__PURE__ */ onWasm(js.sigmoid, programs.sigmoid);
/** {@link js.logSigmoid}, its arrays on WASM where the runtime has it. */
export const logSigmoid = /* @__PURE__ */ onWasm(js.logSigmoid, programs.logSigmoid);
/** {@link js.hardSigmoid}, its arrays on WASM where the runtime has it. */
export const hardSigmoid = /* @__PURE__ */ onWasm(js.hardSigmoid, programs.hardSigmoid);
/** {@link js.sparseSigmoid}, its arrays on WASM where the runtime has it. */
export const sparseSigmoid = /* @__PURE__ */ onWasm(js.sparseSigmoid, programs.sparseSigmoid);
/** {@link js.tanh}, its arrays on WASM where the runtime has it. */
export const tanh = /* @__PURE__ */ onWasm(js.tanh, programs.tanh);
/** {@link js.hardTanh}, its arrays on WASM where the runtime has it. */
export const hardTanh = /* @__PURE__ */ onWasm(js.hardTanh, programs.hardTanh);
/** {@link js.tanhShrink}, its arrays on WASM where the runtime has it. */
export const tanhShrink = /* @__PURE__ */ onWasm(js.tanhShrink, programs.tanhShrink);
/** {@link js.softShrink}, its arrays on WASM where the runtime has it. */
export const softShrink = /* @__PURE__ */ onWasm(js.softShrink, programs.softShrink);
/** {@link js.hardShrink}, its arrays on WASM where the runtime has it. */
export const hardShrink = /* @__PURE__ */ onWasm(js.hardShrink, programs.hardShrink);
/** {@link js.exponential}, its arrays on WASM where the runtime has it. */
export const exponential = /* @__PURE__ */ onWasm(js.exponential, programs.exponential);
/** {@link js.step}, its arrays on WASM where the runtime has it. */
export const step = /* @__PURE__ */ onWasm(js.step, programs.step);

export * from './_js-arrays.js';
