import type { Finding } from '@rectify/dataset';
import type { ComponentChildren } from 'preact';
import { Scroll } from './scroll.js';
import { Unparted } from './unparted.js';

/** How many rows a finding names at most; the data have all. */
const mostRows = 20;

/** The audit's findings, each with what to do and the rows that it is about. */
export function FindingsView({
  findings,
  skipped,
  rowsOf,
}: {
  findings: readonly Finding[];
  skipped: readonly { readonly ids: readonly string[]; readonly reason: string }[];
  /** Shows the rows themselves, where they are at hand. */
  rowsOf?: (rows: readonly number[]) => ComponentChildren;
}) {
  return (
    <>
      {findings.length === 0 && <p>The audit found nothing that would mislead.</p>}
      <ul class="findings">
        {findings.map(({ id, severity, explanation, advice, rows, details }) => (
          <li key={id} class={severity}>
            <p>
              <strong>
                {severity}: {id}
              </strong>{' '}
              <Unparted text={explanation} />
            </p>
            <p class="muted">{advice}</p>
            {rows.length > 0 && rowsOf?.(rows)}
            {((rows.length > 0 && !rowsOf) || details.length > 0) && (
              <details>
                <summary>{rows.length > 0 && !rowsOf ? `${rows.length} rows` : 'case by case'}</summary>
                {rows.length > 0 && !rowsOf && (
                  <p>
                    Rows{' '}
                    {rows
                      .slice(0, mostRows)
                      .map((row) => row + 1)
                      .join(', ')}
                    {rows.length > mostRows && ` and ${rows.length - mostRows} more`} (the first is 1).
                  </p>
                )}
                <Details details={details} />
              </details>
            )}
          </li>
        ))}
      </ul>
      {skipped.map(({ ids, reason }) => (
        <p key={ids.join()} class="muted">
          Not checked: {ids.join(', ')}; {reason}.
        </p>
      ))}
    </>
  );
}

function Details({ details }: { details: Finding['details'] }) {
  if (details.length === 0) return null;
  const keys = [...new Set(details.flatMap((detail) => Object.keys(detail)))];
  return (
    <Scroll label="Case by case">
      <table class="stack broad flow">
        <thead>
          <tr>
            {keys.map((key) => (
              <th key={key} scope="col">
                {key}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {details.slice(0, mostRows).map((detail, i) => (
            <tr key={`${i} ${Object.values(detail).join()}`}>
              {keys.map((key) => (
                <td key={key} data-name={key}>
                  {Object.hasOwn(detail, key) ? detail[key] : '–'}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
