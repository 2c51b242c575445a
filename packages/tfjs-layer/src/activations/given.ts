// What may be given where a layer takes an activation.
import * as core from '@rectify/core';
import { serialization } from '@tensorflow/tfjs-core';
import { assertFunction } from '../arguments/assert.js';
import { type DenseArgs, StockActivation } from '../tfjs/classes.js';
import { activation, type TensorActivation } from './activations.js';

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** Names that `register()` makes known to tfjs, beside those that it has. */
export type RegisteredName =
  | core.ElementwiseName
  | CamelCase<core.ElementwiseName>
  | 'LeakyReLU'
  | 'leakyReLu';

/** An activation by one of tfjs's names or one that `register()` adds, one of this package, or a function of `@rectify/core` or its JSON. */
export type ActivationArgument =
  | NonNullable<DenseArgs['activation']>
  | RegisteredName
  | TensorActivation
  | core.ActivationJson;

/** The options of a layer of tfjs with its activation as tfjs takes it. */
export function withActivation<Args extends { activation?: unknown }>(
  args: Args,
): Args & { activation?: DenseArgs['activation'] } {
  if (Object.hasOwn(args, 'activation') && args.activation != null)
    args.activation = forTfjs(args.activation as ActivationArgument);
  return args as Args & { activation?: DenseArgs['activation'] };
}

function forTfjs(given: ActivationArgument): ActivationArgument {
  if (given instanceof StockActivation || isSaved(given)) return given;
  if (typeof given !== 'string') {
    assertFunction('activation', given);
    return activation(given as core.ActivationJson);
  }
  if (!(given in serialization.SerializationMap.getMap().classNameMap) && isOfCore(given))
    throw new RangeError(
      `activation ${JSON.stringify(given)} is a name that register() makes known: call it before, or give activation(${JSON.stringify(given)}) of this package`,
    );
  return given;
}

/** An activation as the config of a layer holds it, which tfjs's loader hands in. */
const isSaved = (given: ActivationArgument): boolean => typeof given === 'object' && 'className' in given;

function isOfCore(name: string): boolean {
  try {
    core.activation(name);
    return true;
  } catch {
    return false;
  }
}
