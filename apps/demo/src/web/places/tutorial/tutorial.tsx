import { placeOf } from '../../route/places.js';
import { Mend } from './mend.js';
import { Relu } from './relu.js';
import { Replay } from './replay.js';
import { steps, tutorialState } from './state.js';

const names = { replay: '1. Replay it', mend: '2. Mend it', relu: '3. ReLU or Leaky ReLU?' } as const;
const views = { replay: Replay, mend: Mend, relu: Relu } as const;

/** The tutorial's experiment: as written, mended, and the question that it asked. */
export default function Tutorial() {
  const { step } = tutorialState.state.value;
  const View = views[step];
  const next = steps[steps.indexOf(step) + 1];
  return (
    <>
      <h1 tabIndex={-1}>{placeOf('tutorial').title}</h1>
      <nav class="steps" aria-label="Steps">
        <ol>
          {steps.map((one) => (
            <li key={one}>
              <a href={tutorialState.href({ step: one })} aria-current={one === step ? 'step' : undefined}>
                {names[one]}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <View />
      {next && (
        <p>
          <a href={tutorialState.href({ step: next })}>{names[next]}</a>
        </p>
      )}
    </>
  );
}
