import { isObject, type Json, KerasFormatError, type KerasObject, layerName } from './format.js';

/**
 * Refuses a layer of a Functional model that no call of the file reaches, before any layer is made: Keras writes those of the graph alone,
 * and a hundred thousand others would cost seconds to make.
 */
export function assertCalled({ class_name, config }: KerasObject): void {
  const layers = Array.isArray(config.layers) ? config.layers.filter(isLayer) : [];
  for (const layer of layers) {
    const { inbound_nodes: nodes } = layer;
    const isCalled = Array.isArray(nodes) && nodes.length > 0;
    if (class_name === 'Functional' && layer.class_name !== 'InputLayer' && !isCalled)
      throw new KerasFormatError(`${layerName(layer)} is never called: it has no inbound_nodes`);
    assertCalled(layer);
  }
}

const isLayer = (value: Json): value is KerasObject =>
  isObject(value) && typeof value.class_name === 'string' && isObject(value.config);
