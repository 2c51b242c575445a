import { layers as stock } from '@tensorflow/tfjs-layers';
import { Bidirectional } from '../../layers/keras/bidirectional.js';
import { ConvLSTM1D } from '../../layers/keras/conv-lstm.js';
import { ResetAfterGRU, ResetAfterGRUCell } from '../../layers/keras/gru.js';
import {
  type MaskedClass,
  MaskedGRU,
  MaskedLSTM,
  MaskedResetAfterGRU,
  MaskedRNN,
  MaskedSimpleRNN,
  type RecurrentArgs,
} from '../../layers/keras/masked.js';
import type { Layer } from '../../tfjs/classes.js';
import { activationOf } from '../activation.js';
import { among, count, dropped, flag, only, type Rule, same, steps } from '../fields.js';
import { assertKerasObject } from '../format.js';
import { activity, inner, type Kind, kind, lastOnly, made, seeded, weights } from '../kind.js';
import type { Reading } from '../reading.js';

const rnn = {
  units: count,
  activation: activationOf,
  use_bias: flag,
  dropout: same,
  recurrent_dropout: same,
  return_sequences: flag,
  return_state: flag,
  go_backwards: flag,
  stateful: flag,
  unroll: flag,
  zero_output_for_mask: flag,
  // What Keras 2 says of how it computes.
  implementation: dropped,
  time_major: only(false, null),
  ...seeded,
  ...weights('kernel', 'recurrent', 'bias'),
  ...activity,
};

/** Fields of what runs a cell over the steps, and those of the cell itself. */
const ofSteps = [
  'return_sequences',
  'return_state',
  'go_backwards',
  'stateful',
  'unroll',
  'zero_output_for_mask',
  'time_major',
  'activity_regularizer',
];
const pick = (isOfSteps: boolean) =>
  Object.fromEntries(Object.entries(rnn).filter(([name]) => ofSteps.includes(name) === isOfSteps));
const cell = pick(false);

/** The cell of an RNN, or the cells of one that stacks them. */
export const inners: Rule = (value, where, reading) =>
  (Array.isArray(value) ? value : [value]).map((one, i) => inner(one, `${where}[${i}]`, reading));

const { units: _, ...ofCell } = rnn;
const convLstm = {
  ...ofCell,
  filters: count,
  kernel_size: steps,
  strides: steps,
  padding: among('valid', 'same'),
  ...lastOnly,
  dilation_rate: steps,
  recurrent_activation: activationOf,
  unit_forget_bias: flag,
};

/** None, written as null, gives both outputs: not tfjs's default. */
const mergeMode: Rule = (value, where, reading) =>
  value === null ? null : among('concat', 'sum', 'ave', 'mul')(value, where, reading);

/** The forward layer of a Bidirectional, without the prefix that Keras has put before its name and tfjs will put there. */
export const forward: Rule = (value, where, { readInner }) => {
  assertKerasObject(where, value);
  const name = String(value.config.name).replace(/^forward_/, '');
  return readInner({ ...value, config: { ...value.config, name } });
};

/** Its backward layer, where it has one. */
export const backward: Rule = (value, where, reading) =>
  value === null ? undefined : inner(value, where, reading);

/** A recurrent layer, which is one of ours where a mask may come: tfjs's do otherwise than Keras's with it. */
const recurrentLayer =
  <Args>(own: MaskedClass, make: (args: Args) => Layer) =>
  (args: Args, { hasMasks }: Reading): Layer => {
    const { returnSequences, zeroOutputForMask } = args as RecurrentArgs;
    return hasMasks || (returnSequences === true && zeroOutputForMask === true)
      ? new own(args as RecurrentArgs)
      : make(args);
  };

/** Whether the two layers of a Bidirectional are mirrors of each other, as tfjs makes them. */
function isMirrored(ahead: Layer, back: Layer | undefined): boolean {
  if (!back) return true;
  if ('cell' in ahead.getConfig()) return false;
  const plain = (layer: Layer) => {
    const { name, goBackwards, ...rest } = layer.getConfig();
    return [layer.getClassName() + JSON.stringify(rest), goBackwards === true] as const;
  };
  const [[one, oneBack], [other, otherBack]] = [plain(ahead), plain(back)];
  return one === other && oneBack !== otherBack;
}

/** The copies that tfjs makes of a layer for both directions have tfjs's own initializers by name, and not those that it was given. */
function initializedAs(layer: Layer, both: Layer): Layer {
  const { recurrentInitializer } = (layer as WithCell).cell ?? {};
  const { forwardLayer, backwardLayer } = both as Layer & Record<string, WithCell | undefined>;
  for (const one of [forwardLayer, backwardLayer])
    if (one?.cell && recurrentInitializer) one.cell.recurrentInitializer = recurrentInitializer;
  return both;
}
type WithCell = Layer & { cell?: { recurrentInitializer?: unknown } };

export const recurrent: Record<string, Kind> = {
  SimpleRNN: kind(recurrentLayer(MaskedSimpleRNN, stock.simpleRNN), rnn),
  LSTM: kind(recurrentLayer(MaskedLSTM, stock.lstm), {
    ...rnn,
    recurrent_activation: activationOf,
    unit_forget_bias: flag,
  }),
  GRU: kind(
    (args: RecurrentArgs, reading: Reading) =>
      (args.resetAfter
        ? recurrentLayer(MaskedResetAfterGRU, made(ResetAfterGRU))
        : recurrentLayer(MaskedGRU, stock.gru))(args, reading),
    { ...rnn, recurrent_activation: activationOf, reset_after: flag },
  ),
  SimpleRNNCell: kind(stock.simpleRNNCell, cell),
  LSTMCell: kind(stock.lstmCell, { ...cell, recurrent_activation: activationOf, unit_forget_bias: flag }),
  GRUCell: kind(
    (args: Parameters<typeof stock.gruCell>[0] & { resetAfter?: boolean }): Layer =>
      args.resetAfter ? new ResetAfterGRUCell(args) : stock.gruCell(args),
    { ...cell, recurrent_activation: activationOf, reset_after: flag },
  ),
  StackedRNNCells: kind(stock.stackedRNNCells, { cells: inners }),
  RNN: kind(recurrentLayer(MaskedRNN, stock.rnn), { ...pick(true), cell: inner }),
  ConvLSTM1D: kind(made(ConvLSTM1D), convLstm),
  ConvLSTM2D: kind(stock.convLstm2d, convLstm),
  TimeDistributed: kind(stock.timeDistributed, { layer: inner }),
  Bidirectional: kind(
    ({
      backwardLayer,
      ...args
    }: Parameters<typeof stock.bidirectional>[0] & { backwardLayer?: Layer }): Layer =>
      isMirrored(args.layer, backwardLayer)
        ? initializedAs(args.layer, stock.bidirectional(args))
        : initializedAs(args.layer, new Bidirectional({ ...args, ...(backwardLayer && { backwardLayer }) })),
    { layer: forward, merge_mode: mergeMode, backward_layer: backward },
  ),
};
