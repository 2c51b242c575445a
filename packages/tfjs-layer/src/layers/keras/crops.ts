import type { serialization, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, oneTensor, type Shape } from '../../tfjs/classes.js';

interface CropArgs extends LayerArgs {
  height: number;
  width: number;
  dataFormat?: string;
  /** Whether the middle is cut out as it is where the picture is large enough, and not its largest part of that form, made smaller. */
  cutsOut?: boolean;
}

/** The middle of each picture: Keras's CenterCrop, and what its RandomCrop gives in prediction; tfjs lacks both. */
export class CenterCrop extends layers.Layer {
  static readonly className = 'RectifyCenterCrop';
  private readonly args: CropArgs;

  constructor(args: CropArgs) {
    super(args);
    this.args = args;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    return tfc.tidy(() => {
      const x = tfc.cast(oneTensor(this, inputs), 'float32');
      const isFirst = this.args.dataFormat === 'channelsFirst';
      const pictures = (isFirst ? tfc.transpose(x, [0, 2, 3, 1]) : x) as Tensor4D;
      const cropped = this.crop(pictures);
      return isFirst ? tfc.transpose(cropped, [0, 3, 1, 2]) : cropped;
    });
  }

  private crop(x: Tensor4D): Tensor {
    const { height, width, cutsOut = true } = this.args;
    const [, rows, columns] = x.shape;
    if (rows === height && columns === width) return tfc.clone(x);
    if (cutsOut && rows >= height && columns >= width) return middle(x, height, width, Math.floor);
    const fit = (most: number, size: number) => Math.max(Math.min(most, Math.trunc(size)), 1);
    const part = middle(
      x,
      fit(rows, (columns * height) / width),
      fit(columns, (rows * width) / height),
      Math.trunc,
    );
    return tfc.image.resizeBilinear(part, [height, width], false, true);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { height, width, dataFormat } = this.args;
    const [batch, ...rest] = oneShape(inputShape) as [number, number, number, number];
    return dataFormat === 'channelsFirst' ? [batch, rest[0], height, width] : [batch, height, width, rest[2]];
  }

  override getConfig(): serialization.ConfigDict {
    const { height, width, dataFormat = 'channelsLast', cutsOut = true } = this.args;
    return { ...super.getConfig(), height, width, dataFormat, cutsOut };
  }
}

function middle(x: Tensor4D, height: number, width: number, round: (n: number) => number): Tensor4D {
  const [batch, rows, columns, channels] = x.shape;
  const begin: [number, number, number, number] = [
    0,
    round((rows - height) / 2),
    round((columns - width) / 2),
    0,
  ];
  return tfc.slice4d(x, begin, [batch, height, width, channels]);
}
