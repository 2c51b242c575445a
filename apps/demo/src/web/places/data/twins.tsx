import { limits } from '../../../comparison/limits.js';
import { sharedText } from '../../../live/shared-units.js';
import { NumberField } from '../../frame/number-field.js';
import type { Open } from '../../table/table.js';
import { useAnswer } from '../../worker/use-job.js';
import { AnswerState } from './answer-state.js';
import { RowsTable } from './rows-table.js';
import { dataState } from './state.js';

/** What a random split would leak. */
export function Twins({ open }: { open: Open }) {
  const { seed } = dataState.state.value;
  return (
    <section id="twins">
      <h2>The twins of a random split</h2>
      {open.info.label === undefined ? (
        <p class="muted">Choose the column to tell or to predict, above.</p>
      ) : (
        <>
          <div class="controls">
            <NumberField
              label="Seed"
              value={seed}
              bounds={limits.seed}
              onValue={(value) => dataState.set({ seed: value })}
            />
          </div>
          <Pairs key={`${seed} ${open.info.sha256} ${open.info.label}`} open={open} seed={seed} />
        </>
      )}
    </section>
  );
}

function Pairs({ open, seed }: { open: Open; seed: number }) {
  const job = useAnswer(open.worker, (worker) => worker.call((api) => api.twins(seed)));
  if (!job.result) return <AnswerState job={job} doing="Splitting" />;
  const { shared, pairs, testRows, asks } = job.result;
  return (
    <>
      {shared ? (
        <p class="warn">{sharedText(shared)}</p>
      ) : (
        <p>None of the {testRows} test rows has a twin in the training part.</p>
      )}
      <p class="muted">{asks}</p>
      {pairs.length > 0 && (
        <RowsTable
          open={open}
          rows={pairs.flatMap(({ test, train }) => [test, train])}
          names={pairs.flatMap(() => ['test', 'training'])}
          label="Test rows and their twins"
        />
      )}
    </>
  );
}
