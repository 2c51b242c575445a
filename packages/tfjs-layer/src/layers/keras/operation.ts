import type { Tensor } from '@tensorflow/tfjs-core';
import type { Shape } from '../../tfjs/classes.js';

export type Interpolation = 'nearest' | 'bilinear' | 'bicubic' | 'lanczos3' | 'lanczos5';

/** Fields of Keras's layers by tfjs's spelling. */
export interface Settings {
  size?: number | number[];
  padding?: number | number[] | number[][];
  cropping?: number | number[] | number[][];
  axis?: number | number[];
  height?: number;
  width?: number;
  interpolation?: Interpolation;
  antialias?: boolean;
  cropToAspectRatio?: boolean;
  padToAspectRatio?: boolean;
  fillValue?: number;
  keepdims?: boolean;
  scale?: number | number[];
  offset?: number | number[];
  dataFormat?: string;
}

/** A layer of Keras without weights that tfjs lacks, or computes otherwise. */
export interface Operation {
  call(x: Tensor, settings: Settings, others: { all: Tensor[]; mask: Tensor | null }): Tensor;
  /** The output's shape; that of the input, when left out. */
  shape?(shape: Shape, settings: Settings, second: Shape | undefined): Shape;
  passesMask?: boolean;
}

/** The axes between batch and channels. */
export const spatial = (rank: number, { dataFormat }: Settings): number[] =>
  Array.from({ length: rank - 2 }, (_, i) => i + (dataFormat === 'channelsFirst' ? 2 : 1));
