// The activations of layers.
import { activation as coreActivation } from '@rectify/core';
import { activation } from '../activations/activations.js';
import { CustomActivation } from '../layers/keras/custom.js';
import { Sparsemax } from '../layers/keras/sparsemax.js';
import { stockByKeras } from '../tfjs/stock-activations.js';
import { KERAS_2_HARD_SIGMOID } from './dialect.js';
import { float32 } from './dtype.js';
import { isKeras, plain, type Rule } from './fields.js';
import { isObject, type Json, type JsonObject, KerasFormatError, show } from './format.js';
import type { CustomFunction, Reading } from './reading.js';

/** Activations of Keras 3 that tfjs has too, as the same function, by tfjs's name. */
export const STOCK = /* @__PURE__ */ stockByKeras();

/** An activation: a name, a function, or a layer that serves as one. */
export const activationOf: Rule = (value, where, reading) => {
  // Not left out: tfjs's recurrent layers would take their own.
  if (value === null) return 'linear';
  if (value === KERAS_2_HARD_SIGMOID) return 'hardSigmoid';
  const custom = customActivation(value, reading);
  if (custom) return custom;
  const refuse = () =>
    new KerasFormatError(
      `${where} is ${show(value)}, which is no activation that can be read: pass customObjects with a function of that name`,
    );
  if (typeof value === 'string') return named(value, refuse);
  if (!isObject(value)) throw refuse();
  if (value.class_name === 'function') {
    if (typeof value.config !== 'string' || !(isKeras(value, 'builtins') || isKeras(value, 'keras')))
      throw refuse();
    return named(value.config, refuse);
  }
  if (!isKeras(value, 'keras') || typeof value.class_name !== 'string') throw refuse();
  const { name, trainable, dtype, ...params } = (value.config ?? {}) as JsonObject;
  float32(dtype ?? null, `${where}.dtype`, reading);
  if (value.class_name === 'Identity') return 'linear';
  if (value.class_name === 'Activation') return activationOf(params.activation ?? null, where, reading);
  if (value.class_name === 'PReLU')
    throw new KerasFormatError(
      `${where} is a PReLU, which has weights of its own that an activation in tfjs cannot have: make it a layer of its own behind this one, and save that`,
    );
  if (value.class_name === 'Softmax' && (params.axis ?? -1) === -1) return 'softmax';
  if (value.class_name === 'LeakyReLU' && 'alpha' in params) {
    // As Keras 2 calls it.
    const { alpha, ...rest } = params;
    return byCore(value.class_name, { negative_slope: plain(alpha as Json), ...rest }, refuse);
  }
  return byCore(value.class_name, params, refuse);
};

/** The user's own function, by the name under which it was registered in Python, or by its own. */
function customActivation(value: Json, { customObjects }: Reading): CustomActivation | undefined {
  const { class_name, config, registered_name: registered } = isObject(value) ? value : {};
  for (const name of [value, registered, class_name === 'function' ? config : class_name]) {
    const given =
      typeof name === 'string' && Object.hasOwn(customObjects, name) ? customObjects[name] : undefined;
    if (given && !('className' in given))
      return new CustomActivation(name as string, given as CustomFunction);
  }
  return undefined;
}

const named = (name: string, refuse: () => Error) =>
  (name === 'sparsemax' ? new Sparsemax() : undefined) ??
  (Object.hasOwn(STOCK, name) ? STOCK[name] : undefined) ??
  byCore(name, {}, refuse);

function byCore(name: string, params: JsonObject, refuse: () => Error) {
  try {
    return activation(coreActivation(name, params, { framework: 'keras' }));
  } catch (error) {
    throw Object.assign(refuse(), { cause: error });
  }
}
