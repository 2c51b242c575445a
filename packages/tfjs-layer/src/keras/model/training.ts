import { BatchNormalization } from '../../layers/keras/normalizations.js';
import type { Layer } from '../../tfjs/classes.js';
import { KerasFormatError, layerName } from '../format.js';
import type { Call } from '../nodes.js';
import type { Context, Entry } from './context.js';

/**
 * What `training=True` at the calls of a layer means. Keras 3 overrides it in `predict`, as it does `False`. Keras 2 does not: there a
 * `Dropout` drops in prediction, too, and a `BatchNormalization` takes the statistics of the batch, as in the generators of pix2pix.
 */
export function fixTraining({ config, layer, inner }: Entry, nodes: Call[], context: Context): void {
  const where = `${layerName(config)}.inbound_nodes`;
  if (context.isKeras3) {
    context.reading.note(where, 'training=True is left out, as by predict in Keras 3');
    return;
  }
  if (inner || WRAPPERS.includes(config.class_name) || !nodes.every(({ trains }) => trains))
    throw new KerasFormatError(
      `${where} has training=True for a layer with others within, or for some of its calls, which cannot be read: save the model without it`,
    );
  context.reading.note(
    where,
    'training=True: computes in prediction as in training, and not once saved by tfjs',
  );
  if (layer instanceof BatchNormalization) layer.byBatch = true;
  else trainAlways(layer);
}

const WRAPPERS = ['Bidirectional', 'TimeDistributed'];

function trainAlways(layer: Layer): void {
  const call = layer.call.bind(layer);
  layer.call = (inputs, kwargs) => call(inputs, { ...kwargs, training: true });
}
