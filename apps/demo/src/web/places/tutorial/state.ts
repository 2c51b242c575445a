import { choice, codec, integer, texts } from '../../route/codec.js';
import { placeState } from '../../route/route.js';

export const steps = ['replay', 'mend', 'relu'] as const;
export const mistakes = ['loss', 'outputs', 'scaling', 'split'] as const;
export type Mistake = (typeof mistakes)[number];

export const tutorialState = placeState(
  'tutorial',
  codec({
    step: choice<(typeof steps)[number]>('replay', steps),
    /** The mistakes that are mended. */
    mend: texts([], (text) => mistakes.includes(text as Mistake)),
    seed: integer(1, 0, 4_294_967_295),
  }),
);
