import { LayerScale } from '../../layers/keras/layer-scale.js';
import {
  BatchNormalization,
  GroupNormalization,
  LayerNormalization,
  Normalization,
} from '../../layers/keras/normalizations.js';
import { operation } from '../../layers/keras/operations.js';
import { RMSNormalization } from '../../layers/keras/rms-normalization.js';
import type { Layer } from '../../tfjs/classes.js';
import { axes, dropped, flag, numbers, numeric, oneAxis, onlyInTraining, same } from '../fields.js';
import { initializer } from '../initializers.js';
import { inner, type Kind, kind, made, weights } from '../kind.js';

const batch = {
  axis: axes,
  momentum: numeric,
  epsilon: numeric,
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
    rms_scaling: flag,
  }),
  GroupNormalization: kind(made(GroupNormalization), {
    ...batch,
    ...unconstrained,
    axis: oneAxis,
    groups: same,
  }),
  LayerScale: kind(made(LayerScale), { init_values: same, projection_dim: same }),
  RMSNormalization: kind(made(RMSNormalization), { axis: axes, epsilon: numeric, ...weights('scale') }),
  // In prediction the layer that it wraps, whose kernel is saved as training left it.
  SpectralNormalization: kind(({ layer }: { layer: Layer }) => layer, {
    power_iterations: (_, where, reading) => {
      const layer = where.slice(0, where.lastIndexOf('.'));
      reading.note(layer, 'its vector_u is left out: only training uses it');
      return undefined;
    },
    layer: inner,
  }),
  UnitNormalization: kind(operation('UnitNormalization'), { axis: axes }),
  Normalization: kind(made(Normalization), { axis: axes, mean: numbers, variance: numbers, invert: flag }),
};
