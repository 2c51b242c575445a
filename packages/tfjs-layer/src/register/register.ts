import { activationNames, activation as coreActivation } from '@rectify/core';
import { serialization } from '@tensorflow/tfjs-core';
import { activation, TensorActivation } from '../activations/activations.js';
import { ActivationLayer } from '../layers/activation.js';
import { BUILT_INS } from '../layers/built-ins.js';
import { ELU } from '../layers/elu.js';
import { ownLayers } from '../layers/keras/index.js';
import { LeakyReLU } from '../layers/leaky-relu.js';
import { PReLU } from '../layers/prelu.js';
import { ReLU } from '../layers/relu.js';
import { ReplicaDense } from '../layers/replica-dense.js';
import { ReplicaLeakyReLU } from '../layers/replica-leaky-relu.js';
import { RReLU } from '../layers/rrelu.js';
import { Softmax } from '../layers/softmax.js';

/** Activation names that mean a framework's parameters, as core's table of names has them, and names as tfjs garbles them when it saves a model. */
const NAMED: Record<string, () => unknown> = {
  leaky_relu: () => activation(coreActivation('leaky_relu', {}, { framework: 'keras' })),
  leakyRelu: () => activation(coreActivation('leakyRelu', {}, { framework: 'tfjs' })),
  // `activation: 'LeakyReLU'` makes tfjs use its layer, slope 0.3, as a function; the model is saved with this name.
  leakyReLu: () => activation(coreActivation('LeakyReLU', {}, { framework: 'tfjs' })),
  reLu: () => activation('relu'),
};

/**
 * Makes the layers of this package, its activations, and activation names that tfjs lacks, known to tfjs: for
 * `tf.loadLayersModel`, and for `activation: 'leaky_relu'` in any layer.
 *
 * No name that tfjs knows already gets another meaning: see {@link replaceBuiltIns} for that. Calling it again changes nothing.
 */
export function register(): void {
  for (const cls of [
    ActivationLayer,
    ELU,
    LeakyReLU,
    PReLU,
    ReLU,
    ReplicaDense,
    ReplicaLeakyReLU,
    RReLU,
    Softmax,
    TensorActivation,
    ...ownLayers,
  ])
    serialization.registerClass(cls as serialization.SerializableConstructor<serialization.Serializable>);
  for (const [name, make] of Object.entries(NAMED)) addName(name, make);
  for (const name of activationNames) {
    // hard_sigmoid stays unknown: what tfjs makes of it, hardSigmoid, is tfjs's own and another function.
    addName(name, () => activation(name), camelCase(name));
    addName(camelCase(name), () => activation(name));
  }
  const { classNameMap } = serialization.SerializationMap.getMap();
  // tfjs saves its own "gelu_new" by a name that it reads back as "geluNew".
  if (classNameMap.gelu_new) classNameMap.geluNew ??= classNameMap.gelu_new;
}

/** tfjs's own classes under the names that ours took over. */
const builtIns: serialization.SerializationMap['classNameMap'] = {};

/**
 * Lets our layers be what tfjs makes of the saved names `Dense`, `LeakyReLU`, `ReLU`, `PReLU`, `ELU` and `Softmax`: a model of tfjs's or
 * Keras 2's own layers then loads with ours, and is saved under those names and with their words again, so that tfjs alone reads it
 * as far as it has the parameters.
 *
 * Factories such as `tf.layers.leakyReLU` make tfjs's layers all the same, and a model keeps the layers that it was loaded with.
 * Registers as {@link register} does. Calling it again changes nothing; {@link restoreBuiltIns} undoes it.
 */
export function replaceBuiltIns(): void {
  register();
  const { classNameMap } = serialization.SerializationMap.getMap();
  for (const cls of BUILT_INS) {
    builtIns[cls.className] ??= classNameMap[cls.className];
    classNameMap[cls.className] = [cls, cls.fromConfig];
  }
}

/** Gives tfjs's own layers the names back that {@link replaceBuiltIns} took. */
export function restoreBuiltIns(): void {
  Object.assign(serialization.SerializationMap.getMap().classNameMap, builtIns);
}

/** Adds an activation to tfjs's map unless tfjs has a meaning for the name, or for what it makes of the name. */
function addName(name: string, make: () => unknown, alsoFree = name): void {
  const { classNameMap } = serialization.SerializationMap.getMap();
  if (name in classNameMap || alsoFree in classNameMap) return;
  // The second entry is what tfjs calls to make the object; its types know only classes.
  classNameMap[name] = [TensorActivation, make] as unknown as (typeof classNameMap)[string];
}

const camelCase = (name: string) => name.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
