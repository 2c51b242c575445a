import type { Comparison } from '@rectify/experiment';
import { commandOf } from '../../../comparison/request.js';
import { curvesChart } from '../../../view/charts.js';
import { ArmsTable, DifferenceChart, DifferencesTable, RecallTable } from '../../../view/comparison.js';
import { LiveChart } from '../../chart/live-chart.js';
import type { CompareAnswer } from '../../worker/compare.js';
import { CopyButton } from '../function/code.js';
import { download } from './download.js';
import { compareState, requestOf } from './state.js';

/** The verdict in words, then what it rests on. */
export function Answer({ answer }: { answer: CompareAnswer }) {
  const { comparison, curves, recall } = answer;
  const { verdict, warnings, design } = comparison;
  const request = requestOf(compareState.state.value);
  const command = commandOf(request);
  const unit = design.task === 'regression' ? 'squared error, standardised' : 'log loss, nats';
  return (
    <div id="answer">
      <h2>The verdict</h2>
      <p class="verdict">{verdict.text}</p>
      {warnings.map((warning) => (
        <p key={warning} class="warn">
          {warning}
        </p>
      ))}
      <p class="muted">
        {heldOut(comparison)} {design.splitReason}
      </p>
      <DifferenceChart comparison={comparison} measure={verdict.primary} />
      <LiveChart {...curvesChart(curves, unit)} />
      <ArmsTable comparison={comparison} />
      {recall.length > 0 && <RecallTable recall={recall} />}
      <details>
        <summary>Every difference</summary>
        <DifferencesTable comparison={comparison} />
      </details>
      <h3>The command that repeats it</h3>
      <pre class="command">{command}</pre>
      <div class="controls">
        <CopyButton what="the command" text={command} />
        <button
          type="button"
          onClick={() =>
            download(
              'comparison.json',
              `${JSON.stringify({ ...answer, request, command }, null, 2)}\n`,
              'application/json',
            )
          }
        >
          Save as JSON
        </button>
        <button type="button" onClick={() => download('arms.csv', armsCsv(comparison), 'text/csv')}>
          Save as CSV
        </button>
      </div>
    </div>
  );
}

const heldOut = ({ design: { seeds, units, rows } }: Comparison) =>
  `${seeds} seeds on ${rows} rows, which are ${units.count} ${units.kind}s.`;

function armsCsv({ arms }: Comparison): string {
  const names = Object.keys(arms[0].measures);
  const lines = arms.map(({ name, measures, deadUnits, hiddenUnits, diverged, runs }) =>
    [
      `"${name.replaceAll('"', '""')}"`,
      ...names.map((one) => measures[one].mean),
      deadUnits,
      hiddenUnits,
      diverged,
      runs,
    ].join(),
  );
  return `${['arm', ...names, 'dead_units', 'hidden_units', 'diverged', 'runs'].join()}\n${lines.join('\n')}\n`;
}
