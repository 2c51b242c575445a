import { useState } from 'preact/hooks';
import { curvesChart } from '../../../view/charts.js';
import { LiveChart } from '../../chart/live-chart.js';
import { placeOf } from '../../route/places.js';
import { type Open, table } from '../../table/table.js';
import { TableBar } from '../../table/table-bar.js';
import { callback } from '../../worker/client.js';
import type { PartialAnswer } from '../../worker/compare.js';
import { JobAnswer, JobBar } from '../../worker/job-bar.js';
import { endWork, useJob } from '../../worker/use-job.js';
import { Answer } from './answer.js';
import { Settings } from './settings.js';
import { compareState, optionsOf } from './state.js';

/** Every arm on every seed, and one sentence that says what the difference is. */
export default function Compare() {
  const open = table.value;
  // Another table or another question: the answer of before is none of its.
  return (
    <>
      <h1 tabIndex={-1}>{placeOf('compare').title}</h1>
      <section>
        <TableBar />
      </section>
      <section id="compare">
        <Settings />
        <Runs
          key={`${open?.info.sha256} ${JSON.stringify({ ...compareState.state.value, sort: '' })}`}
          open={open}
        />
      </section>
    </>
  );
}

function Runs({ open }: { open: Open | undefined }) {
  const state = compareState.state.value;
  const [partial, setPartial] = useState<PartialAnswer>();
  const job = useJob(
    (onProgress) =>
      (open as Open).worker.call((api) =>
        api.compare(
          optionsOf(state),
          callback((sofar: PartialAnswer) => {
            const left =
              sofar.secondsLeft === undefined ? '' : `, about ${Math.ceil(sofar.secondsLeft)} s left`;
            onProgress(sofar.done, `${sofar.seeds} of ${state.seeds} seeds are in${left}`);
            setPartial(sofar);
          }),
        ),
      ),
    () => endWork(open?.worker),
  );
  const curves = job.result === undefined ? partial?.curves : undefined;
  return (
    <>
      <JobBar job={job} start="Compare" ready={open?.info.label !== undefined} />
      <JobAnswer job={job}>
        {job.result && open && <Answer answer={job.result} open={open} />}
        {curves && <LiveChart {...curvesChart(curves, 'held-out loss')} />}
      </JobAnswer>
    </>
  );
}
