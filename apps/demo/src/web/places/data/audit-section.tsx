import { FindingsView } from '../../../view/findings.js';
import type { Open } from '../../table/table.js';
import { callback } from '../../worker/client.js';
import { useAnswer } from '../../worker/use-job.js';

/** The audit of the table that is open. */
export function AuditSection({ open }: { open: Open }) {
  const job = useAnswer(open.worker, (worker, onProgress) =>
    worker.call((api) => api.audit(callback((done: number) => onProgress(done, 'checking')))),
  );
  return (
    <section id="audit">
      <h2>What would mislead</h2>
      {job.state === 'running' && (
        <p role="status" class="muted">
          <progress max={1} value={job.progress?.done ?? 0} aria-label="Audit" /> checking
        </p>
      )}
      {job.error && (
        <div class="problem" role="alert">
          <p>{job.error}</p>
          <button type="button" onClick={job.start}>
            Try again
          </button>
        </div>
      )}
      {job.result && <FindingsView findings={job.result.findings} skipped={job.result.skipped} />}
    </section>
  );
}
