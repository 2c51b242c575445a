import { useEffect, useRef, useState } from 'preact/hooks';
import { TableView } from '../view/results.js';
import type { OpenedTable } from './worker.js';
import { worker } from './worker-client.js';

interface Props {
  readonly table: OpenedTable | undefined;
  readonly onTable: (table: OpenedTable) => void;
  /** True while the worker trains on the table. */
  readonly busy: boolean;
}

export function TableSection({ table, onTable, busy }: Props) {
  const [error, setError] = useState<string>();
  const [over, setOver] = useState(false);
  // A file that is chosen later counts, even when an earlier one takes longer to read.
  const latest = useRef(0);
  const open = (opening: Promise<OpenedTable>) => {
    const mine = ++latest.current;
    opening.then(
      (opened) => {
        if (mine !== latest.current) return;
        setError(undefined);
        onTable(opened);
      },
      (failure: Error) => {
        if (mine === latest.current) setError(failure.message);
      },
    );
  };
  const openFile = (file: File | null | undefined) => {
    if (file) open(worker.openFile(file));
  };
  // Anywhere on the page: a file that is dropped beside the section would else replace the page.
  useEffect(() => {
    const drag = (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      if (!busy) openFile(event.dataTransfer?.files[0]);
    };
    document.addEventListener('dragover', drag);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', drag);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  });
  return (
    <section id="table" class={over ? 'over' : ''}>
      <h2>The table</h2>
      <p>
        {table?.name ?? 'The embedded table, generated from a seed.'} Drop a CSV with the same columns here,
        or choose one; it stays in this page.
      </p>
      <div class="controls">
        <label class="file">
          Choose a CSV
          <input
            type="file"
            accept=".csv,text/csv"
            disabled={busy}
            onChange={(event) => {
              openFile(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
        </label>
        {table?.name && (
          <button type="button" class="small" disabled={busy} onClick={() => open(worker.openEmbedded())}>
            Back to the embedded table
          </button>
        )}
      </div>
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      {table && (
        <>
          <TableView table={table.facts} />
          <div class="scroll">
            <table>
              <caption>The first rows</caption>
              <thead>
                <tr>
                  {table.columns.map((name) => (
                    <th key={name}>{name}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {table.firstRows.map((row, index) => (
                  <tr key={index}>
                    {table.columns.map((name) => (
                      <td key={name}>{row[name] ?? '–'}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
