import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Layer } from '../_tfjs.js';
import { WITH_STATES } from './_fields.js';
import { isObject, KerasFormatError, type KerasObject, show } from './_format.js';
import { layerName } from './_layers.js';
import { Operator } from './_operations.js';
import { isOperator } from './_operators.js';

/** Whether a tensor has a mask in Keras, and whether tfjs brings one to the same place. */
interface Masked {
  keras: boolean;
  /** The layer that made it. */
  from?: KerasObject | undefined;
  tfjs: boolean;
}

const MERGES = ['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum'];
/** Layers of Keras that drop a mask; the others that can be read, but for those named here, pass it on. */
const DROPS =
  /^(Conv|Depthwise|Separable|Max|Average|Global|UpSampling|ZeroPadding|Cropping|Resizing|Flatten|Reshape|Permute|RepeatVector|Dot)/;

/**
 * Follows the masks of `Embedding` and `Masking` through a model, as Keras hands them on and as tfjs 4.22 does.
 *
 * tfjs keeps the last mask for every layer that comes later, loses it around a model within the model, and joins two masks otherwise. A layer
 * whose output depends on a mask is therefore refused where the two do not agree.
 */
export class MaskFlow {
  readonly #masked = new Map<SymbolicTensor, Masked>();
  readonly #heeding: { config: KerasObject; input: Masked }[] = [];
  #source: KerasObject | undefined;

  /** Notes a call of a layer, with the layer whose mask Keras says it gets, null where that is none of the model's. */
  call(
    config: KerasObject,
    { layer, inner }: Called,
    inputs: SymbolicTensor[],
    outputs: SymbolicTensor[],
    mask?: KerasObject | null,
  ): void {
    const given = inputs.map((input) => this.#of(input));
    const [first] = given as [Masked];
    if (mask !== undefined && first.from !== mask)
      throw new KerasFormatError(
        `${layerName(config)}.inbound_nodes has the argument mask, which cannot be read`,
      );
    const options = config.config;
    const wrapped = isObject(options.layer) && isObject(options.layer.config) ? options.layer : null;
    const recurrent = WITH_STATES.includes(config.class_name);
    if (
      config.class_name === 'Masking' ||
      (config.class_name === 'Embedding' && options.mask_zero === true)
    ) {
      this.#source ??= config;
      return this.#set(outputs, { keras: true, tfjs: true, from: config });
    }
    if (isOperator(config)) return this.#set(outputs, { keras: false, tfjs: false });
    if (inner) {
      if (given.some(({ keras }) => keras) && inner.heedsMasks)
        throw refusal(config, this.#source, 'in tfjs does not reach the layers of a model within the model');
      for (const [i, output] of outputs.entries())
        this.#masked.set(output, {
          keras: given.some(({ keras }) => keras) || this.#of(inner.model.outputs[i]).keras,
          tfjs: false,
        });
      return;
    }
    const inWrapper = wrapped !== null && WITH_STATES.includes(String(wrapped.class_name));
    const heeds =
      recurrent || (config.class_name === 'Softmax' && options.axis !== -1) || (!recurrent && inWrapper);
    if (heeds)
      this.#heeding.push({ config, input: inWrapper && !recurrent ? { ...first, tfjs: false } : first });
    if (config.class_name === 'GlobalAveragePooling1D' && layer instanceof Operator) {
      if (first.keras && !first.tfjs) this.#heeding.push({ config, input: first });
      layer.heedsMask = first.keras;
    }
    if (recurrent) {
      const sequences = (wrapped ? (wrapped.config as typeof options) : options).return_sequences === true;
      const zeros = (wrapped ? (wrapped.config as typeof options) : options).zero_output_for_mask === true;
      if (first.keras && zeros && sequences)
        throw new KerasFormatError(
          `${layerName(config)}.zero_output_for_mask is true, which tfjs cannot do for a mask`,
        );
      const [output, ...states] = outputs as [SymbolicTensor];
      const { from } = first;
      this.#masked.set(output, { keras: first.keras && sequences, tfjs: first.tfjs && sequences, from });
      return this.#set(states, { keras: false, tfjs: first.tfjs && sequences });
    }
    if (MERGES.includes(config.class_name)) {
      const masks = given.filter(({ tfjs }) => tfjs).length;
      if (masks > 0 && masks < given.length && given.length > 2)
        throw refusal(config, this.#source, 'tfjs cannot join with inputs that have none');
      return this.#set(outputs, { keras: given.every(({ keras }) => keras), tfjs: false });
    }
    if (config.class_name === 'Concatenate')
      return this.#set(outputs, {
        keras: given.some(({ keras }) => keras),
        tfjs: given.some(({ tfjs }) => tfjs),
      });
    const passes = !DROPS.test(config.class_name);
    this.#set(outputs, {
      keras: passes && first.keras,
      tfjs: passes && first.tfjs && layer.supportsMasking === true,
      from: passes ? first.from : undefined,
    });
  }

  /** How many layers read so far give another output under a mask. */
  get heeding(): number {
    return this.#heeding.length;
  }

  /** Refuses a layer that would get another mask in tfjs than in Keras. */
  check(): void {
    if (this.#source === undefined) return;
    for (const { config, input } of this.#heeding)
      if (!input.keras || !input.tfjs)
        throw refusal(
          config,
          this.#source,
          input.keras ? 'in tfjs does not reach it' : 'in Keras does not reach it, and in tfjs can',
        );
  }

  #of(tensor: SymbolicTensor | undefined): Masked {
    return (tensor && this.#masked.get(tensor)) ?? { keras: false, tfjs: false };
  }

  #set(tensors: SymbolicTensor[], masked: Masked): void {
    for (const tensor of tensors) this.#masked.set(tensor, masked);
  }
}

interface Called {
  layer: Layer;
  /** What is known of a model within the model. */
  inner?: { model: LayersModel; heedsMasks: boolean };
}

const refusal = (config: KerasObject, source: KerasObject | undefined, why: string) =>
  new KerasFormatError(
    `${layerName(config)} and the mask of ${source ? layerName(source) : show(null)} (mask_zero or mask_value): it ${why}`,
  );
