import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { AttentionLayer } from '../layers/keras/attention.js';
import { isMasked, type Masked as MaskedLayer, type MaskUse } from '../layers/keras/masked.js';
import { Operator } from '../layers/keras/operations.js';
import { KerasOperator } from '../layers/keras/operator.js';
import type { Layer } from '../tfjs/classes.js';
import { WITH_STATES } from './fields.js';
import {
  isObject,
  type Json,
  type JsonObject,
  KerasFormatError,
  type KerasObject,
  layerName,
  MisreadError,
} from './format.js';
import { isOperator } from './operators.js';

/** Whether a tensor has a mask in Keras, and whether tfjs brings one to the same place. */
interface Masked {
  keras: boolean;
  tfjs: boolean;
  /** The layer that made it. */
  from?: KerasObject | undefined;
}

interface Called {
  layer: Layer;
  /** What is known of a model within the model. */
  inner?: { model: LayersModel; heedsMasks: boolean };
}

const NONE: Masked = { keras: false, tfjs: false };
const MERGES = ['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum'];
/** Layers of Keras that drop a mask; the others that can be read, but for those named here, pass it on. */
const DROPS =
  /^(Adaptive|Conv|Depthwise|Separable|Max|Average|Global|UpSampling|ZeroPadding|Cropping|CenterCrop|Resizing|Flatten|Reshape|Permute|RepeatVector|Dot|Einsum|Category|Discretization|Hash|IntegerLookup|StringLookup|TextVectorization)/;

/**
 * Follows the masks of `Embedding` and `Masking` through a model, as Keras hands them on and as tfjs 4.22 does.
 *
 * tfjs keeps the last mask for every layer that comes later, loses it around a model within the model, and joins two masks otherwise.
 * A layer whose output depends on a mask is therefore refused where the two do not agree.
 */
export class MaskFlow {
  readonly #isKeras3: boolean;
  readonly #masked = new Map<SymbolicTensor, Masked>();
  readonly #heeding: { config: KerasObject; input: Masked; ignores?: boolean }[] = [];
  /** Recurrent layers that were told what to do with a mask. */
  readonly #told: MaskedLayer[] = [];
  /** Tensors whose mask a MultiHeadAttention heeds, and takes off them, and every layer that heeds that of a tensor. */
  readonly #spent = new Set<SymbolicTensor>();
  readonly #takers = new Map<SymbolicTensor, KerasObject[]>();
  #source: KerasObject | undefined;
  /** How many averages over steps were read: they heed a mask where there is one. */
  #averages = 0;

  constructor(isKeras3: boolean) {
    this.#isKeras3 = isKeras3;
  }

  /** Notes a call of a layer, with the layers of which one's mask Keras says it gets, null where that is none of the model's. */
  call(
    config: KerasObject,
    called: Called,
    inputs: SymbolicTensor[],
    outputs: SymbolicTensor[],
    mask?: KerasObject[] | null,
  ): void {
    const given = inputs.map((input) => this.#of(input));
    const from = given[0]?.from;
    if (mask !== undefined && !(from && mask?.includes(from)))
      throw new KerasFormatError(
        `${layerName(config)}.inbound_nodes has the argument mask, which cannot be read`,
      );
    if (called.layer instanceof AttentionLayer) this.#attention(config, called.layer, given);
    const before = this.heeding;
    const masks = this.#outputs(config, called, given, mask !== undefined);
    const [first] = inputs;
    if (first && given[0]?.keras && (this.heeding > before || called.layer instanceof AttentionLayer)) {
      const takers = this.#takers.get(first);
      if (takers) takers.push(config);
      else this.#takers.set(first, [config]);
      if (config.class_name === 'MultiHeadAttention') this.#spent.add(first);
    }
    for (const [i, output] of outputs.entries())
      this.#masked.set(output, masks[i] ?? (masks.at(-1) as Masked));
  }

  /** How many layers read so far give another output under a mask. */
  get heeding(): number {
    return this.#heeding.length + this.#averages;
  }

  /** Refuses a layer that would get another mask in tfjs than in Keras. */
  check(): void {
    if (this.#source === undefined) {
      for (const layer of this.#told) layer.maskUse = 'stock';
      return;
    }
    this.#refuseSpent();
    for (const { config, input, ignores } of this.#heeding)
      if (input.keras ? !input.tfjs : !ignores)
        throw this.#refusal(
          config,
          input.keras ? 'in tfjs does not reach it' : 'in Keras does not reach it, and in tfjs can',
        );
  }

  /** Refuses a layer beside a MultiHeadAttention, which in Keras takes the mask off what both get, for those that come later. */
  #refuseSpent(): void {
    for (const tensor of this.#spent) {
      const other = this.#takers.get(tensor)?.find(({ class_name }) => class_name !== 'MultiHeadAttention');
      if (other) throw this.#refusal(other, 'in Keras is gone once a MultiHeadAttention has had it');
    }
  }

  /** The masks of a layer's outputs, of which the last stands for those that follow. */
  #outputs(config: KerasObject, { layer, inner }: Called, given: Masked[], isExplicit: boolean): Masked[] {
    const { class_name, config: options } = config;
    const first = given[0] ?? NONE;
    const masked = given.some(({ keras }) => keras);
    if (isOperator(config) || layer instanceof KerasOperator) return [NONE];
    if (layer instanceof AttentionLayer)
      return [{ keras: first.keras, tfjs: layer.heedsMask, from: first.from }, NONE];
    if (class_name === 'Masking' || (class_name === 'Embedding' && options.mask_zero === true)) {
      this.#source ??= config;
      return [{ keras: true, tfjs: true, from: config }];
    }
    if (inner) {
      if (masked && inner.heedsMasks)
        throw this.#refusal(config, 'in tfjs does not reach the layers of a model within the model');
      return inner.model.outputs.map((output) => ({ keras: masked || this.#of(output).keras, tfjs: false }));
    }
    if (WITH_STATES.includes(class_name)) {
      const hasStates = given.length > 1;
      // Keras 3 finds no mask for what is called with several tensors.
      const heeded = hasStates && this.#isKeras3 && !isExplicit ? { ...first, keras: false } : first;
      return this.#recurrent(config, layer, { heeded, given: first, hasStates });
    }
    if (MERGES.includes(class_name)) {
      const masks = given.filter(({ tfjs }) => tfjs).length;
      if (masks > 0 && masks < given.length && given.length > 2)
        throw this.#refusal(config, 'tfjs cannot join with inputs that have none');
      return [{ keras: given.every(({ keras }) => keras), tfjs: false }];
    }
    if (class_name === 'Concatenate') return [{ keras: masked, tfjs: given.some(({ tfjs }) => tfjs) }];
    if (class_name === 'Softmax' && options.axis !== -1) this.#heeding.push({ config, input: first });
    const { layer: wrapped = null } = options;
    if (isObject(wrapped) && WITH_STATES.includes(String(wrapped.class_name))) {
      const told = recurrentWithin(layer);
      if (!first.keras) for (const one of told) this.#tell(config, one, 'ignored');
      this.#heeding.push({ config, input: { ...first, tfjs: false }, ignores: told.length > 0 });
    }
    if (class_name === 'GlobalAveragePooling1D' && layer instanceof Operator) {
      this.#averages++;
      if (first.keras && !first.tfjs) this.#heeding.push({ config, input: first });
      if (layer.inboundNodes.length > 1 && layer.heedsMask !== first.keras)
        throw this.#refusal(config, 'reaches some of its calls only, which tfjs does not tell apart');
      layer.heedsMask = first.keras;
    }
    if (DROPS.test(class_name)) return [NONE];
    return [{ ...first, tfjs: first.tfjs && layer.supportsMasking === true }];
  }

  /** tfjs hands a layer the mask of its first input alone, and Keras masks each input by its own. */
  #attention(config: KerasObject, layer: AttentionLayer, given: Masked[]): void {
    const masked = given.filter(({ keras }) => keras);
    const [first] = given;
    const isShared = masked.length === given.length && masked.every(({ from }) => from === first?.from);
    if (masked.length > 0 && !(isShared && first?.tfjs))
      throw this.#refusal(config, 'in tfjs does not reach all of its inputs');
    if (layer.inboundNodes.length > 1 && layer.heedsMask !== masked.length > 0)
      throw this.#refusal(config, 'reaches some of its calls only, which tfjs does not tell apart');
    layer.heedsMask = masked.length > 0;
  }

  #recurrent(
    config: KerasObject,
    layer: Layer,
    { heeded: input, given, hasStates }: { heeded: Masked; given: Masked; hasStates: boolean },
  ): Masked[] {
    const { layer: wrapped = null } = config.config;
    const options = isObject(wrapped) && isObject(wrapped.config) ? wrapped.config : config.config;
    const sequences = options.return_sequences === true;
    const told = recurrentWithin(layer);
    for (const one of told) {
      const isPlain = !hasStates && !(one.zeroes && sequences);
      this.#tell(config, one, !input.keras ? 'ignored' : isPlain ? 'stock' : 'heeded');
    }
    this.#heeding.push({ config, input, ignores: told.length > 0 });
    // The states that follow have none, but in tfjs.
    return sequences ? [given, { keras: false, tfjs: given.tfjs }] : [NONE];
  }

  #tell(config: KerasObject, layer: MaskedLayer, use: MaskUse): void {
    if (layer.maskUse !== undefined && layer.maskUse !== use)
      throw this.#refusal(config, 'reaches some of its calls only, which tfjs does not tell apart');
    layer.maskUse = use;
    this.#told.push(layer);
  }

  #of(tensor: SymbolicTensor): Masked {
    return this.#masked.get(tensor) ?? NONE;
  }

  #refusal(config: KerasObject, why: string): KerasFormatError {
    const source = this.#source ? layerName(this.#source) : 'its layer';
    return new MisreadError(
      `${layerName(config)} and the mask of ${source} (mask_zero or mask_value): it ${why}`,
    );
  }
}

/** The recurrent layers of a layer that are told what to do with a mask: itself, both directions, or what it runs over the steps. */
function recurrentWithin(layer: Layer): MaskedLayer[] {
  const { layer: within, forwardLayer, backwardLayer } = layer as Layer & Record<string, Layer | undefined>;
  const parts = [forwardLayer, backwardLayer, forwardLayer ? undefined : within].filter(
    (one) => one !== undefined,
  );
  return isMasked(layer) ? [layer] : parts.flatMap(recurrentWithin);
}

/** Whether a layer of a topology, also within others, makes a mask. */
export function makesMasks(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(makesMasks);
  const { class_name, config, layers = null, layer = null } = value;
  if (class_name === 'Masking') return true;
  if (!isObject(config ?? null)) return makesMasks(layers) || makesMasks(layer);
  const own = config as JsonObject;
  return (
    (class_name === 'Embedding' && own.mask_zero === true) ||
    makesMasks({ layers: own.layers ?? null, layer: own.layer ?? null })
  );
}
