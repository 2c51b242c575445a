import { activationNames } from '@rectify/core';
import { serialization } from '@tensorflow/tfjs-core';
import { activation, TensorActivation } from './activations.js';
import { ownLayers } from './keras/_own-layers.js';
import { BUILT_INS } from './layers/_built-ins.js';
import { ActivationLayer } from './layers/activation.js';
import { ELU } from './layers/elu.js';
import { LeakyReLU } from './layers/leaky-relu.js';
import { PReLU } from './layers/prelu.js';
import { ReLU } from './layers/relu.js';
import { ReplicaDense } from './layers/replica-dense.js';
import { ReplicaLeakyReLU } from './layers/replica-leaky-relu.js';
import { RReLU } from './layers/rrelu.js';
import { Softmax } from './layers/softmax.js';

/** Slopes that a name means by itself: the Keras function's (and `tf.leakyRelu`'s), and the Keras and tfjs layer's. */
const FUNCTION = { negativeSlope: 0.2 };
const LAYER = { negativeSlope: 0.3 };

/** Activation names whose parameters are not core's defaults, and names as tfjs garbles them when it saves a model. */
const NAMED: Record<string, () => unknown> = {
  leaky_relu: () => activation('leaky_relu', FUNCTION),
  leakyRelu: () => activation('leaky_relu', FUNCTION),
  // `activation: 'LeakyReLU'` makes tfjs use its layer, slope 0.3, as a function; the model is saved with this name.
  leakyReLu: () => activation('leaky_relu', LAYER),
  reLu: () => activation('relu'),
};

export interface RegisterOptions {
  /**
   * True lets our layers be what tfjs makes of the saved names `Dense`, `LeakyReLU`, `ReLU`, `PReLU`, `ELU` and `Softmax`; false gives
   * these names back to tfjs's own. Left as it is by default.
   */
  replaceBuiltIns?: boolean;
}

type ClassMap = serialization.SerializationMap['classNameMap'];
/** tfjs's own classes under the names that we took over. */
const stock: ClassMap = {};

/**
 * Makes the layers of this package, its activations, and activation names that tfjs lacks, known to tfjs: for
 * `tf.loadLayersModel`, and for `activation: 'leaky_relu'` in any layer.
 *
 * No name that tfjs knows already gets another meaning, unless `replaceBuiltIns` asks for it: then a model that was saved with
 * tfjs's own layers loads with ours, and is saved under tfjs's names and words again. Factories such as `tf.layers.leakyReLU` make
 * tfjs's layers all the same, and a model that was loaded before keeps the layers it has. Calling it again changes nothing.
 *
 * @throws TypeError when `replaceBuiltIns` is neither true nor false.
 */
export function register({ replaceBuiltIns }: RegisterOptions = {}): void {
  if (replaceBuiltIns !== undefined && typeof replaceBuiltIns !== 'boolean')
    throw new TypeError(`replaceBuiltIns must be true or false, got ${String(replaceBuiltIns)}`);
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
  if (replaceBuiltIns !== undefined) useBuiltIns(replaceBuiltIns);
}

function useBuiltIns(ours: boolean): void {
  const { classNameMap } = serialization.SerializationMap.getMap();
  for (const cls of BUILT_INS) {
    stock[cls.className] ??= classNameMap[cls.className];
    classNameMap[cls.className] = ours ? [cls, cls.fromConfig] : stock[cls.className];
  }
}

/** Adds an activation to tfjs's map unless tfjs has a meaning for the name, or for what it makes of the name. */
function addName(name: string, make: () => unknown, alsoFree = name): void {
  const { classNameMap } = serialization.SerializationMap.getMap();
  if (name in classNameMap || alsoFree in classNameMap) return;
  // The second entry is what tfjs calls to make the object; its types know only classes.
  classNameMap[name] = [TensorActivation, make] as unknown as (typeof classNameMap)[string];
}

const camelCase = (name: string) => name.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
