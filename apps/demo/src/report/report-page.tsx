import { renderToString } from 'preact-render-to-string';
import { LineChart } from '../view/chart/line-chart.js';
import { activationChart, comparisonChart, derivativeChart, lossChart } from '../view/charts.js';
import { ArticleView, ComparisonView, MendedView, TableView } from '../view/results.js';
import { style } from '../view/style.js';
import type { Report } from './report.js';

/** The tutorial's two slopes. */
const slopes = [0.2, 0.09];

/** The file beside the page that holds its figures as data. */
export interface DataFile {
  readonly name: string;
  readonly sha256: string;
}

/** Nothing is fetched and no script runs, whatever a cell or a file name holds. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

function ReportPage({ report, data }: { report: Report; data: DataFile | undefined }) {
  const { table, article, mended, comparison, options, versions, times } = report;
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>ReLU or Leaky ReLU: the report</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          <h1>ReLU or Leaky ReLU?</h1>
          <p class="lead">{comparison.verdict}</p>
          <section>
            <h2>The two functions</h2>
            <p>
              ReLU lets nothing through below 0; Leaky ReLU lets a small share A through, so that a unit whose
              input is negative still learns.
            </p>
            <div class="pair">
              <LineChart {...activationChart(slopes)} />
              <LineChart {...derivativeChart(slopes)} />
            </div>
          </section>
          <section>
            <h2>The table</h2>
            <p class="muted">{options.data ?? 'The embedded table, generated from a seed.'}</p>
            <TableView table={table} />
          </section>
          <section>
            <h2>The tutorial's experiment, exactly as written</h2>
            <p>
              One output column under categorical cross-entropy: the loss divides the output by itself, so it
              is constant, and so is every weight.
            </p>
            <ArticleView article={article} />
          </section>
          <section>
            <h2>The same network, mended</h2>
            <p>Three softmax outputs, one-hot labels, features standardised on the training part.</p>
            <div class="pair">
              <div>
                <h3>Random split</h3>
                <MendedView result={mended.random} />
                <LineChart {...lossChart('Loss, random split', mended.random.curves)} />
              </div>
              <div>
                <h3>Whole panels held out</h3>
                <MendedView result={mended.panels} />
                <LineChart {...lossChart('Loss, panels held out', mended.panels.curves)} />
              </div>
            </div>
          </section>
          <section>
            <h2>
              ReLU against Leaky ReLU ({comparison.negativeSlope}), {comparison.runs} paired runs
            </h2>
            <ComparisonView comparison={comparison} />
            <LineChart {...comparisonChart(comparison.testLoss)} />
          </section>
          <p class="muted">
            Seed {options.seed ?? 'not given'}, {options.epochs} epochs. Made {times.started} in{' '}
            {times.seconds.toFixed(0)} s by{' '}
            {Object.entries(versions)
              .map(([name, version]) => `${name} ${version}`)
              .join(', ')}
            .{data && ` The same figures as data: ${data.name}, SHA-256 ${data.sha256}.`}
          </p>
        </main>
      </body>
    </html>
  );
}

/** The whole report as one HTML file that needs nothing beside it; `data` is the file of its figures, where one is written. */
export const reportPage = (report: Report, data?: DataFile): string =>
  `<!doctype html>\n${renderToString(<ReportPage report={report} data={data} />)}\n`;
