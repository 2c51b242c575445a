import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import * as tfc from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { asFloat, type LayerArgs, oneShape, type Shape } from '../../tfjs/classes.js';
import { AUGMENTATION } from './augmentation.js';
import type { Operation, Settings } from './operation.js';
import { resizing } from './resizing.js';
import { cropping, globalPooling, maskedMean, upSampling, zeroPadding } from './spatial.js';

/** A shape of more dimensions: as Keras merges, they come after the batch. */
const widened = ([batch, ...rest]: Shape, rank: number): Shape => [
  batch,
  ...Array<number>(rank - 1 - rest.length).fill(1),
  ...rest,
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
  Resizing: resizing,
  Rescaling: {
    call: (x, { scale = 1, offset = 0 }) => tfc.add(tfc.mul(asFloat(x), scale), offset),
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
      const norm = tfc.sqrt(tfc.maximum(tfc.sum(tfc.square(asFloat(x)), axis, true), 1e-24));
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
