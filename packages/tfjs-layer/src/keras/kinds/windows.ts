import { type JsonObject, KerasFormatError, show } from '../format.js';

/** tfjs pads too little where a stride over three dimensions is larger than the window: it starts at other places. */
export const checkSame3D =
  (size: 'kernel_size' | 'pool_size'): ((config: JsonObject, where: string) => void) =>
  ({ padding, strides, [size]: window }, where) => {
    const [steps, widths] = [strides ?? window, window].map((value) => [value].flat() as number[]);
    if (padding === 'same' && steps.some((step, i) => step > (widths[i] ?? widths[0])))
      throw new KerasFormatError(
        `${where}.strides is ${show(strides)}, larger than ${size} ${show(window)}, which tfjs pads otherwise`,
      );
  };
