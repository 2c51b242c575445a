import { layers as stock } from '@tensorflow/tfjs-layers';
import { Bidirectional } from '../../layers/keras/bidirectional.js';
import { ResetAfterGRU } from '../../layers/keras/gru.js';
import {
  MaskedGRU,
  MaskedLSTM,
  MaskedResetAfterGRU,
  MaskedSimpleRNN,
  type RecurrentArgs,
} from '../../layers/keras/masked.js';
import type { Layer } from '../../tfjs/classes.js';
import { activationOf, among, dropped, only, type Rule, same } from '../fields.js';
import { assertKerasObject } from '../format.js';
import { activity, either, type Kind, kind, seeded, weights } from '../kind.js';

const rnn = {
  units: same,
  activation: activationOf,
  use_bias: same,
  dropout: same,
  recurrent_dropout: same,
  return_sequences: same,
  return_state: same,
  go_backwards: same,
  stateful: same,
  unroll: same,
  zero_output_for_mask: same,
  // What Keras 2 says of how it computes.
  implementation: dropped,
  time_major: only(false, null),
  ...seeded,
  ...weights('kernel', 'recurrent', 'bias'),
  ...activity,
};

/** None, written as null, gives both outputs: not tfjs's default. */
const mergeMode: Rule = (value, where, reading) =>
  value === null ? null : among('concat', 'sum', 'ave', 'mul')(value, where, reading);

/** The layer within another. */
export const inner: Rule = (value, where, { readInner }) => {
  assertKerasObject(where, value);
  return readInner(value);
};

/** A layer of a Bidirectional, without the prefix that Keras has put before its name and tfjs will put there. */
const withoutPrefix =
  (prefix: RegExp): Rule =>
  (value, where, { readInner }) => {
    if (value === null) return undefined;
    assertKerasObject(where, value);
    const name = String(value.config.name).replace(prefix, '');
    return readInner({ ...value, config: { ...value.config, name } });
  };
export const forward = withoutPrefix(/^forward_/);
export const backward = withoutPrefix(/^backward_/);

interface RecurrentFields extends RecurrentArgs {
  zeroOutputForMask?: boolean;
}
/** Whether the layer gives 0 where a mask leaves a step out. */
const zeroes = ({ returnSequences, zeroOutputForMask }: RecurrentFields) =>
  returnSequences === true && zeroOutputForMask === true;

/** Whether the two layers of a Bidirectional are mirrors of each other, as tfjs makes them. */
function isMirrored(ahead: Layer, back: Layer | undefined): boolean {
  if (!back) return true;
  const plain = (layer: Layer) => {
    const { name, goBackwards, ...rest } = layer.getConfig();
    return [layer.getClassName() + JSON.stringify(rest), goBackwards === true] as const;
  };
  const [[one, oneBack], [other, otherBack]] = [plain(ahead), plain(back)];
  return one === other && oneBack !== otherBack;
}

export const recurrent: Record<string, Kind> = {
  SimpleRNN: kind(either(zeroes, MaskedSimpleRNN, stock.simpleRNN), rnn),
  LSTM: kind(either(zeroes, MaskedLSTM, stock.lstm), {
    ...rnn,
    recurrent_activation: activationOf,
    unit_forget_bias: same,
  }),
  GRU: kind(
    (args: RecurrentFields) => {
      const [own, masked] = args.resetAfter ? [ResetAfterGRU, MaskedResetAfterGRU] : [undefined, MaskedGRU];
      if (zeroes(args)) return new masked(args);
      return own ? new own(args) : stock.gru(args);
    },
    { ...rnn, recurrent_activation: activationOf, reset_after: same },
  ),
  TimeDistributed: kind(stock.timeDistributed, { layer: inner }),
  Bidirectional: kind(
    ({
      backwardLayer,
      ...args
    }: Parameters<typeof stock.bidirectional>[0] & { backwardLayer?: Layer }): Layer =>
      isMirrored(args.layer, backwardLayer)
        ? stock.bidirectional(args)
        : new Bidirectional({ ...args, ...(backwardLayer && { backwardLayer }) }),
    { layer: forward, merge_mode: mergeMode, backward_layer: backward },
  ),
};
