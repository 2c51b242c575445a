import { type PrepareName, prepareNames, type SplitName } from '@rectify/experiment';
import { limits } from '../../../comparison/limits.js';
import { type LiveOptions, type OptimizerName, oneArm, optimizerNames } from '../../../live/options.js';
import { choice, codec, decimal, integer, passes, type StateOf, text } from '../../route/codec.js';
import { placeState } from '../../route/route.js';
import { tableFields } from '../../table/table-fields.js';

/** Most units of a hidden layer: more cannot be told apart in the picture. */
export const mostUnits = 12;
/** A live network holds rows out once: no group of its own for each run. */
export const splits = ['auto', 'random', 'stratified', 'grouped'] as const;

/** `6-3-3`: inputs, the units of up to two hidden layers, outputs. */
const isNet = (given: string) => {
  const sizes = given.split('-');
  const isCount = (one: string) => /^[1-9]\d*$/.test(one);
  return (
    sizes.length >= 2 &&
    sizes.length <= 4 &&
    sizes.every(isCount) &&
    sizes.slice(1, -1).every((units) => Number(units) <= mostUnits)
  );
};

const fields = {
  ...tableFields,
  act: text('leaky_relu:0.05', passes(oneArm)),
  net: text('6-3-3', isNet),
  split: choice<(typeof splits)[number]>('auto', splits),
  seed: integer(1, ...limits.seed),
  epochs: integer(100, 1, 10_000),
  prepare: choice<PrepareName>('standardised', prepareNames),
  opt: choice<OptimizerName>('adam', optimizerNames),
  rate: decimal(0.001, Number.MIN_VALUE),
};

export type TrainState = StateOf<typeof fields>;

export const trainState = placeState('train', codec(fields));

export const hiddenOf = ({ net }: Pick<TrainState, 'net'>): number[] =>
  net.split('-').slice(1, -1).map(Number);

/** A network with other hidden layers; the numbers of inputs and outputs are the table's. */
export const netOf = (sizes: readonly number[], hidden: readonly number[]): string =>
  [sizes[0], ...hidden, sizes[sizes.length - 1]].join('-');

export function optionsOf(state: TrainState): LiveOptions {
  const { act, split, seed, prepare, opt, rate } = state;
  return {
    ...{ activation: act, hidden: hiddenOf(state), seed, prepare, optimizer: opt, rate },
    ...(split !== 'auto' && { split: split as SplitName }),
  };
}
