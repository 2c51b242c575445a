import { layers } from '@rectify/tfjs-layer';

globalThis.result = layers.leakyReLU({ negativeSlope: 0.05 });
