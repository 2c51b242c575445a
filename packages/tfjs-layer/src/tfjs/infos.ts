// What a kernel asks of the tensors that it is given.
import type { TensorInfo } from '@tensorflow/tfjs-core';

/** Whether all that are there are float32. */
export const allFloat32 = (...infos: (TensorInfo | null | undefined)[]): boolean =>
  infos.every((info) => info == null || info.dtype === 'float32');

/** Whether slopes broadcast to the shape of x; tfjs also takes slopes to whose shape x broadcasts. */
export const broadcasts = (x: TensorInfo, slopes: TensorInfo): boolean =>
  slopes.shape.length <= x.shape.length &&
  slopes.shape.every((size, i) => size === 1 || size === x.shape.at(i - slopes.shape.length));
