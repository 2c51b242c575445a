import {
  BatchNormalization,
  GroupNormalization,
  LayerNormalization,
  Normalization,
} from '../../layers/keras/normalizations.js';
import { operation } from '../../layers/keras/operations.js';
import { RMSNormalization } from '../../layers/keras/rms-normalization.js';
import { dropped, flag, initializer, oneAxis, only, onlyInTraining, same } from '../fields.js';
import { type Kind, kind, made, weights } from '../kind.js';

const batch = {
  axis: same,
  momentum: same,
  epsilon: same,
  center: flag,
  scale: flag,
  ...weights('beta', 'gamma'),
};
/** tfjs's normalization of layers has no constraints. */
const unconstrained = { beta_constraint: onlyInTraining(), gamma_constraint: onlyInTraining() };

export const normalizations: Record<string, Kind> = {
  BatchNormalization: kind(made(BatchNormalization), {
    ...batch,
    axis: oneAxis,
    synchronized: dropped,
    fused: dropped,
    virtual_batch_size: onlyInTraining(),
    renorm: onlyInTraining(),
    renorm_clipping: dropped,
    renorm_momentum: dropped,
    moving_mean_initializer: initializer,
    moving_variance_initializer: initializer,
  }),
  LayerNormalization: kind(made(LayerNormalization), {
    ...batch,
    ...unconstrained,
    rms_scaling: only(false),
  }),
  GroupNormalization: kind(made(GroupNormalization), {
    ...batch,
    ...unconstrained,
    axis: oneAxis,
    groups: same,
  }),
  RMSNormalization: kind(made(RMSNormalization), { axis: same, epsilon: same, ...weights('scale') }),
  UnitNormalization: kind(operation('UnitNormalization'), { axis: same }),
  Normalization: kind(made(Normalization), { axis: same, mean: same, variance: same, invert: flag }),
};
