import { AdditiveAttention, Attention } from '../../layers/keras/attention.js';
import { EinsumDense } from '../../layers/keras/einsum-dense.js';
import { type HeadsArgs, MultiHeadAttention } from '../../layers/keras/multi-head-attention.js';
import { activationOf } from '../activation.js';
import { among, dropped, flag, type Rule, same } from '../fields.js';
import { activity, type Kind, kind, made, plainWeights, seeded, weights } from '../kind.js';

const MASKS = ['query_mask', 'value_mask', 'key_mask', 'attention_mask'];
const CALL = [...MASKS, 'return_attention_scores', 'training', 'use_causal_mask'];

const scored = { use_scale: flag, dropout: same, ...seeded };
const heads = {
  dropout: same,
  use_bias: flag,
  use_gate: flag,
  sliding_window: same,
  flash_attention: dropped,
  ...seeded,
  ...weights('kernel', 'bias'),
  ...activity,
};
/** A text under the key that tfjs leaves alone when it saves. */
export const asName: Rule = (value) => ({ name: value });

export const attention: Record<string, Kind> = {
  MultiHeadAttention: kind(
    (args: HeadsArgs) => new MultiHeadAttention(args),
    {
      ...heads,
      num_heads: same,
      key_dim: same,
      value_dim: same,
      output_shape: same,
      attention_axes: same,
      query_shape: dropped,
      key_shape: dropped,
      value_shape: dropped,
    },
    undefined,
    ['query', 'value', 'key', ...CALL],
  ),
  GroupedQueryAttention: kind(
    (args: HeadsArgs) => new MultiHeadAttention(args),
    { ...heads, head_dim: same, num_query_heads: same, num_key_value_heads: same },
    undefined,
    ['query', 'value', 'key', ...CALL],
  ),
  Attention: kind(made(Attention), { ...scored, score_mode: among('dot', 'concat') }, undefined, [
    'inputs',
    'mask',
    'training',
    'return_attention_scores',
    'use_causal_mask',
  ]),
  AdditiveAttention: kind(made(AdditiveAttention), scored, undefined, [
    'inputs',
    'mask',
    'training',
    'return_attention_scores',
    'use_causal_mask',
  ]),
  EinsumDense: kind(made(EinsumDense), {
    equation: asName,
    output_shape: same,
    bias_axes: same,
    activation: activationOf,
    ...plainWeights,
    ...weights('kernel', 'bias'),
    ...activity,
  }),
};
