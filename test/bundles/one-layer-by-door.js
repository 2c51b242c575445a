import { leakyReLU } from '@rectify/tfjs-layer/layers';

globalThis.result = leakyReLU({ negativeSlope: 0.05 });
