import { ArticleView } from '../view/results.js';
import { JobBar } from './job-bar.js';
import type { JobSectionProps } from './train-section.js';
import { useJob } from './use-job.js';
import { worker } from './worker-client.js';

export function ArticleSection({ ready, busy, onBusy }: JobSectionProps) {
  const job = useJob((onProgress) => {
    onBusy(true);
    return worker.article(onProgress).finally(() => onBusy(false));
  });
  return (
    <section id="article">
      <h2>The tutorial's experiment, exactly as written</h2>
      <p>
        It reports 61.96 % and 64.85 % accuracy after 100 epochs. Its network has one output under categorical
        cross-entropy, a loss that divides the output by itself. Run it and see what training changes.
      </p>
      <JobBar job={job} start="Run the experiment" busy={!ready || busy} />
      {job.result && <ArticleView article={job.result} />}
    </section>
  );
}
