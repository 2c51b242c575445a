import { moduleOf } from '@rectify/lanes/wasm';

export const moduleText = (): string => moduleOf();
