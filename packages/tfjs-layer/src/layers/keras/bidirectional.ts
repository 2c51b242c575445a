import type { serialization } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';
import { type Layer, stockClass } from '../../tfjs/classes.js';

type BidirectionalArgs = Parameters<typeof layers.bidirectional>[0] & { backwardLayer?: Layer };

const StockBidirectional = stockClass('Bidirectional') as {
  new (args: BidirectionalArgs): Layer & { backwardLayer: Layer };
};

/** What both directions must have alike, as in Keras. */
interface Both {
  readonly returnSequences?: boolean;
  readonly returnState?: boolean;
  readonly stateful?: boolean;
}

/** A Bidirectional of two layers that are no mirror of each other; tfjs makes the backward layer from the forward one. */
export class Bidirectional extends StockBidirectional {
  static readonly className = 'RectifyBidirectional';

  constructor({ backwardLayer, ...args }: BidirectionalArgs) {
    super(args);
    const named = args.layer as Layer & Both;
    for (const key of ['returnSequences', 'returnState', 'stateful'] as const)
      if (backwardLayer && Boolean((backwardLayer as Layer & Both)[key]) !== Boolean(named[key]))
        throw new RangeError(`${key} must be the same in both directions`);
    // Its name stays, as in Keras, where only the mirror of a layer is named after it.
    if (backwardLayer) this.backwardLayer = backwardLayer;
  }

  override getConfig(): serialization.ConfigDict {
    const { backwardLayer } = this;
    const config = backwardLayer.getConfig();
    return { ...super.getConfig(), backwardLayer: { className: backwardLayer.getClassName(), config } };
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
  return (cls as unknown as typeof layers.Layer).fromConfig(cls, config) as unknown as Layer;
}
