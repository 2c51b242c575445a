// Which kernel module runs which function. Each is a name of its own, so that a bundle holds the modules of the functions that it
// uses, and no others.

import type * as js from '../functions/index.js';
import type { ProgramOf } from './host.js';
import * as code from './modules.js';
import { fillGelu, fillSlope, SIGMOID_SLOPE, SILU_SLOPE, TANH_SLOPE } from './tables.js';

export const linear: ProgramOf<object> = () => ({ code: code.linearCode, args: [] });
export const relu: ProgramOf<js.ReluParams> = ({ negativeSlope: slope, maxValue, threshold }) => {
  const limit = maxValue ?? Number.NaN; // nothing reaches NaN
  return slope === 0
    ? { code: code.reluCode, args: [limit, threshold] }
    : { code: code.reluSlopeCode, args: [limit, threshold, slope] };
};
export const leakyRelu: ProgramOf<js.LeakyReluParams> = ({ negativeSlope: slope }) => ({
  code: slope === 0 ? code.leakyReluFlatCode : code.leakyReluCode,
  args: [slope],
});
export const prelu: ProgramOf<js.PreluParams> = leakyRelu;
export const rrelu: ProgramOf<js.RreluParams> = ({ lower, upper }) =>
  leakyRelu({ negativeSlope: (lower + upper) / 2 });
export const relu6: ProgramOf<object> = () => ({ code: code.reluCode, args: [6, 0] });
export const threshold: ProgramOf<js.ThresholdParams> = ({ threshold, value }) => ({
  code: code.thresholdCode,
  args: [threshold, value],
});
export const thresholdedRelu: ProgramOf<js.ThresholdedReluParams> = ({ theta }) => ({
  code: code.thresholdCode,
  args: [theta, 0],
});
export const elu: ProgramOf<js.EluParams> = ({ alpha }) => ({ code: code.eluCode, args: [alpha] });
export const selu: ProgramOf<object> = () => ({ code: code.seluCode, args: [] });
export const celu: ProgramOf<js.CeluParams> = ({ alpha }) =>
  alpha === 1 ? elu({ alpha }) : { code: code.celuCode, args: [alpha] };
export const gelu: ProgramOf<js.GeluParams> = ({ approximate }) =>
  approximate === 'tanh'
    ? { code: code.geluTanhCode, args: [] }
    : { code: code.geluCode, args: [], table: { code: code.geluTableCode, fill: fillGelu } };
export const silu: ProgramOf<js.SiluParams> = ({ beta }) =>
  beta === 1
    ? { code: code.siluCode, args: [], table: { code: code.siluTableCode, fill: fillSlope(SILU_SLOPE) } }
    : { code: code.swishCode, args: [beta] };
export const hardSilu: ProgramOf<object> = () => ({ code: code.hardSiluCode, args: [] });
export const mish: ProgramOf<object> = () => ({ code: code.mishCode, args: [] });
export const softplus: ProgramOf<js.SoftplusParams> = ({ beta, threshold }) =>
  beta === 1 && threshold === null
    ? { code: code.softplusCode, args: [] }
    : { code: code.softplusBetaCode, args: [beta, threshold ?? Number.POSITIVE_INFINITY] };
export const softsign: ProgramOf<object> = () => ({ code: code.softsignCode, args: [] });
export const squareplus: ProgramOf<js.SquareplusParams> = ({ b }) => ({
  code: code.squareplusCode,
  args: [b],
});
export const sparsePlus: ProgramOf<object> = () => ({ code: code.sparsePlusCode, args: [] });
export const sigmoid: ProgramOf<object> = () => ({
  code: code.sigmoidCode,
  args: [],
  table: { code: code.sigmoidTableCode, fill: fillSlope(SIGMOID_SLOPE) },
});
export const logSigmoid: ProgramOf<object> = () => ({ code: code.logSigmoidCode, args: [] });
export const hardSigmoid: ProgramOf<js.HardSigmoidParams> = ({ slope, offset }) =>
  slope === 1 / 6 && offset === 0.5
    ? { code: code.hardSigmoidCode, args: [] }
    : { code: code.hardSigmoidLineCode, args: [slope, offset] };
export const sparseSigmoid: ProgramOf<object> = () => ({ code: code.sparseSigmoidCode, args: [] });
export const tanh: ProgramOf<object> = () => ({
  code: code.tanhCode,
  args: [],
  table: { code: code.tanhTableCode, fill: fillSlope(TANH_SLOPE) },
});
export const hardTanh: ProgramOf<js.HardTanhParams> = ({ minValue, maxValue }) => ({
  code: code.hardTanhCode,
  args: [minValue, maxValue],
});
export const tanhShrink: ProgramOf<object> = () => ({ code: code.tanhShrinkCode, args: [] });
export const softShrink: ProgramOf<js.SoftShrinkParams> = ({ lambda }) => ({
  code: code.softShrinkCode,
  args: [lambda],
});
export const hardShrink: ProgramOf<js.HardShrinkParams> = ({ lambda }) => ({
  code: code.hardShrinkCode,
  args: [lambda],
});
export const exponential: ProgramOf<object> = () => ({ code: code.exponentialCode, args: [] });
export const step: ProgramOf<js.StepParams> = ({ alpha }) => ({ code: code.stepCode, args: [alpha] });
export const reluSquared: ProgramOf<object> = () => ({ code: code.reluSquaredCode, args: [] });
export const quickGelu: ProgramOf<object> = () => ({ code: code.quickGeluCode, args: [] });
export const laplace: ProgramOf<js.LaplaceParams> = ({ mu, sigma }) => ({
  code: code.laplaceCode,
  args: [mu, sigma],
});
export const xielu: ProgramOf<js.XieluParams> = ({ alphaP, alphaN, beta }) => ({
  code: code.xieluCode,
  args: [alphaP, alphaN, beta],
});
export const snake: ProgramOf<js.SnakeParams> = ({ alpha }) => ({ code: code.snakeCode, args: [alpha] });
export const softcap: ProgramOf<js.SoftcapParams> = ({ cap }) => ({ code: code.softcapCode, args: [cap] });
export const lisht: ProgramOf<object> = () => ({ code: code.lishtCode, args: [] });
