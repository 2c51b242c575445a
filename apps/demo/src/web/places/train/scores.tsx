import type { LiveFrame } from '../../../live/frame.js';
import { leakText, sharedText } from '../../../live/shared-units.js';
import { percent } from '../../../report/format.js';
import { shown } from '../../../view/chart/series.js';
import { ConfusionTable, Facts } from '../../../view/results.js';
import type { NetworkFacts } from '../../worker/network.js';

/** Loss and accuracy of both parts, and on the test part which class is taken for which. */
export function Scores({ facts, frame }: { facts: NetworkFacts; frame: LiveFrame }) {
  const { shared, trainRows, testRows, classes } = facts;
  const isClass = facts.task === 'classification';
  const { trainLoss, testLoss, trainScore, testScore } = frame.curves;
  const score = (values: readonly number[]) =>
    isClass ? percent(values.at(-1) ?? null) : number(values.at(-1));
  const name = isClass ? 'accuracy' : 'R²';
  const unit = isClass ? 'nats' : 'squared standard deviations';
  const leak = shared && <LeakWarning text={leakText(shared)} />;
  return (
    <>
      <Facts
        facts={[
          [`Training ${name}`, `${score(trainScore)} of ${trainRows} rows`],
          [
            `Test ${name}`,
            <>
              {score(testScore)} of {testRows} rows {leak}
            </>,
          ],
          ['Training loss', `${number(trainLoss.at(-1))} ${unit}`],
          [
            'Test loss',
            <>
              {number(testLoss.at(-1))} {unit} {leak}
            </>,
          ],
        ]}
      />
      {isClass && (
        <>
          <p>{leak}</p>
          <ConfusionTable classes={classes} confusion={frame.confusion} />
        </>
      )}
      {shared && <p class="warn">{sharedText(shared)}</p>}
    </>
  );
}

const number = (value: number | undefined) =>
  value === undefined || Number.isNaN(value) ? 'NaN' : shown(value);

const LeakWarning = ({ text }: { text: string }) => <span class="leak">{text}</span>;
