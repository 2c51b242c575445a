import { FindingsView } from '../../../view/findings.js';
import type { Open } from '../../table/table.js';
import { callback } from '../../worker/client.js';
import { useAnswer } from '../../worker/use-job.js';
import { AnswerState } from './answer-state.js';
import { FindingRows } from './rows-table.js';

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
      {job.error && <AnswerState job={job} doing="Checking" />}
      {job.result && (
        <FindingsView
          findings={job.result.findings}
          skipped={job.result.skipped}
          rowsOf={(rows) => <FindingRows open={open} rows={rows} />}
        />
      )}
    </section>
  );
}
