import { curvesChart, lossName } from '../../../view/charts.js';
import { DifferenceChart } from '../../../view/comparison.js';
import { Unparted } from '../../../view/unparted.js';
import { Fitted } from '../../chart/fitted.js';
import { LiveChart } from '../../chart/live-chart.js';
import { hrefOf } from '../../route/route.js';
import { callback } from '../../worker/client.js';
import type { CompareAnswer, PartialAnswer } from '../../worker/compare.js';
import { JobAnswer, JobBar } from '../../worker/job-bar.js';
import { endWork, type Kept, useKeptJob } from '../../worker/use-job.js';
import { tutorialState } from './state.js';
import { tutorialWorker } from './tutorial-worker.js';

const arms = ['relu', 'leaky_relu:0.05'];
const seeds = 16;

const kept: Kept<CompareAnswer> = {};

/** The tutorial's own question, on its network mended: whole panels held out, many seeds. */
export function Relu() {
  const { seed } = tutorialState.state.value;
  const job = useKeptJob(
    kept,
    String(seed),
    (onProgress) =>
      tutorialWorker().call((api) =>
        api.compare(
          { arms, seeds, seed },
          callback(({ done, seeds: ready }: PartialAnswer) =>
            onProgress(done, `${ready} of ${seeds} seeds are in`),
          ),
        ),
      ),
    () => endWork(tutorialWorker()),
  );
  const answer = job.result;
  const link = hrefOf('compare', new URLSearchParams({ f: arms.join(','), seeds: String(seeds) }));
  return (
    <section id="relu">
      <h2>ReLU or Leaky ReLU?</h2>
      <p>
        Now that it learns, the question can be asked: the mended network with ReLU and with Leaky ReLU (A =
        0.05), from the same initial weights, on the same held-out panels, {seeds} times.
      </p>
      <JobBar job={job} start="Compare the two" ready />
      <JobAnswer job={job}>
        {answer && (
          <>
            <p class="verdict">
              <Unparted text={answer.comparison.verdict.text} />
            </p>
            <Fitted>
              {(width) => (
                <DifferenceChart
                  comparison={answer.comparison}
                  measure={answer.comparison.verdict.primary}
                  width={width}
                />
              )}
            </Fitted>
            <LiveChart {...curvesChart(answer.curves, lossName('classification'))} />
            <p>
              <a href={link}>The same with every figure, and with other activations</a>
            </p>
          </>
        )}
      </JobAnswer>
    </section>
  );
}
