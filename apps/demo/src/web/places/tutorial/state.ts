import { choice, codec, integer, texts } from '../../route/codec.js';
import { placeState } from '../../route/route.js';

export const steps = ['replay', 'mend', 'relu'] as const;
export type Step = (typeof steps)[number];

/** What each step is called. */
export const stepNames: Record<Step, string> = {
  replay: '1. Replay it',
  mend: '2. Mend it',
  relu: '3. ReLU or Leaky ReLU?',
};

export const mistakes = ['loss', 'outputs', 'scaling', 'split'] as const;
export type Mistake = (typeof mistakes)[number];

export const tutorialState = placeState(
  'tutorial',
  codec({
    step: choice<Step>('replay', steps),
    /** The mistakes that are mended. */
    mend: texts([], (text) => mistakes.includes(text as Mistake)),
    seed: integer(1, 0, 4_294_967_295),
  }),
);

/** The step after the one that is shown; after the last one, none. */
export const nextStep = (): Step | undefined => steps[steps.indexOf(tutorialState.state.value.step) + 1];
