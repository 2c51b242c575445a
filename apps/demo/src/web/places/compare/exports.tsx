import type { Comparison } from '@rectify/experiment';
import { useRef } from 'preact/hooks';
import { commandOf } from '../../../comparison/request.js';
import { chartSvg } from '../../chart/chart-svg.js';
import type { Open } from '../../table/table.js';
import { callback } from '../../worker/client.js';
import { JobBar } from '../../worker/job-bar.js';
import { endWork, useJob } from '../../worker/use-job.js';
import { CopyButton } from '../function/code.js';
import { armsCsv } from './arms-csv.js';
import { download } from './download.js';
import { compareState, embeddedFile, requestOf, schemaFile } from './state.js';

/** The command that repeats it, and everything as files. */
export function Exports({ comparison, open }: { comparison: Comparison; open: Open }) {
  const request = requestOf(compareState.state.value);
  const command = commandOf(request);
  const here = useRef<HTMLDivElement>(null);
  const report = useJob(
    async (onProgress) => {
      const made = await open.worker.call((api) =>
        api.report(
          request,
          callback((text: string, done: number) => onProgress(done, text)),
        ),
      );
      download('report.json', `${JSON.stringify(made, null, 2)}\n`, 'application/json');
    },
    () => endWork(open.worker),
  );
  const saveCharts = () =>
    here.current
      ?.closest('#answer')
      ?.querySelectorAll('figure.chart')
      .forEach((figure, i) => {
        download(
          ['differences.svg', 'curves.svg'][i] ?? `chart-${i + 1}.svg`,
          chartSvg(figure),
          'image/svg+xml',
        );
      });
  return (
    <div ref={here}>
      <h3>The command that repeats it</h3>
      <pre class="command">{command}</pre>
      {request.schema && (
        <p class="muted">
          What you chose about the columns no option says: the command reads it from {schemaFile}
          {request.data === embeddedFile && `, and the table from ${embeddedFile}`}.
        </p>
      )}
      <div class="controls">
        <CopyButton what="the command" text={command} />
        {request.schema && (
          <button
            type="button"
            onClick={() =>
              download(schemaFile, `${JSON.stringify(open.info.schema, null, 2)}\n`, 'application/json')
            }
          >
            Save {schemaFile}
          </button>
        )}
        {request.data === embeddedFile && (
          <button
            type="button"
            onClick={async () =>
              download(embeddedFile, await open.worker.call((api) => api.csv()), 'text/csv')
            }
          >
            Save {embeddedFile}
          </button>
        )}
        <button type="button" onClick={() => download('arms.csv', armsCsv(comparison), 'text/csv')}>
          Save as CSV
        </button>
        <button type="button" onClick={saveCharts}>
          Save charts as SVG
        </button>
      </div>
      <JobBar job={report} start="Save report.json" ready />
      <p class="muted">
        The same report.json as <code>rectify compare</code> writes. On the tutorial’s table it also replays
        the tutorial, which takes a while.
      </p>
    </div>
  );
}
