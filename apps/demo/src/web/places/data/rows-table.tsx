import { useState } from 'preact/hooks';
import type { Open } from '../../table/table.js';
import { useAnswer } from '../../worker/use-job.js';
import { AnswerState } from './answer-state.js';
import { CellsTable } from './cells-table.js';

/** How many rows are added to a list at a time. */
const page = 20;

/** The rows that a finding is about, fetched when they are looked at. */
export function FindingRows({ open, rows }: { open: Open; rows: readonly number[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const [most, setMost] = useState(page);
  return (
    <details onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        {rows.length} {rows.length === 1 ? 'row' : 'rows'}
      </summary>
      {isOpen && (
        <>
          <RowsTable key={most} open={open} rows={rows.slice(0, most)} label="Rows of this finding" />
          {most < rows.length && (
            <button type="button" onClick={() => setMost(most + 5 * page)}>
              Show more of {rows.length}
            </button>
          )}
        </>
      )}
    </details>
  );
}

interface Props {
  readonly open: Open;
  /** Places in the table, the first row is 0. */
  readonly rows: readonly number[];
  readonly label: string;
  /** What stands before each row's number. */
  readonly names?: readonly string[];
}

/** Rows of the table, with their numbers; the first is 1. */
export function RowsTable({ open, rows, label, names }: Props) {
  const job = useAnswer(open.worker, (worker) => worker.call((api) => api.rows(rows)));
  if (!job.result) return <AnswerState job={job} doing="Fetching the rows" />;
  return (
    <CellsTable
      label={label}
      columns={open.info.columns.map(({ name }) => name)}
      rows={job.result}
      names={rows.map((row, i) => (names ? `${names[i]} ${row + 1}` : String(row + 1)))}
    />
  );
}
