import { nextStep, stepNames, tutorialState } from '../places/tutorial/state.js';
import { linkTo } from '../route/carry.js';
import { nextOf } from '../route/places.js';
import { route } from '../route/route.js';

interface Link {
  readonly href: string;
  readonly name: string;
  readonly title: string;
}

/** The tutorial's next step, or the next place. */
function following(): Link {
  const { place } = route.value;
  const step = place === 'tutorial' ? nextStep() : undefined;
  if (step) return { href: tutorialState.href({ step }), name: stepNames[step], title: stepTitles[step] };
  const next = nextOf(place);
  if (next) return { href: linkTo(next.id), name: next.name, title: next.title };
  const title = 'The address of this page holds everything you chose. Back to the start';
  return { href: '#/', name: 'send it on', title };
}

const stepTitles = {
  replay: 'The experiment exactly as written',
  mend: 'Four mistakes, and what each costs',
  relu: 'The question that the tutorial asked',
};

/** Where the story goes on: one link at the end of each place. */
export function Next() {
  const { href, name, title } = following();
  return (
    <p class="next">
      <a href={href}>
        <span>Next: {name}</span>
        <small>{title}</small>
      </a>
    </p>
  );
}
