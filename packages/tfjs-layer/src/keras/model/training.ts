import { BatchNormalization } from '../../layers/keras/normalizations.js';
import type { Layer } from '../../tfjs/classes.js';
import { isObject, layerName, MisreadError } from '../format.js';
import { type Call, TRAINS } from '../nodes.js';
import type { Context, Entry } from './context.js';

/**
 * What `training=True` at the calls of a layer means. Keras 3 overrides it in `predict`, as it does `False`. Keras 2 does not: there a
 * `Dropout` drops in prediction, too, and a `BatchNormalization` takes the statistics of the batch, as in the generators of pix2pix.
 */
export function fixTraining(entry: Entry, nodes: Call[], context: Context): void {
  const where = `${layerName(entry.config)}.inbound_nodes`;
  if (context.isKeras3) {
    context.reading.note(where, 'training=True is left out, as by predict in Keras 3');
    return;
  }
  if (!nodes.every(({ trains }) => trains)) throw refusal(where, 'for some of its calls');
  context.reading.note(
    where,
    'training=True: computes in prediction as in training, and not once saved by tfjs',
  );
  fix(entry, where);
}

/** A layer, or those of a model that are not told otherwise themselves. */
function fix({ config, layer, inner }: Entry, where: string): void {
  if (WRAPPERS.includes(config.class_name)) throw refusal(where, `for ${layerName(config)}`);
  if (inner)
    for (const one of inner.layers)
      if (TRAINS.test(one.config.class_name) && !isToldNotTo(one)) fix(one, where);
  if (inner) return;
  if (layer instanceof BatchNormalization) layer.byBatch = true;
  else trainAlways(layer);
}

const isToldNotTo = ({ config: { inbound_nodes: nodes } }: Entry): boolean =>
  Array.isArray(nodes) &&
  nodes.some((node) => isObject(node) && isObject(node.kwargs) && node.kwargs.training === false);

const refusal = (where: string, what: string) =>
  new MisreadError(`${where} has training=True ${what}, which cannot be read: save the model without it`);

const WRAPPERS = ['Bidirectional', 'TimeDistributed'];

function trainAlways(layer: Layer): void {
  const call = layer.call.bind(layer);
  layer.call = (inputs, kwargs) => call(inputs, { ...kwargs, training: true });
}
