import '@tensorflow/tfjs-backend-cpu';
import * as all from '@rectify/tfjs-layer';
import * as layers from '@rectify/tfjs-layer/layers';

globalThis.result = [
  all.useFastKernels().length > 5,
  typeof all.loadKerasModel,
  layers.leakyReLU().negativeSlope,
  all.activations.gelu().function(0),
];
