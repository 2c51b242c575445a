import type { ComponentType } from 'preact';
import type { PlaceId } from '../route/places.js';

/** The code of each place: fetched when it is first gone to. */
export const views: Readonly<Record<PlaceId, () => Promise<{ readonly default: ComponentType }>>> = {
  start: () => import('../places/start/start.js'),
  tutorial: () => import('../places/tutorial/tutorial.js'),
  function: () => import('../places/function/function.js'),
  data: () => import('../places/data/data.js'),
  train: () => import('../places/train/train.js'),
  compare: () => import('../places/compare/compare.js'),
};
