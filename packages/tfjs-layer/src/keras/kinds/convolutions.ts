import { layers as stock } from '@tensorflow/tfjs-layers';
import { Conv1DTranspose, Conv2DTranspose } from '../../layers/keras/conv-transpose.js';
import { Conv3DTranspose } from '../../layers/keras/conv3d-transpose.js';
import { Conv1D, Conv2D, Conv3D } from '../../layers/keras/convolutions.js';
import { DepthwiseConv1D, DepthwiseConv2D, SeparableConv1D } from '../../layers/keras/depthwise.js';
import { activationOf } from '../activation.js';
import { among, count, dropped, flag, only, type Rule, steps } from '../fields.js';
import { KerasFormatError, show } from '../format.js';
import { activity, either, format, type Kind, kind, lastOnly, made, plainWeights, weights } from '../kind.js';
import { checkSame3D } from './windows.js';

const convolution = {
  kernel_size: steps,
  strides: steps,
  padding: among('valid', 'same'),
  ...format,
  dilation_rate: steps,
  activation: activationOf,
  use_bias: flag,
  ...weights('bias'),
  ...activity,
};
const conv = { ...convolution, ...plainWeights, filters: count, groups: only(1, null), ...weights('kernel') };
const transposed = { ...conv, output_padding: only(null), dilation_rate: only(1, [1], [1, 1], [1, 1, 1]) };
/** Keras 2 writes those of the kernel, which the layer does not have, as well. */
const noKernel = Object.fromEntries(Object.keys(weights('kernel')).map((name) => [name, dropped]));
const depthwise = {
  ...convolution,
  ...noKernel,
  filters: dropped,
  groups: dropped,
  depth_multiplier: count,
  ...weights('depthwise'),
};
const separable = { ...depthwise, filters: count, groups: only(1, null), ...weights('pointwise') };

interface ConvFields {
  groups?: number;
  padding?: string;
  dataFormat?: string;
  dilationRate?: number | number[];
  kernelSize?: number | number[];
  strides?: number | number[];
}
/** What tfjs's transposed convolution does not have. */
interface TransposeFields {
  outputPadding?: number | number[] | null;
  dilationRate?: unknown;
}
const isUnusual = ({ outputPadding, dilationRate }: TransposeFields) =>
  outputPadding != null || [dilationRate ?? 1].flat().some((rate) => rate !== 1);
/** How much longer an output is than it must be: whole numbers. */
const padding: Rule = (value, where) => {
  if (value === null) return undefined;
  const list = [value].flat();
  if (list.length === 0 || !list.every((one) => Number.isSafeInteger(one) && (one as number) >= 0))
    throw new KerasFormatError(`${where} is ${show(value)}, and must be whole numbers`);
  return value;
};
const isGrouped = ({ groups = 1 }: ConvFields) => groups !== 1;
const each = (value: number | number[] | undefined, i: number): number =>
  (Array.isArray(value) ? (value[i] ?? value[0]) : value) ?? 1;
/** Whether some step is longer than a window of more than one number, which tfjs's wasm backend pads wrong. */
function leaps({ padding, kernelSize, strides, dilationRate }: ConvFields): boolean {
  const reaches = [0, 1].map((i) => (each(kernelSize, i) - 1) * each(dilationRate, i) + 1);
  const isMore = reaches.some((reach, i) => each(strides, i) > reach);
  return padding === 'same' && isMore && reaches.some((reach) => reach > 1);
}

const known: Record<string, Kind> = {
  Conv1D: kind(
    either(
      (args: Parameters<typeof stock.conv1d>[0] & ConvFields) =>
        isGrouped(args) || leaps(args) || args.padding === 'causal' || args.dataFormat === 'channelsFirst',
      Conv1D,
      stock.conv1d,
    ),
    { ...conv, padding: among('valid', 'same', 'causal'), groups: count },
  ),
  Conv2D: kind(
    either(
      (args: Parameters<typeof stock.conv2d>[0] & ConvFields) => isGrouped(args) || leaps(args),
      Conv2D,
      stock.conv2d,
    ),
    { ...conv, groups: count },
  ),
  Conv3D: kind(
    either<Parameters<typeof stock.conv3d>[0] & ConvFields>(isGrouped, Conv3D, stock.conv3d),
    { ...conv, groups: count },
    checkSame3D('kernel_size'),
  ),
  Conv1DTranspose: kind(made(Conv1DTranspose), transposed),
  Conv2DTranspose: kind(
    either<Parameters<typeof stock.conv2dTranspose>[0] & TransposeFields>(
      isUnusual,
      Conv2DTranspose,
      stock.conv2dTranspose,
    ),
    { ...transposed, output_padding: padding, dilation_rate: steps },
  ),
  Conv3DTranspose: kind(made(Conv3DTranspose), transposed, checkSame3D('kernel_size')),
  DepthwiseConv1D: kind(made(DepthwiseConv1D), depthwise),
  DepthwiseConv2D: kind(made(DepthwiseConv2D), depthwise),
  SeparableConv1D: kind(made(SeparableConv1D), separable),
  SeparableConv2D: kind(stock.separableConv2d, { ...separable, ...lastOnly }),
};

/** tfjs has strides or dilations, not both. */
const checkSteps: Kind['check'] = ({ strides, dilation_rate: rates }, where) => {
  const isMore = (value: unknown) => [value].flat().some((one) => typeof one === 'number' && one !== 1);
  if (isMore(strides) && isMore(rates))
    throw new KerasFormatError(
      `${where}.strides is ${show(strides)} and dilation_rate ${show(rates)}, of which one must be 1`,
    );
};

export const convolutions: Record<string, Kind> = Object.fromEntries(
  Object.entries(known).map(([name, own]) => {
    const check: Kind['check'] = (config, where) => {
      checkSteps(config, where);
      own.check(config, where);
    };
    return [name, { ...own, check }];
  }),
);
