import { useState } from 'preact/hooks';
import type { Curves } from '../../../tutorial/mended.js';
import { accuracyChart, lossChart } from '../../../view/charts.js';
import { MendedView } from '../../../view/results.js';
import { LiveChart } from '../../chart/live-chart.js';
import { choice, codec, integer } from '../../route/codec.js';
import { placeOf } from '../../route/places.js';
import { placeState } from '../../route/route.js';
import { type Open, table } from '../../table/table.js';
import { TableBar } from '../../table/table-bar.js';
import { tableFields } from '../../table/table-fields.js';
import { callback } from '../../worker/client.js';
import { JobBar } from '../../worker/job-bar.js';
import { endWork, useJob } from '../../worker/use-job.js';

const train = placeState(
  'train',
  codec({
    ...tableFields,
    seed: integer(1, 0, 4_294_967_295),
    split: choice<'random' | 'panels'>('random', ['random', 'panels']),
  }),
);

const splits = [
  ['random', 'random rows'],
  ['panels', 'whole panels'],
] as const;

/** One network, as the tutorial meant it. */
export default function Train() {
  const { seed, split } = train.state.value;
  const open = table.value;
  const [curves, setCurves] = useState<Curves>();
  const job = useJob(
    (onProgress) => {
      setCurves(undefined);
      return (open as Open).worker.call((api) =>
        api.mended(
          { seed, split },
          callback(({ epoch, epochs }) => onProgress(epoch / epochs, `epoch ${epoch} of ${epochs}`)),
          callback(setCurves),
        ),
      );
    },
    () => endWork(open?.worker),
  );
  const shown = job.result?.curves ?? curves;
  return (
    <>
      <h1 tabIndex={-1}>{placeOf('train').title}</h1>
      <section>
        <TableBar />
      </section>
      <section id="train">
        <p>
          Three hidden Leaky ReLU units (A = 0.05) and a softmax output for each class; 100 epochs of Adam in
          batches of 10, features standardised on the training part.
        </p>
        <div class="controls">
          <label>
            Seed
            <input
              type="number"
              min="0"
              max="4294967295"
              step="1"
              value={seed}
              onChange={({ currentTarget: { valueAsNumber } }) =>
                Number.isInteger(valueAsNumber) && valueAsNumber >= 0 && train.set({ seed: valueAsNumber })
              }
            />
          </label>
          <fieldset>
            <legend>Hold out 20 %:</legend>
            {splits.map(([value, name]) => (
              <label key={value}>
                <input
                  type="radio"
                  name="split"
                  checked={split === value}
                  onChange={() => train.set({ split: value })}
                />
                {name}
              </label>
            ))}
          </fieldset>
        </div>
        <JobBar job={job} start="Train" ready={open !== undefined} />
        {job.result && <MendedView result={job.result} />}
        {shown && (
          <div class="pair">
            <LiveChart {...lossChart('Log loss by epoch', shown)} />
            <LiveChart {...accuracyChart('Accuracy by epoch', shown)} />
          </div>
        )}
      </section>
    </>
  );
}
