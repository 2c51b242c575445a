import { useEffect, useRef } from 'preact/hooks';
import { Refused } from '../../frame/refused.js';
import { placeOf } from '../../route/places.js';
import { Mend } from './mend.js';
import { Relu } from './relu.js';
import { Replay } from './replay.js';
import { stepNames, steps, tutorialState } from './state.js';

const views = { replay: Replay, mend: Mend, relu: Relu } as const;

/** The tutorial's experiment: as written, mended, and the question that it asked. */
export default function Tutorial() {
  const { step } = tutorialState.state.value;
  const View = views[step];
  const shown = useRef(step);
  // Another step is read from its top, as another place is.
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [step]);
  return (
    <>
      <h1 tabIndex={-1}>{placeOf('tutorial').title}</h1>
      <Refused of={tutorialState} />
      <nav class="steps" aria-label="Steps">
        <ol>
          {steps.map((one) => (
            <li key={one}>
              <a href={tutorialState.href({ step: one })} aria-current={one === step ? 'step' : undefined}>
                {stepNames[one]}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <View />
    </>
  );
}
