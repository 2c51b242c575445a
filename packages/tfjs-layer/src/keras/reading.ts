import type { serialization, Tensor } from '@tensorflow/tfjs-core';
import type { Layer } from '../tfjs/classes.js';
import type { KerasObject } from './format.js';

/** Something that was left out, or is computed otherwise than Keras would: prediction is the same unless the note says so. */
export interface KerasNote {
  /** Layer and field: `layer "dense" (Dense).activity_regularizer`. */
  where: string;
  /** What was made of it. */
  what: string;
}

/** A class that tfjs's `serialization.registerClass` takes. */
export type CustomClass = serialization.SerializableConstructor<serialization.Serializable>;
/** What a `Lambda` layer or an activation of one's own computes. */
export type CustomFunction = (...inputs: Tensor[]) => Tensor;
/** Layers and functions by the names that Keras knows them by. */
export type CustomObjects = Readonly<Record<string, CustomClass | CustomFunction>>;

/** What one reading of a topology knows, and what it notes on its way. */
export class Reading {
  readonly notes: KerasNote[] = [];
  readonly #noted = new Set<string>();

  constructor(
    readonly customObjects: CustomObjects = {},
    /** Reads a layer within a layer. */
    readonly readInner: (value: KerasObject) => Layer = () => {
      throw new Error('no layer within a layer is read here');
    },
    /** Some layer of the topology makes a mask. */
    readonly hasMasks = false,
  ) {}

  /** Notes what was dropped or read otherwise; the same of the same field only once. */
  note(where: string, what: string): void {
    const key = JSON.stringify([where, what]);
    if (this.#noted.has(key)) return;
    this.#noted.add(key);
    this.notes.push({ where, what });
  }
}
