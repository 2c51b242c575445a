import type { serialization } from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { type Layer, stockClass } from '../../tfjs/classes.js';

type BidirectionalArgs = Parameters<typeof tfl.layers.bidirectional>[0] & { backwardLayer?: Layer };

const StockBidirectional = stockClass('Bidirectional') as {
  new (args: BidirectionalArgs): Layer & { forwardLayer: Layer; backwardLayer: Layer };
};

/** What both directions must have alike, as in Keras. */
interface Both {
  readonly returnSequences?: boolean;
  readonly returnState?: boolean;
  readonly stateful?: boolean;
  readonly goBackwards?: boolean;
}

const { simpleRNN } = tfl.layers;

/** Whether a cell stands in a layer's config, which tfjs cannot read there. */
const hasCells = (layer: Layer): boolean => layer.getConfig().cell !== undefined;

/** A layer that tfjs can copy, in the place of one that it cannot. */
function stand({ returnSequences = false, returnState = false, goBackwards = false }: Both): Layer {
  return simpleRNN({ units: 1, returnSequences, returnState, goBackwards });
}

/**
 * A Bidirectional of two layers that are no mirror of each other, or of cells; tfjs makes copies of one layer, by a config that it cannot read
 * where cells stand in it.
 */
export class Bidirectional extends StockBidirectional {
  static readonly className = 'RectifyBidirectional';

  constructor({ backwardLayer, ...args }: BidirectionalArgs) {
    const named = args.layer as Layer & Both;
    super({ ...args, layer: (hasCells(named) ? stand(named) : named) as typeof args.layer });
    for (const key of ['returnSequences', 'returnState', 'stateful'] as const)
      if (backwardLayer && Boolean((backwardLayer as Layer & Both)[key]) !== Boolean(named[key]))
        throw new RangeError(`${key} must be the same in both directions`);
    if (hasCells(named)) this.forwardLayer = named;
    // Its name stays, as in Keras, where only the mirror of a layer is named after it.
    if (backwardLayer) this.backwardLayer = backwardLayer;
  }

  override getConfig(): serialization.ConfigDict {
    const { backwardLayer, forwardLayer } = this;
    const saved = (layer: Layer) => ({ className: layer.getClassName(), config: layer.getConfig() });
    const own: serialization.ConfigDict = hasCells(forwardLayer) ? { layer: saved(forwardLayer) } : {};
    return { ...super.getConfig(), ...own, backwardLayer: saved(backwardLayer) };
  }

  static fromConfig<T extends serialization.Serializable>(
    cls: serialization.SerializableConstructor<T>,
    config: serialization.ConfigDict,
  ): T {
    const [layer, backwardLayer] = [config.layer, config.backwardLayer].map(fromSaved);
    return new cls({ ...config, layer, backwardLayer });
  }
}

/** A layer as tfjs saved it within another. */
function fromSaved(saved: serialization.ConfigDictValue): Layer {
  const { className, config } = saved as { className: string; config: serialization.ConfigDict };
  const cls = stockClass(className) as serialization.SerializableConstructor<Layer>;
  return (cls as unknown as typeof tfl.layers.Layer).fromConfig(cls, config) as unknown as Layer;
}
