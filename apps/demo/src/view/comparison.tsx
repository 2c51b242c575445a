import type { Comparison, Difference } from '@rectify/experiment';
import type { ArmRecall } from '../comparison/recall.js';
import {
  differenceOf,
  differenceUnit,
  inUnit,
  measureWords,
  percent,
  verdictWords,
} from '../report/format.js';
import { IntervalChart } from './chart/interval-chart.js';
import { Scroll } from './scroll.js';

/** Differences of one measure on new rows from the same source, as a chart. */
export function DifferenceChart({
  comparison,
  measure,
  width,
}: {
  comparison: Comparison;
  measure: string;
  width?: number | undefined;
}) {
  const { differences, design } = comparison;
  const own = differences.filter((one) => one.measure === measure && one.estimand === 'source');
  const rows = own.flatMap(({ arm, mean, low, high, verdict }) =>
    mean === null || low === null || high === null
      ? []
      : [
          {
            name: arm,
            mean: inUnit(measure, mean),
            low: inUnit(measure, low),
            high: inUnit(measure, high),
            verdict: verdictWords[verdict],
          },
        ],
  );
  if (rows.length === 0) return null;
  const region = inUnit(measure, own[0].region);
  const { title } = measureWords(measure);
  const unit = differenceUnit(measure);
  return (
    <IntervalChart
      title={`Difference of ${title} to ${design.baseline}, on new rows from the same source`}
      xName={`${unit || title}; shaded: what does not matter in practice`}
      rows={rows}
      region={region > 0 ? [-region, region] : undefined}
      {...(width && { width })}
    />
  );
}

const estimands: Record<Difference['estimand'], string> = {
  table: 'this table, over further seeds',
  source: 'new rows from the same source',
};

/** Every difference with its interval, for both questions. */
export function DifferencesTable({ comparison: { differences } }: { comparison: Comparison }) {
  return (
    <Scroll label="Every difference">
      <table class="stack wraps">
        <caption>Arm minus baseline; intervals hold for all arms of a measure at once</caption>
        <thead>
          <tr>
            <th scope="col">arm</th>
            <th scope="col">measure</th>
            <th scope="col">about</th>
            <th scope="col">difference</th>
            <th scope="col">verdict</th>
            <th scope="col">more seeds to settle it</th>
            <th scope="col">more held-out units</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((one) => (
            <tr key={`${one.arm} ${one.measure} ${one.estimand}`}>
              <th scope="row">{one.arm}</th>
              <td data-name="measure">{measureWords(one.measure).title}</td>
              <td data-name="about">{estimands[one.estimand]}</td>
              <td data-name="difference">{differenceOf(one)}</td>
              <td data-name="verdict">{verdictWords[one.verdict]}</td>
              <td data-name="more seeds to settle it">
                {one.verdict === 'not-shown' ? (one.needed.seeds ?? 'no number would do') : '–'}
              </td>
              <td data-name="more held-out units">
                {one.verdict === 'not-shown' ? (one.needed.rows ?? 'no number would do') : '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Recall of each class by arm. */
export function RecallTable({ recall }: { recall: readonly ArmRecall[] }) {
  const classes = Object.keys(recall[0].recall);
  return (
    <Scroll label="Recall of each class">
      <table class="stack flow">
        <caption>Share of the held-out rows of each class that were told right</caption>
        <thead>
          <tr>
            <th scope="col">arm</th>
            {classes.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {recall.map((one) => (
            <tr key={one.arm}>
              <th scope="row">{one.arm}</th>
              {classes.map((name) => (
                <td key={name} data-name={name}>
                  {percent(one.recall[name], 1)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
