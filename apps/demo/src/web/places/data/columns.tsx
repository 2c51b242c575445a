import { inDigits } from '../../../view/digits.js';
import { TableView } from '../../../view/results.js';
import { Scroll } from '../../../view/scroll.js';
import { LabelChoice } from '../../table/label-choice.js';
import { choose, type Open } from '../../table/table.js';
import type { ColumnChoice, ColumnInfo } from '../../worker/table-info.js';
import { useAnswer } from '../../worker/use-job.js';

/** What each column is taken for, to be changed; and the label. */
export function Columns({ open }: { open: Open }) {
  const { info, worker } = open;
  const facts = useAnswer(worker, (handle) => handle.call((api) => api.facts()));
  const figures = facts.result?.columns;
  return (
    <section id="columns">
      <h2>The table</h2>
      {facts.result && <TableView table={facts.result.summary} />}
      <p>
        <LabelChoice open={open} id="label" />
      </p>
      <Scroll label="Columns">
        <table class="stack broad">
          <thead>
            <tr>
              <th scope="col">column</th>
              <th scope="col">taken as</th>
              <th scope="col">missing</th>
              <th scope="col">distinct</th>
              <th scope="col">mean</th>
              <th scope="col">least</th>
              <th scope="col">greatest</th>
              <th scope="col">below 0</th>
            </tr>
          </thead>
          <tbody>
            {info.columns.map((column, i) => (
              <tr key={column.name}>
                <th scope="row">
                  {column.name}
                  {column.unit && <small class="unit-name"> {column.unit}</small>}
                </th>
                <td data-name="taken as">
                  <TakenAs column={column} chosen={open.wanted.columns} />
                </td>
                <td data-name="missing">{figures?.[i].missing ?? '–'}</td>
                <td data-name="distinct">{figures?.[i].distinct ?? '–'}</td>
                <td data-name="mean">{figure(figures?.[i].mean)}</td>
                <td data-name="least">{figure(figures?.[i].min)}</td>
                <td data-name="greatest">{figure(figures?.[i].max)}</td>
                <td data-name="below 0">{share(figures?.[i].negativeShare)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {info.notes.length > 0 && (
        <details>
          <summary>What was found of the file rather than given ({info.notes.length})</summary>
          <ul>
            {info.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

const figure = (value: number | undefined) =>
  value === undefined || !Number.isFinite(value) ? '–' : inDigits(value);
const share = (value: number | undefined) =>
  value === undefined || !Number.isFinite(value) ? '–' : `${(100 * value).toFixed(1)} %`;

const roleWords: Record<string, string> = {
  feature: 'feature',
  label: 'label',
  target: 'target',
  group: 'group',
  id: 'id',
  leak: 'leak, left out',
  other: 'left out',
};

const others: readonly (readonly [ColumnChoice['as'], string])[] = [
  ['feature', 'feature'],
  ['category', 'category'],
  ['number', 'number'],
  ['group', 'group: kept together in a split'],
  ['id', 'id: names the row'],
  ['ignore', 'leave out'],
];

function TakenAs({ column, chosen }: { column: ColumnInfo; chosen: readonly ColumnChoice[] }) {
  const { name, kind, role } = column;
  const change = (as: string) => {
    const rest = chosen.filter((one) => one.name !== name);
    choose({ columns: as === '' ? rest : [...rest, { name, as: as as ColumnChoice['as'] }] });
  };
  return (
    <select
      aria-label={`${name} is taken as`}
      value={chosen.find((one) => one.name === name)?.as ?? ''}
      onChange={(event) => change(event.currentTarget.value)}
    >
      <option value="">
        {roleWords[role] ?? role}, {kind}
      </option>
      {others.map(([as, words]) => (
        <option key={as} value={as}>
          {words}
        </option>
      ))}
    </select>
  );
}
