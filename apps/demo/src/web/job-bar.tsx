import type { Job } from './use-job.js';

interface Props {
  readonly job: Job<unknown>;
  readonly start: string;
  /** True while another job has the worker. */
  readonly busy: boolean;
}

/** The button that starts a job, and while it runs its progress and the button that cancels it. */
export const JobBar = ({ job, start, busy }: Props) => (
  <div class="job">
    {job.state === 'running' ? (
      <>
        <button type="button" onClick={job.cancel}>
          Cancel
        </button>
        <progress max={job.progress?.epochs ?? 1} value={job.progress?.epoch ?? 0} aria-label="Progress" />
        <span class="muted" aria-live="polite">
          {job.progress ? `epoch ${job.progress.epoch} of ${job.progress.epochs}` : 'starting'}
        </span>
      </>
    ) : (
      <button type="button" class="primary" onClick={job.start} disabled={busy}>
        {start}
      </button>
    )}
    {job.error && (
      <p class="error" role="alert">
        {job.error}
      </p>
    )}
  </div>
);
