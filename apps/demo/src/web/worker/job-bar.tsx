import type { ComponentChildren } from 'preact';
import { Swap } from '../frame/swap.js';
import type { Job } from './use-job.js';

interface Props {
  readonly job: Job<unknown>;
  readonly start: string;
  /** False while there is nothing to work on. */
  readonly ready: boolean;
}

/** What a job comes to, in room that is there from its start, so that what stands below does not move when it ends. */
export const JobAnswer = ({ job, children }: { job: Job<unknown>; children: ComponentChildren }) =>
  job.state === 'idle' || job.state === 'cancelled' ? null : (
    <div class={job.state === 'failed' ? undefined : 'answer'}>{children}</div>
  );

/** One button that starts a job and, while it runs, cancels it; its progress, and what went wrong. */
export const JobBar = ({ job, start, ready }: Props) => {
  const running = job.state === 'running';
  return (
    <div class="job">
      <button
        type="button"
        class={running ? '' : 'primary'}
        aria-disabled={!ready && !running}
        onClick={running ? job.cancel : () => ready && job.start()}
      >
        <Swap
          shown={running ? 'Cancel' : job.state === 'failed' ? 'Try again' : start}
          among={[start, 'Cancel', 'Try again']}
        />
      </button>
      {(running || job.state === 'done') && (
        <span class="doing">
          {running ? (
            <>
              <progress max={1} value={job.progress?.done ?? 0} aria-label="Progress" />
              <span class="muted">{job.progress?.text ?? 'starting'}</span>
            </>
          ) : (
            <span class="muted">Done.</span>
          )}
        </span>
      )}
      {job.state === 'cancelled' && <span role="status">Cancelled.</span>}
      {job.error && (
        <p class="problem" role="alert">
          {job.error}
        </p>
      )}
    </div>
  );
};
