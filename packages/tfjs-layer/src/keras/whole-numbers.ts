import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { isObject, type Json, type KerasObject, layerName, MisreadError } from './format.js';
import { isOperator } from './operators.js';

/** Layers of Keras that hand whole numbers on as such; all others, but for {@link DIFFER}, compute in float32. */
const KEEP =
  /^(Activation|AdaptiveMax|Add|Alpha|Average$|Concatenate|Cropping|Dot|Dropout|Flatten|Gaussian|GlobalMax|Identity|Masking|Max|Minimum|Multiply|Permute|Repeat|Reshape|Resizing|Spatial|Subtract|UpSampling|ZeroPadding)/;
/** Layers that divide by a deviation, which of whole numbers Keras rounds; unit normalization fails. */
const DIFFER = /^(Group|Layer|Unit)Normalization$/;
/** Layers that compute −x, a sum or a product, which are beyond small types, and which of bool are and, or. */
const OVERFLOW = /^(Activation|Add|Average$|Dot|Multiply|PReLU|ReLU|Subtract)/;

/**
 * Follows whole numbers from an input through a model: Keras hands them on as such, and some layers then compute in them, where all
 * of tfjs's compute in float32.
 */
export class WholeNumbers {
  readonly #types = new Map<SymbolicTensor, string>();

  /** Notes an input of the type that Keras wrote. */
  input(tensor: SymbolicTensor, dtype: Json | undefined): void {
    if (typeof dtype === 'string' && /int|bool/.test(dtype)) this.#types.set(tensor, dtype);
  }

  /** Notes a call of a layer. */
  call(
    config: KerasObject,
    inner: { model: LayersModel } | undefined,
    inputs: SymbolicTensor[],
    outputs: SymbolicTensor[],
  ): void {
    const type = inputs.map((input) => this.#types.get(input)).find((type) => type !== undefined);
    if (type === undefined) return;
    const { layer: wrapped = null } = config.config;
    const layer = isObject(wrapped) && config.class_name === 'TimeDistributed' ? wrapped : config;
    const { class_name, config: options } = layer as KerasObject;
    const isSmall = /8|16|bool/.test(type);
    // 2 · x + 1 as an operator, which Keras computes in the type of x.
    const isOfIntegers = isOperator(config) && [options.scale, options.offset].every(Number.isInteger);
    const differs =
      DIFFER.test(class_name) ||
      options.interpolation === 'bilinear' ||
      (isSmall && (OVERFLOW.test(class_name) || isOfIntegers));
    if (!inner && differs)
      throw new MisreadError(
        `${layerName(config)} gets ${type}, in which Keras computes otherwise than tfjs, which has only float32: put a Rescaling before it`,
      );
    for (const [i, output] of outputs.entries()) {
      const of = inner ? this.#types.get(inner.model.outputs[i] as SymbolicTensor) : undefined;
      if (inner ? of : KEEP.test(class_name) || isOfIntegers) this.#types.set(output, of ?? type);
    }
  }
}
