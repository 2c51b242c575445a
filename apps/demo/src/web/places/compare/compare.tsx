import { useState } from 'preact/hooks';
import { curvesChart, lossName } from '../../../view/charts.js';
import { LiveChart } from '../../chart/live-chart.js';
import { Refused } from '../../frame/refused.js';
import { placeOf } from '../../route/places.js';
import { type Open, table } from '../../table/table.js';
import { TableBar } from '../../table/table-bar.js';
import { callback, type WorkerHandle } from '../../worker/client.js';
import type { CompareAnswer, PartialAnswer } from '../../worker/compare.js';
import { JobAnswer, JobBar } from '../../worker/job-bar.js';
import { endWork, type Kept, useKeptJob } from '../../worker/use-job.js';
import { Answer } from './answer.js';
import { Settings } from './settings.js';
import { compareState, optionsOf } from './state.js';

/** Every arm on every seed, and one sentence that says what the difference is. */
export default function Compare() {
  const open = table.value;
  // Another table or another question: the answer of before is none of its.
  const asked = JSON.stringify({ ...compareState.state.value, sort: '' });
  return (
    <>
      <h1 tabIndex={-1}>{placeOf('compare').title}</h1>
      <Refused of={compareState} />
      <section>
        <TableBar />
      </section>
      <section id="compare">
        <Settings />
        <Runs key={`${open?.info.sha256} ${asked}`} asked={asked} open={open} />
      </section>
    </>
  );
}

/** Of each worker its last answer, which its report is about. */
const answers = new WeakMap<WorkerHandle, Kept<CompareAnswer>>();

function keptOf(worker: WorkerHandle | undefined): Kept<CompareAnswer> {
  const kept = (worker && answers.get(worker)) ?? {};
  if (worker) answers.set(worker, kept);
  return kept;
}

function Runs({ open, asked }: { open: Open | undefined; asked: string }) {
  const state = compareState.state.value;
  const [partial, setPartial] = useState<PartialAnswer>();
  const job = useKeptJob(
    keptOf(open?.worker),
    asked,
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
        {curves && <LiveChart {...curvesChart(curves, lossName(open?.info.task ?? 'classification'))} />}
      </JobAnswer>
    </>
  );
}
