import type { Comparison } from '@rectify/experiment';
import { ArmsTable } from '../../../view/arms-table.js';
import { curvesChart, lossName } from '../../../view/charts.js';
import { DifferenceChart, DifferencesTable, RecallTable } from '../../../view/comparison.js';
import { Unparted } from '../../../view/unparted.js';
import { Fitted } from '../../chart/fitted.js';
import { LiveChart } from '../../chart/live-chart.js';
import type { Open } from '../../table/table.js';
import type { CompareAnswer } from '../../worker/compare.js';
import { Exports } from './exports.js';
import { compareState } from './state.js';

/** The verdict in words, then what it rests on. */
export function Answer({ answer, open }: { answer: CompareAnswer; open: Open }) {
  const { comparison, curves, recall } = answer;
  const { verdict, warnings, design } = comparison;
  const { sort } = compareState.state.value;
  return (
    <div id="answer">
      <h2>The verdict</h2>
      <p class="verdict">
        <Unparted text={verdict.text} />
      </p>
      {warnings.map((warning) => (
        <p key={warning} class="warn">
          {warning}
        </p>
      ))}
      <p class="muted">
        {heldOut(comparison)} {design.splitReason}
      </p>
      <Fitted>
        {(width) => <DifferenceChart comparison={comparison} measure={verdict.primary} width={width} />}
      </Fitted>
      <LiveChart {...curvesChart(curves, lossName(design.task))} />
      <ArmsTable
        comparison={comparison}
        order={sort === '' ? undefined : { by: sort.replace(/^-/, ''), descending: sort.startsWith('-') }}
        onOrder={({ by, descending }) =>
          compareState.set({ sort: `${descending ? '-' : ''}${by}` }, 'replace')
        }
      />
      {recall.length > 0 && <RecallTable recall={recall} />}
      <details>
        <summary>Every difference</summary>
        <DifferencesTable comparison={comparison} />
      </details>
      <Exports comparison={comparison} open={open} />
    </div>
  );
}

const heldOut = ({ design: { seeds, units, rows } }: Comparison) =>
  units.kind === 'row'
    ? `${seeds} seeds on ${rows} rows.`
    : `${seeds} seeds on ${rows} rows, which are ${units.count} ${units.kind}s.`;
