import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { InputSpec, type LayerVariable } from '@tensorflow/tfjs-layers';
import {
  type Constraint,
  type Initializer,
  type Layer,
  oneShape,
  oneTensor,
  type Regularizer,
  type Shape,
} from '../../tfjs/classes.js';

export type Pair = [number, number];

/** What tfjs's convolutions keep, of which its public types show nothing. */
export interface Convolution extends Layer {
  readonly filters: number;
  readonly padding: 'same' | 'valid' | 'causal';
  readonly dataFormat: string;
  readonly useBias: boolean;
  readonly activation: { apply(x: Tensor): Tensor };
  readonly kernelInitializer: Initializer;
  readonly kernelRegularizer: Regularizer;
  readonly kernelConstraint: Constraint;
  readonly biasInitializer: Initializer;
  readonly biasRegularizer: Regularizer;
  readonly biasConstraint: Constraint;
  kernelSize: number[];
  strides: number[];
  dilationRate: number | number[];
  kernel: LayerVariable;
  bias: LayerVariable | null;
}
export const channelAxis = (layer: Convolution, rank: number) =>
  layer.dataFormat === 'channelsFirst' ? 1 : rank - 1;
export const dilations = ({ kernelSize, dilationRate }: Convolution): number[] =>
  kernelSize.map((_, i) => (Array.isArray(dilationRate) ? dilationRate[i] : dilationRate));

/** A sequence is computed as a picture of one row. */
const picture = (x: Tensor) => (x.rank === 3 ? tfc.expandDims(x, 1) : x) as Tensor4D;
export const kernelOf = (variable: LayerVariable) => {
  const kernel = variable.read();
  return (kernel.rank === 3 ? tfc.expandDims(kernel, 0) : kernel) as Tensor4D;
};
export const pair = (numbers: number[]) => [...(numbers.length === 1 ? [1] : []), ...numbers] as Pair;

/** What every convolution does around its product: channels to the end and back, rows, bias, activation. */
export function around(
  layer: Convolution,
  inputs: Tensor | Tensor[],
  product: (x: Tensor4D, padding: 'same' | 'valid') => Tensor,
): Tensor {
  return tfc.tidy(() => {
    let x = tfc.cast(oneTensor(layer, inputs), 'float32');
    const first = layer.dataFormat === 'channelsFirst';
    const inner = Array.from({ length: x.rank - 2 }, (_, i) => i + 1);
    if (first) x = tfc.transpose(x, [0, ...inner.map((axis) => axis + 1), 1]);
    if (layer.padding === 'causal') {
      const before = (layer.kernelSize[0] - 1) * dilations(layer)[0];
      x = tfc.pad(x, [
        [0, 0],
        [before, 0],
        [0, 0],
      ]);
    }
    const isPadded = layer.padding === 'same' && leapsOver(layer);
    if (isPadded) x = paddedAsSame(layer, x);
    let y: Tensor = product(picture(x), layer.padding === 'same' && !isPadded ? 'same' : 'valid');
    if (x.rank === 3) y = tfc.squeeze(y, [1]);
    y = layer.activation.apply(layer.bias ? tfc.add(y, layer.bias.read()) : y);
    return first ? tfc.transpose(y, [0, x.rank - 1, ...inner]) : y;
  });
}

/** How far a window reaches along each axis. */
const reaches = (layer: Convolution): number[] =>
  dilations(layer).map((rate, i) => (layer.kernelSize[i] - 1) * rate + 1);

/** Whether steps are longer than a window of more than one number: tfjs's wasm backend then pads "same" wrong. */
export const leapsOver = (layer: Convolution): boolean => {
  const all = reaches(layer);
  return all.some((reach) => reach > 1) && all.some((reach, i) => layer.strides[i] > reach);
};

/** `[batch, …, channels]` with the zeros around that "same" means. */
function paddedAsSame(layer: Convolution, x: Tensor): Tensor {
  const inner = reaches(layer).map((reach, i): [number, number] => {
    const [size, stride] = [x.shape[i + 1], layer.strides[i]];
    const all = Math.max((Math.ceil(size / stride) - 1) * stride + reach - size, 0);
    return [Math.floor(all / 2), Math.ceil(all / 2)];
  });
  return tfc.pad(x, [[0, 0], ...inner, [0, 0]]);
}

export const biasOf = (layer: Convolution) =>
  ['float32', layer.biasInitializer, layer.biasRegularizer, true, layer.biasConstraint] as const;

/** The shape of an output of so many channels. */
export function outputShape(layer: Convolution, inputShape: Shape | Shape[], channels: number): Shape {
  const input = oneShape(inputShape);
  const axis = channelAxis(layer, input.length);
  const rates = dilations(layer);
  let i = 0;
  return input.map((size, at) => {
    if (at === 0) return size;
    if (at === axis) return channels;
    const reach = layer.padding === 'valid' ? (layer.kernelSize[i] - 1) * rates[i] : 0;
    const stride = layer.strides[i++];
    return size === null ? null : Math.ceil((size - reach) / stride);
  });
}

/** The channels of an input, which the layer is bound to from here on. */
export function bindChannels(layer: Convolution, inputShape: Shape | Shape[]): number {
  const shape = oneShape(inputShape);
  const axis = channelAxis(layer, shape.length);
  const channels = shape[axis];
  if (channels == null)
    throw new RangeError(`${layer.name} needs to know the number of its input's channels`);
  layer.inputSpec = [new InputSpec({ ndim: shape.length, axes: { [axis]: channels } })];
  layer.built = true;
  return channels;
}

/** Builds a convolution whose filters each see one group of the channels. */
export function buildGroups(
  layer: Convolution,
  groups: number,
  inputShape: Shape | Shape[],
  build: (shape: Shape) => void,
) {
  const channels = bindChannels(layer, inputShape);
  if (channels % groups !== 0 || layer.filters % groups !== 0)
    throw new RangeError(
      `groups must divide ${channels} channels and ${layer.filters} filters, got ${groups}`,
    );
  const { inputSpec } = layer;
  const shape = oneShape(inputShape);
  build(shape.with(channelAxis(layer, shape.length), channels / groups));
  layer.inputSpec = inputSpec;
}
