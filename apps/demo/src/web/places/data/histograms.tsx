import { type PrepareName, prepareNames } from '@rectify/experiment';
import { useState } from 'preact/hooks';
import { percent } from '../../../report/format.js';
import { Histogram } from '../../../view/chart/histogram.js';
import { Fitted } from '../../chart/fitted.js';
import type { Open } from '../../table/table.js';
import { useAnswer } from '../../worker/use-job.js';
import { AnswerState } from './answer-state.js';
import { dataState } from './state.js';

const words: Record<PrepareName, string> = {
  raw: 'raw',
  standardised: 'standardised: minus the mean, over the deviation',
  robust: 'robust: minus the median, over the quartiles’ distance',
  pca: 'PCA: turned to principal components, standardised first',
};

/** Most pictures at first; the rest on request. */
const mostAtFirst = 9;

/** How each input of a network lies, and which share of it is below 0. */
export function Histograms({ open }: { open: Open }) {
  const { as } = dataState.state.value;
  return (
    <section id="histograms">
      <h2>How the features lie</h2>
      <p>
        An activation does something to what is below 0. How much of a column that is, scaling decides: not
        the column.
      </p>
      <div class="controls">
        <fieldset>
          <legend>Features</legend>
          {prepareNames.map((name) => (
            <label key={name}>
              <input
                type="radio"
                name="as"
                checked={as === name}
                onChange={() => dataState.set({ as: name })}
              />
              {words[name]}
            </label>
          ))}
        </fieldset>
      </div>
      <Pictures key={`${as} ${open.info.sha256}`} open={open} as={as} />
    </section>
  );
}

function Pictures({ open, as }: { open: Open; as: PrepareName }) {
  const job = useAnswer(open.worker, (worker) => worker.call((api) => api.prepared(as)));
  const [all, setAll] = useState(false);
  const { result } = job;
  if (!result) return <AnswerState job={job} doing="Counting" />;
  const { columns, rows, ofRows } = result;
  const unitOf = (name: string) => open.info.columns.find((column) => column.name === name)?.unit;
  const drawn = all ? columns : columns.slice(0, mostAtFirst);
  return (
    <>
      <p class="muted">
        {rows === ofRows ? `${rows} rows` : `${rows} evenly spaced rows of ${ofRows}`}; a missing number
        counts as the median.
      </p>
      <div class="small-charts">
        {drawn.map(({ name, bars, negative }) => (
          <Fitted key={name}>
            {(width) => (
              <Histogram
                title={`${name}: ${percent(negative, 1)} below 0`}
                xName={`${name}, ${as === 'raw' ? (unitOf(name) ?? 'raw') : as}`}
                bars={bars.length > 0 ? bars : [{ from: 0, to: 1, count: 0 }]}
                height={180}
                width={width ?? 340}
              />
            )}
          </Fitted>
        ))}
      </div>
      {drawn.length < columns.length && (
        <button type="button" onClick={() => setAll(true)}>
          Show all {columns.length}
        </button>
      )}
    </>
  );
}
