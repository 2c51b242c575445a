import { parametersOf } from '../plan/problem.js';
import { checkList, checkObject, show } from './arguments.js';

/** Given weights, one layer after the other, in float32. */
export function checkWeights(argument: string, value: unknown, sizes: readonly number[]): Float32Array {
  checkList(argument, value);
  const layers = sizes.length - 1;
  if (value.length !== layers)
    throw new RangeError(
      `${argument} must have one entry for each of the ${layers} layers, got ${value.length}`,
    );
  const weights = new Float32Array(parametersOf(sizes));
  let at = 0;
  const copy = (name: string, list: unknown, length: number): void => {
    checkList(name, list);
    if (list.length !== length)
      throw new RangeError(`${name} must have ${length} numbers, got ${list.length}`);
    for (let i = 0; i < length; i++, at++) {
      const weight = list[i];
      if (typeof weight !== 'number' || !Number.isFinite(Math.fround(weight)))
        throw new RangeError(`${name}[${i}] must be a finite float32 number, got ${show(weight)}`);
      weights[at] = weight;
    }
  };
  for (let layer = 0; layer < layers; layer++) {
    const own = value[layer];
    checkObject(`${argument}[${layer}]`, own, ['kernel', 'bias']);
    copy(`${argument}[${layer}].kernel`, own.kernel, sizes[layer] * sizes[layer + 1]);
    copy(`${argument}[${layer}].bias`, own.bias, sizes[layer + 1]);
  }
  return weights;
}
