import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';

/** A model as tfjs's own files have it: `weights.bin` and what goes into `model.json`. */
export async function filesOf(model: tfl.LayersModel): Promise<{ weights: Uint8Array; json: object }> {
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save({
    async save(given) {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    },
  });
  const { modelTopology, weightSpecs, weightData, format, generatedBy, userDefinedMetadata } =
    artifacts as tf.io.ModelArtifacts;
  const weightsManifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  return {
    weights: new Uint8Array(tf.io.concatenateArrayBuffers([weightData].flat() as ArrayBuffer[])),
    json: { format, generatedBy, convertedBy: null, modelTopology, userDefinedMetadata, weightsManifest },
  };
}
