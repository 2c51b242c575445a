import type { Job } from '../../worker/use-job.js';

/** What stands in place of an answer that is not there yet, or that did not come. */
export function AnswerState({ job, doing }: { job: Job<unknown>; doing: string }) {
  if (job.error)
    return (
      <div class="problem" role="alert">
        <p>{job.error}</p>
        <button type="button" onClick={job.start}>
          Try again
        </button>
      </div>
    );
  return job.state === 'running' && !job.result ? (
    <p role="status" class="muted">
      {doing}…
    </p>
  ) : null;
}
