import { route } from '../route/route.js';
import { FilePicker } from './file-picker.js';
import { LabelChoice } from './label-choice.js';
import { cancelOpening, missing, openEmbedded, openError, opening, table } from './table.js';

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)} MB`;

/** Which table is open, how to open another, and what becomes of that. */
export function TableBar() {
  const open = table.value;
  const info = open?.info;
  const reading = opening.value;
  const asked = missing.value;
  const failed = openError.value;
  return (
    <div class="table-bar">
      {asked && (
        <p class="note" role="status">
          This link is about <strong>{asked.name}</strong>, a table that stays with whoever opened it. Open
          the file to see what the link shows
          {asked.sha256 !== '' && (
            <>
              ; its SHA-256 must be <code>{asked.sha256}</code>
            </>
          )}
          .
        </p>
      )}
      {info && (
        <p>
          <strong>{info.name ?? 'The embedded table'}</strong>: {info.rows} rows, {info.columns.length}{' '}
          columns
          {info.name === null && ', generated from a seed, with the faults of the tutorial’s own table'}
          {info.label !== undefined && (
            <>
              ; {info.task === 'regression' ? 'predicts' : 'tells'} <strong>{info.label}</strong>
            </>
          )}
          .
        </p>
      )}
      {open && info?.label === undefined && route.value.place !== 'data' && (
        <p class="note">
          Nothing says which column is the answer. <LabelChoice open={open} />
        </p>
      )}
      <div class="controls">
        <FilePicker label={info?.name ? 'Open another CSV' : 'Open a CSV'} />
        {info?.name && (
          <button type="button" onClick={openEmbedded}>
            Back to the embedded table
          </button>
        )}
        {reading && (
          <span class="reading">
            <progress max={1} value={reading.progress?.done} aria-label={`Reading ${reading.name}`} />
            <span class="muted">
              {reading.name}
              {reading.bytes !== undefined && `, ${megabytes(reading.bytes)}`}
              {reading.progress && reading.progress.records > 0 && `, ${reading.progress.records} records`}
            </span>
            <button type="button" onClick={cancelOpening}>
              Cancel
            </button>
          </span>
        )}
        <span class="muted">Drop or paste one anywhere. It never leaves this browser.</span>
      </div>
      {failed && (
        <div class="problem" role="alert">
          <p>{failed.message}</p>
          {open && <p class="muted">The table that was open still is.</p>}
          {failed.retry && (
            <button type="button" onClick={failed.retry}>
              Try again
            </button>
          )}
        </div>
      )}
    </div>
  );
}
