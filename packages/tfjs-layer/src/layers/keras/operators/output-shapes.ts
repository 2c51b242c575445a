import type { Shape } from '../../../tfjs/classes.js';
import { elementwise } from './elementwise.js';
import { axesOf, axisOf, type Params, type Value } from './values.js';

const REDUCTIONS = new Set([
  'Sum',
  'Mean',
  'Prod',
  'Max',
  'Min',
  'Amax',
  'Amin',
  'Ptp',
  'Var',
  'Std',
  'Logsumexp',
  'All',
  'Any',
  'CountNonzero',
  'Argmax',
  'Argmin',
  'Average',
  'Median',
]);

/** The shape of an operator's output where it can be told without running it; `shapes` are those of its tensors, in their order. */
export function outputShape(
  name: string,
  shapes: Shape[],
  inputs: Value[],
  { axis, keepdims, newshape }: Params,
): Shape | undefined {
  const [first] = shapes;
  if (!first) return undefined;
  // Also where several examples are made of one, or one of several, as Swin does with its windows.
  if (name === 'Reshape' && first[0] === null && Array.isArray(newshape) && newshape[0] === -1) {
    const sizes = newshape.slice(1);
    if (sizes.every((size) => Number.isSafeInteger(size) && (size as number) > 0))
      return [null, ...(sizes as number[])];
  }
  if (Object.hasOwn(elementwise, name) && name !== 'Glu') {
    axisOf(axis, first.length); // refused here, where it is none, and not when the model predicts
    return inputs.reduce<Shape>((all, input) => broadcast(all, shapeOf(input, shapes)), []);
  }
  if (!REDUCTIONS.has(name)) return undefined;
  const axes = axesOf(axis)?.map((one) => (one < 0 ? one + first.length : one));
  if (axes?.some((one) => !Number.isInteger(one) || one < 0 || one >= first.length))
    throw new RangeError(`axis ${JSON.stringify(axis)} is none of ${first.length} dimensions`);
  const isSummed = (i: number) => axes === undefined || axes.includes(i);
  return keepdims === true
    ? first.map((size, i) => (isSummed(i) ? 1 : size))
    : first.filter((_, i) => !isSummed(i));
}

function shapeOf(value: Value, shapes: Shape[]): Shape {
  if (Array.isArray(value))
    return [value.length, ...(value.length > 0 ? shapeOf(value[0] as Value, shapes) : [])];
  const isInput = typeof value === 'object' && value !== null && '__input__' in value;
  if (!isInput && typeof value === 'object' && value !== null)
    throw new RangeError(`${JSON.stringify(value)} is no tensor, number or list of them`);
  return isInput ? (shapes[value.__input__ as number] ?? []) : [];
}

/** Sizes side by side from the last: 1 gives way, and what is not known to what is. */
function broadcast(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  const wide = (shape: Shape) => [...Array<number>(rank - shape.length).fill(1), ...shape];
  const [one, other] = [wide(a), wide(b)];
  return one.map((size, i) => {
    const next = other[i] as number | null;
    if (size !== next && size !== null && next !== null && size !== 1 && next !== 1)
      throw new RangeError(`shapes [${a}] and [${b}] do not fit each other`);
    return size === 1 || (size === null && next !== 1) ? next : size;
  });
}
