import { percent } from '../../../report/format.js';
import { Unparted } from '../../../view/unparted.js';
import { callback } from '../../worker/client.js';
import { JobAnswer, JobBar } from '../../worker/job-bar.js';
import { endWork, type Kept, useKeptJob } from '../../worker/use-job.js';
import type { ArticleAnswer } from '../../worker/worker.js';
import { BeforeAfter } from './before-after.js';
import { Gradients } from './gradients.js';
import { tutorialWorker } from './tutorial-worker.js';

const kept: Kept<ArticleAnswer> = {};

/** The experiment exactly as the tutorial has it. */
export function Replay() {
  const job = useKeptJob(
    kept,
    '',
    (onProgress) =>
      tutorialWorker().call((api) =>
        api.article(
          undefined,
          callback(({ epoch, epochs }) => onProgress(epoch / epochs, `epoch ${epoch} of ${epochs}`)),
        ),
      ),
    () => endWork(tutorialWorker()),
  );
  const article = job.result?.article;
  return (
    <section id="replay">
      <h2>Exactly as written</h2>
      <p>
        It feeds six blood values, unscaled, to three Leaky ReLU units (A = 0.05) and one output, asks for
        three classes as Normal 0, Type1 1, Type2 −1 under categorical cross-entropy, trains 100 epochs, and
        reports 61.96 % and 64.85 % accuracy.
      </p>
      <JobBar job={job} start="Run the experiment" ready />
      <JobAnswer job={job}>
        {job.result && article && (
          <>
            <ol class="catch">
              <li>
                <strong>{percent(article.after.train.correct / article.after.train.total)}</strong>
                after training: {article.after.train.correct} of {article.after.train.total} training rows.
                Before any training: {article.before.train.correct}
              </li>
              <li class="bad">
                <strong>{article.largestWeightChange}</strong>
                is the largest change of any weight in 100 epochs
              </li>
              <li>
                <strong>
                  Normal {article.answers.Normal} of {article.answers.Normal + article.answers.Type1}
                </strong>
                are its answers; Type1 gets {article.answers.Type1}, Type2 is out of reach
              </li>
            </ol>
            <BeforeAfter before={article.before} after={article.after} />
            <p class="verdict">
              <Unparted text={article.reading} />
            </p>
            <h3>Why: the gradient is 0</h3>
            <p>
              Categorical cross-entropy divides the outputs of a row by their sum. Here there is one output:
              divided by itself it is 1 whatever the weights are, so the loss never changes, and its gradient
              is 0.
            </p>
            <Gradients gradients={job.result.gradients} />
            <p class="muted">
              Seed {article.seed}
              {article.search !== null &&
                `, the first of ${article.search.tried} tried whose untrained network answers Normal to every row, as the tutorial’s did`}
              . The embedded table has the tutorial's 1009 rows and class counts; its cells are generated.
            </p>
          </>
        )}
      </JobAnswer>
    </section>
  );
}
