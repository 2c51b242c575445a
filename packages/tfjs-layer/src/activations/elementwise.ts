import * as core from '@rectify/core';
import { assertFunction } from '../arguments/assert.js';

/** The function of core that is meant by a name and its parameters, by a function, or by its JSON. */
export function elementwise(given: string | core.ActivationJson, params?: object): core.Activation {
  if (typeof given !== 'string') {
    if (params !== undefined) throw new TypeError('params must be left out when a function is given');
    assertFunction('activation', given);
  }
  const { name, params: bound = {} } = typeof given === 'string' ? { name: given, params } : given;
  if ((core.vectorActivationNames as readonly string[]).includes(name)) {
    const instead = name === 'softmax' ? "; write activation: 'softmax', or take layers.softmax()" : '';
    throw new RangeError(
      `activation must be an elementwise function, got ${name}, which works on vectors${instead}`,
    );
  }
  return core.activation(name, bound);
}
