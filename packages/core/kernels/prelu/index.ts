// PReLU with a slope for each channel of [outer, channels, inner]: forward, backward, and the gradient for the slopes.
import { moduleOf } from '@rectify/lanes/wasm';
import { elementwise } from './elementwise.js';
import { slopeGradient } from './slope-gradient.js';

/** f4, b4, f8, b8: (x, [dy,] slopes, y, outer, channels, inner). */
export const preluText = (): string =>
  moduleOf(
    elementwise('f4', 'f32x4', false),
    elementwise('b4', 'f32x4', true),
    elementwise('f8', 'f64x2', false),
    elementwise('b8', 'f64x2', true),
  );

/** s4, s8: (x, dy, ds, outer, channels, inner, width of ds). */
export const preluSlopeText = (): string =>
  moduleOf(slopeGradient('s4', 'f32x4'), slopeGradient('s8', 'f64x2'));
