import { layers as stock } from '@tensorflow/tfjs-layers';
import { AUGMENTATION } from '../../layers/keras/augmentation.js';
import { operation } from '../../layers/keras/operations.js';
import { nameOf, onlyInTraining, type Rule, same } from '../fields.js';
import { activity, format, type Kind, kind, seeded } from '../kind.js';

/** The noise shape of a dropout that drops whole channels. */
const spatialDropout =
  (rank: number) =>
  ({ dataFormat, ...args }: { rate: number; dataFormat?: string }) => {
    const ones = Array<number>(rank - 2).fill(1);
    const noiseShape = dataFormat === 'channelsFirst' ? [null, null, ...ones] : [null, ...ones, null];
    return stock.dropout({ ...args, noiseShape: noiseShape as number[] });
  };

/** What layers that change pictures at random are told: kept, so that the model can be written again. */
const OPTIONS = [
  'all_ops',
  'alpha',
  'bounding_box_format',
  'brightness_factor',
  'chain_depth',
  'contrast_factor',
  'factor',
  'fill_mode',
  'fill_value',
  'height_factor',
  'hue_factor',
  'interpolation',
  'kernel_size',
  'lower',
  'mode',
  'num_chains',
  'num_ops',
  'saturation_factor',
  'scale',
  'sigma',
  'upper',
  'value_range',
  'width_factor',
  'x_factor',
  'y_factor',
];

/** The identity in prediction, which is noted. */
function augmentation(class_name: string): Kind {
  const told: Rule = (value, where, reading) => {
    const layer = where.slice(0, where.lastIndexOf('.'));
    reading.note(layer, 'changes pictures in training only, and nothing here');
    return nameOf(value, where, reading);
  };
  const options = Object.fromEntries(OPTIONS.map((name) => [name, same]));
  return kind(operation(class_name), { ...options, ...format, ...seeded, name: told });
}

/** Layers that compute something in training only. */
export const training: Record<string, Kind> = {
  Dropout: kind(stock.dropout, { rate: same, noise_shape: same, ...seeded }),
  SpatialDropout1D: kind(stock.spatialDropout1d, { rate: same, ...seeded }),
  SpatialDropout2D: kind(spatialDropout(4), { rate: same, ...format, ...seeded }),
  SpatialDropout3D: kind(spatialDropout(5), { rate: same, ...format, ...seeded }),
  GaussianNoise: kind(stock.gaussianNoise, { stddev: same, ...seeded }),
  GaussianDropout: kind(stock.gaussianDropout, { rate: same, ...seeded }),
  AlphaDropout: kind(stock.alphaDropout, { rate: same, noise_shape: same, ...seeded }),
  ...Object.fromEntries(AUGMENTATION.map((name) => [name, augmentation(name)])),
  // Of Keras's own ConvNeXt: it leaves out a whole branch in training.
  StochasticDepth: kind(operation('Identity'), { drop_path_rate: onlyInTraining(0) }),
  ActivityRegularization: kind(operation('Identity'), {
    l1: onlyInTraining(0),
    l2: onlyInTraining(0),
    ...activity,
  }),
};
