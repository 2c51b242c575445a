import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { countAndPercent, percent } from '../../../report/format.js';
import type { VariantResult } from '../../../tutorial/variant.js';
import { shown } from '../../../view/chart/series.js';
import { Scroll } from '../../../view/scroll.js';
import { Unparted } from '../../../view/unparted.js';
import { Swap } from '../../frame/swap.js';
import { callback } from '../../worker/client.js';
import { JobBar } from '../../worker/job-bar.js';
import { endWork, useJob } from '../../worker/use-job.js';
import { BeforeAfter } from './before-after.js';
import { Gradients } from './gradients.js';
import { type Mistake, mistakes, tutorialState } from './state.js';
import { tutorialWorker } from './tutorial-worker.js';

interface Mistaken {
  readonly title: string;
  readonly written: string;
  readonly mended: string;
}

const words: Record<Mistake, Mistaken> = {
  loss: {
    title: 'Loss',
    written: 'cross-entropy of whatever the last Leaky ReLU gives, divided by its sum',
    mended: 'a loss that fits: squared error for one output, softmax with cross-entropy for three',
  },
  outputs: {
    title: 'Outputs',
    written: 'one output for three classes, read as 1 or 0: Type2 is out of reach',
    mended: 'one output for each class',
  },
  scaling: {
    title: 'Scaling',
    written: 'raw values: HbA1c in the tens beside glucose of a few mmol/L',
    mended: 'standardised by the mean and deviation of the training part',
  },
  split: {
    title: 'Split',
    written: 'random rows: most test rows have an exact twin in training, or share its lab values',
    mended: 'whole panels of lab values held out, so that no test row has a twin',
  },
};

/** Results of this visit by what is mended, and the seed. */
const results = signal<ReadonlyMap<string, VariantResult>>(new Map());

/** One mistake mended at a time, and what each changes. */
export function Mend() {
  const { mend, seed } = tutorialState.state.value;
  const mended = mistakes.filter((one) => mend.includes(one));
  const key = keyOf(mended, seed);
  const result = results.value.get(key);
  const job = useJob(
    async (onProgress) => {
      const mends = Object.fromEntries(mistakes.map((one) => [one, mended.includes(one)]));
      const ran = await tutorialWorker().call((api) =>
        api.variant(
          { mends: mends as Record<Mistake, boolean>, seed },
          callback(({ epoch, epochs }) => onProgress(epoch / epochs, `epoch ${epoch} of ${epochs}`)),
        ),
      );
      results.value = new Map(results.value).set(key, ran);
    },
    () => endWork(tutorialWorker()),
  );
  // A switch that is turned is run, and the run before is ended
  useEffect(() => {
    if (!results.value.has(key)) job.start();
  }, [key]);
  const toggle = (one: Mistake) => {
    const next = mended.includes(one) ? mended.filter((other) => other !== one) : [...mended, one];
    tutorialState.set({ mend: next });
  };
  return (
    <section id="mend">
      <h2>Mend one mistake at a time</h2>
      <p>Each switch is run at once: 100 epochs, seed {seed}, the same initial weights for the same shape.</p>
      <ul class="mistakes">
        {mistakes.map((one) => (
          <li key={one}>
            <label>
              <input type="checkbox" checked={mended.includes(one)} onChange={() => toggle(one)} />
              <strong>{words[one].title}</strong>
            </label>
            <span class="muted">
              <Swap
                shown={mended.includes(one) ? words[one].mended : words[one].written}
                among={[words[one].written, words[one].mended]}
              />
            </span>
          </li>
        ))}
      </ul>
      <JobBar job={job} start="Run it again" ready />
      <div class="answer">
        {result && (
          <>
            <BeforeAfter before={result.before} after={result.after} />
            <p class="verdict">
              <Unparted text={readingOf(result)} />
            </p>
            <Gradients gradients={result.gradients} />
          </>
        )}
      </div>
      <Tried seed={seed} />
    </section>
  );
}

const keyOf = (mended: readonly Mistake[], seed: number) => `${mended.join()} ${seed}`;

/** In a sentence, what a run shows. */
function readingOf({ mends, before, after, largestWeightChange, answers, twins }: VariantResult): string {
  if (largestWeightChange === null)
    return 'Weights became NaN: the loss takes the logarithm of outputs that a Leaky ReLU lets fall below 0. A softmax output with its own loss cannot do that.';
  const given = answers.filter(({ rows }) => rows > 0);
  const said = given.map(({ name, rows }) => `${name} ${rows}`).join(', ');
  if (largestWeightChange === 0)
    return `No weight moved: ${percent(after.test.correct / after.test.total)} is what its random initial weights answer, ${said} of ${after.test.total} test rows.`;
  const gained = after.test.correct - before.test.correct;
  const change = `It learns: weights move by up to ${shown(largestWeightChange)}, and it tells ${Math.abs(gained)} test rows ${gained < 0 ? 'fewer' : 'more'} right than before.`;
  const never = answers.filter(({ rows, truly }) => rows === 0 && truly > 0).map(({ name }) => name);
  const missing = never.length > 0 ? ` It never answers ${never.join(' or ')}.` : '';
  const leak = mends.split
    ? ' No test row has a twin in training, so this says something about new patients’ panels.'
    : ` But ${countAndPercent(twins)} of the test rows have an exact twin in training: this is partly memory.`;
  return change + missing + leak;
}

/** All that was run in this visit, side by side. */
function Tried({ seed }: { seed: number }) {
  const tried = [...results.value].filter(([key]) => key.endsWith(` ${seed}`)).map(([, result]) => result);
  if (tried.length < 2) return null;
  return (
    <Scroll label="What was tried">
      <table class="tried stack">
        <caption>What each switch changes</caption>
        <thead>
          <tr>
            <th scope="col">mended</th>
            <th scope="col">test accuracy</th>
            <th scope="col">largest weight change</th>
            <th scope="col">test rows with a twin</th>
          </tr>
        </thead>
        <tbody>
          {tried.map(({ mends, after, largestWeightChange, twins }) => {
            const name = mistakes.filter((one) => mends[one]).join(', ') || 'nothing';
            return (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td data-name="test accuracy">{countAndPercent(after.test)}</td>
                <td data-name="largest weight change">
                  {largestWeightChange === null ? 'NaN' : shown(largestWeightChange)}
                </td>
                <td data-name="test rows with a twin">{countAndPercent(twins)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}
