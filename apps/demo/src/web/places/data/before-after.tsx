import { inDigits } from '../../../view/digits.js';
import { NumberField } from '../../frame/number-field.js';
import type { Open } from '../../table/table.js';
import { useAnswer } from '../../worker/use-job.js';
import { AnswerState } from './answer-state.js';
import { dataState } from './state.js';

/** One row as the file has it, and as a network gets it. */
export function BeforeAfter({ open }: { open: Open }) {
  const { row, as } = dataState.state.value;
  const { rows } = open.info;
  const place = Math.min(row, rows);
  return (
    <section id="encoded">
      <h2>Before and after encoding</h2>
      <div class="controls">
        <NumberField
          label="Row"
          value={place}
          bounds={[1, rows]}
          onValue={(value) => dataState.set({ row: value })}
          after={`of ${rows}`}
        />
        <span class="muted">Numbers {as}; text as 0 and 1 for each value.</span>
      </div>
      {row > rows && (
        <p class="note" role="status">
          The link says row {row}, which the table does not have; the last is shown.
        </p>
      )}
      <Encoded key={`${place} ${as} ${open.info.sha256}`} open={open} place={place - 1} />
    </section>
  );
}

function Encoded({ open, place }: { open: Open; place: number }) {
  const { as } = dataState.state.value;
  const job = useAnswer(open.worker, (worker) => worker.call((api) => api.encoded(place, as)));
  if (!job.result) return <AnswerState job={job} doing="Encoding" />;
  const { cells, components } = job.result;
  return (
    <>
      <table class="before-after">
        <thead>
          <tr>
            <th scope="col">column</th>
            <th scope="col">in the file</th>
            <th scope="col">{components.length > 0 ? 'standardised' : 'to the network'}</th>
          </tr>
        </thead>
        <tbody>
          {cells.map(({ column, before, after }) => (
            <tr key={column}>
              <th scope="row">{column}</th>
              <td>{before}</td>
              <td>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {components.length > 0 && (
        <p>
          Turned to components, which go to the network:{' '}
          {components.map((value) => inDigits(value, 3)).join(', ')}.
        </p>
      )}
    </>
  );
}
