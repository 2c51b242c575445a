import type { serialization, Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { type LayerArgs, oneShape, oneTensor, type Shape, stockClass } from '../../tfjs/classes.js';

/** Fields of Keras's layers by tfjs's spelling. */
interface Settings {
  size?: number | number[];
  padding?: number | number[] | number[][];
  cropping?: number | number[] | number[][];
  axis?: number | number[];
  height?: number;
  width?: number;
  interpolation?: 'nearest' | 'bilinear';
  keepdims?: boolean;
  scale?: number | number[];
  offset?: number | number[];
  dataFormat?: string;
}

/** A layer of Keras without weights that tfjs lacks, or computes otherwise. */
interface Operation {
  call(x: Tensor, settings: Settings, others: { all: Tensor[]; mask: Tensor | null }): Tensor;
  /** The output's shape; that of the input, when left out. */
  shape?(shape: Shape, settings: Settings, second: Shape | undefined): Shape;
  passesMask?: boolean;
}

/** The axes between batch and channels. */
const spatial = (rank: number, { dataFormat }: Settings): number[] =>
  Array.from({ length: rank - 2 }, (_, i) => i + (dataFormat === 'channelsFirst' ? 2 : 1));

/** A size for each spatial axis: one number may stand for all. */
const sizes = (value: number | number[] | undefined, axes: number[]): number[] =>
  Array.isArray(value) ? value : axes.map(() => value as number);

/** Two numbers for each spatial axis: one number may stand for all, one pair for the only axis. */
const pairs = (value: Settings['padding'], axes: number[]): [number, number][] =>
  axes.map((_, i) => {
    const one = Array.isArray(value) ? (Array.isArray(value[i]) ? value[i] : value) : [value, value];
    return one as [number, number];
  });

const change = (shape: Shape, axes: number[], f: (size: number, i: number) => number): Shape => {
  const changed = shape.slice();
  for (const [i, axis] of axes.entries()) {
    const size = changed[axis];
    if (size != null) changed[axis] = f(size, i);
  }
  return changed;
};

const float = (x: Tensor) => tfc.cast(x, 'float32');

/** With half pixel centres, as Keras resizes; tfjs's layers take the corners instead. */
function resize(x: Tensor, size: [number, number], { interpolation, dataFormat }: Settings): Tensor {
  const first = dataFormat === 'channelsFirst';
  const picture = float(first ? tfc.transpose(x, [0, 2, 3, 1]) : x) as Tensor4D;
  const resized =
    interpolation === 'nearest'
      ? tfc.image.resizeNearestNeighbor(picture, size, false, true)
      : tfc.image.resizeBilinear(picture, size, false, true);
  return first ? tfc.transpose(resized, [0, 3, 1, 2]) : resized;
}

const upSampling: Operation = {
  call(x, settings) {
    const axes = spatial(x.rank, settings);
    const factors = sizes(settings.size, axes);
    if (settings.interpolation === 'bilinear')
      return resize(x, axes.map((axis, i) => x.shape[axis] * factors[i]) as [number, number], settings);
    // [.., n, ..] → [.., n, 1, ..] → [.., n, factor, ..] → [.., n·factor, ..]: one axis at a time, since tfjs tiles up to 6 dimensions.
    return axes.reduce((y, axis, i) => {
      const repeated = tfc.tile(tfc.expandDims(y, axis + 1), onAxis(y.rank + 1, axis + 1, factors[i]));
      return tfc.reshape(repeated, onAxis(y.shape, axis, y.shape[axis] * factors[i]));
    }, x);
  },
  shape(shape, settings) {
    const axes = spatial(shape.length, settings);
    const factors = sizes(settings.size, axes);
    return change(shape, axes, (size, i) => size * factors[i]);
  },
};

/** A shape, or one of ones, with another size on one axis. */
const onAxis = (shape: number[] | number, axis: number, size: number): number[] =>
  (typeof shape === 'number' ? Array<number>(shape).fill(1) : shape).map((n, i) => (i === axis ? size : n));

const zeroPadding: Operation = {
  call(x, settings) {
    const axes = spatial(x.rank, settings);
    const all: [number, number][] = x.shape.map(() => [0, 0]);
    for (const [i, pair] of pairs(settings.padding, axes).entries()) all[axes[i]] = pair;
    return tfc.pad(x, all);
  },
  shape(shape, settings) {
    const axes = spatial(shape.length, settings);
    const padding = pairs(settings.padding, axes);
    return change(shape, axes, (size, i) => size + padding[i][0] + padding[i][1]);
  },
};

const cropping: Operation = {
  call(x, settings) {
    const axes = spatial(x.rank, settings);
    const [begin, size] = [x.shape.map(() => 0), x.shape.slice()];
    for (const [i, [before, after]] of pairs(settings.cropping, axes).entries()) {
      begin[axes[i]] = before;
      size[axes[i]] -= before + after;
    }
    return tfc.slice(x, begin, size);
  },
  shape(shape, settings) {
    const axes = spatial(shape.length, settings);
    const cropped = pairs(settings.cropping, axes);
    return change(shape, axes, (size, i) => size - cropped[i][0] - cropped[i][1]);
  },
};

const globalPooling = (
  pool: (x: Tensor, axes: number[], keepdims: boolean, mask: Tensor | null) => Tensor,
): Operation => ({
  call(x, settings, { mask }) {
    return pool(float(x), spatial(x.rank, settings), settings.keepdims === true, mask);
  },
  shape(shape, settings) {
    const axes = spatial(shape.length, settings);
    return settings.keepdims
      ? shape.map((size, i) => (axes.includes(i) ? 1 : size))
      : shape.filter((_, i) => !axes.includes(i));
  },
});

/** The mean over what the mask `[batch, steps]` leaves: only Keras's layer for sequences heeds it. */
function maskedMean(x: Tensor, axes: number[], keepdims: boolean, mask: Tensor | null): Tensor {
  if (!mask || axes.length > 1) return tfc.mean(x, axes, keepdims);
  const kept = float(tfc.expandDims(mask, axes[0] === 1 ? 2 : 1));
  return tfc.div(tfc.sum(tfc.mul(x, kept), axes, keepdims), tfc.sum(kept, axes, keepdims));
}

/** A shape of more dimensions: as Keras merges, they come after the batch. */
const widened = ([batch, ...rest]: Shape, rank: number): Shape => [
  batch,
  ...Array<number>(rank - 1 - rest.length).fill(1),
  ...rest,
];

/** Layers of Keras that change pictures at random, in training alone. */
export const AUGMENTATION = [
  'AugMix',
  'CutMix',
  'Equalization',
  'MaxNumBoundingBoxes',
  'MixUp',
  'RandAugment',
  'RandomBrightness',
  'RandomColorDegeneration',
  'RandomColorJitter',
  'RandomContrast',
  'RandomElasticTransform',
  'RandomErasing',
  'RandomFlip',
  'RandomGaussianBlur',
  'RandomGrayscale',
  'RandomHeight',
  'RandomHue',
  'RandomInvert',
  'RandomPerspective',
  'RandomPosterization',
  'RandomRotation',
  'RandomSaturation',
  'RandomSharpness',
  'RandomShear',
  'RandomTranslation',
  'RandomWidth',
  'RandomZoom',
  'Solarization',
];

const identity: Operation = { call: (x) => tfc.clone(x), passesMask: true };

/** What tfjs lacks, by Keras's class. */
const operations: Record<string, Operation> = {
  UpSampling1D: upSampling,
  UpSampling2D: upSampling,
  UpSampling3D: upSampling,
  ZeroPadding1D: zeroPadding,
  ZeroPadding3D: zeroPadding,
  Cropping1D: cropping,
  Cropping2D: cropping,
  Cropping3D: cropping,
  GlobalAveragePooling1D: globalPooling(maskedMean),
  GlobalAveragePooling2D: globalPooling(maskedMean),
  GlobalAveragePooling3D: globalPooling(maskedMean),
  GlobalMaxPooling1D: globalPooling(tfc.max),
  GlobalMaxPooling2D: globalPooling(tfc.max),
  GlobalMaxPooling3D: globalPooling(tfc.max),
  Resizing: {
    call: (x, settings) => resize(x, [settings.height as number, settings.width as number], settings),
    shape: (shape, settings) => {
      const [rows, columns] = spatial(shape.length, settings);
      return shape.map(
        (n, i) => (i === rows ? settings.height : i === columns ? settings.width : n) as number,
      );
    },
  },
  Rescaling: {
    call: (x, { scale = 1, offset = 0 }) => tfc.add(tfc.mul(float(x), scale), offset),
    passesMask: true,
  },
  Subtract: {
    call: (_, __, { all: [a, b] }) => {
      const rank = Math.max(a.rank, b.rank);
      const [one, other] = [a, b].map((x) => tfc.reshape(x, widened(x.shape, rank) as number[]));
      return tfc.sub(one, other);
    },
    shape: (shape, _, other) => {
      if (!other) throw new RangeError('Subtract takes a list of two');
      const rank = Math.max(shape.length, other.length);
      const b = widened(other, rank);
      return widened(shape, rank).map((size, i) => (size === 1 ? b[i] : size));
    },
  },
  UnitNormalization: {
    call: (x, { axis = -1 }) => {
      const norm = tfc.sqrt(tfc.maximum(tfc.sum(tfc.square(float(x)), axis, true), 1e-24));
      return tfc.div(x, norm);
    },
    passesMask: true,
  },
  Identity: identity,
  ...Object.fromEntries(AUGMENTATION.map((name) => [name, identity])),
};

interface OperatorArgs extends LayerArgs, Settings {
  /** Under the key "name" tfjs leaves a string alone when it saves; under any other it would re-case it. */
  kind: { name: string };
  heedsMask?: boolean;
}

/** See {@link operation}. */
export class Operator extends layers.Layer {
  static readonly className = 'RectifyKerasLayer';
  /** The class of Keras. */
  readonly kind: string;
  /** Whether a mask changes the output. tfjs keeps the last mask for all layers that follow, so this must be told. */
  heedsMask: boolean;
  private readonly settings: Settings;

  constructor({ kind, heedsMask = false, ...args }: OperatorArgs) {
    super(args);
    const { name, trainable, dtype, batchInputShape, batchSize, inputDType, ...settings } =
      args as LayerArgs & Settings & { inputShape?: unknown };
    this.kind = kind.name;
    this.heedsMask = heedsMask;
    this.settings = settings;
    this.supportsMasking = operations[kind.name].passesMask ?? false;
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor {
    return tfc.tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const all = Array.isArray(inputs) ? inputs : [inputs];
      const mask = this.heedsMask ? ((kwargs.mask ?? null) as Tensor | null) : null;
      return operations[this.kind].call(all[0], this.settings, { all, mask });
    });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const { shape } = operations[this.kind];
    const first = oneShape(inputShape);
    const second = Array.isArray(inputShape[1]) ? (inputShape[1] as Shape) : undefined;
    return shape ? shape(first, this.settings, second) : first.slice();
  }

  override getConfig(): serialization.ConfigDict {
    const settings = this.settings as serialization.ConfigDict;
    return { ...super.getConfig(), ...settings, kind: { name: this.kind }, heedsMask: this.heedsMask };
  }
}

/** A layer of Keras that has no weights, and that tfjs lacks or computes otherwise, by its class. */
export const operation =
  (kind: string) =>
  (args: LayerArgs): Operator =>
    new Operator({ ...args, kind: { name: kind } });

const StockFlatten = stockClass('Flatten') as {
  new (args: Parameters<typeof layers.flatten>[0]): layers.Layer;
};

/** Flattens any input, also one that is flat, or of unknown size; saved as tfjs's own. */
export class Flatten extends StockFlatten {
  constructor(args: Parameters<typeof layers.flatten>[0]) {
    super(args);
    this.inputSpec = [];
  }

  override call(inputs: Tensor | Tensor[], kwargs: Record<string, unknown>): Tensor | Tensor[] {
    const x = oneTensor(this, inputs);
    return x.rank > 2 ? super.call(inputs, kwargs) : tfc.reshape(x, [x.shape[0], x.shape[1] ?? 1]);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, ...rest] = oneShape(inputShape);
    return [batch, rest.includes(null) ? null : (rest as number[]).reduce((a, b) => a * b, 1)];
  }
}

type ReshapeArgs = Parameters<typeof layers.reshape>[0];
const StockReshape = stockClass('Reshape') as {
  new (
    args: ReshapeArgs,
  ): layers.Layer & {
    targetShape: Shape;
    fixUnknownDimension(inputShape: Shape, outputShape: Shape): Shape;
  };
};

/** A reshape with one size left open, which tfjs does not tell where the batch is open too: a Dense that follows could not be built. */
export class Reshape extends StockReshape {
  static readonly className = 'RectifyReshape';

  constructor(args: ReshapeArgs) {
    super({ ...args, targetShape: [...args.targetShape] }); // tfjs writes into it
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const [batch, ...rest] = oneShape(inputShape);
    return rest.includes(null)
      ? super.computeOutputShape(inputShape)
      : [batch, ...this.fixUnknownDimension(rest, this.targetShape)];
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), targetShape: this.targetShape.map((size) => size ?? -1) };
  }
}
