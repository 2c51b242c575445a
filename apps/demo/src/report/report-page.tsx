import { renderToString } from 'preact-render-to-string';
import { ArmsTable } from '../view/arms-table.js';
import { LineChart } from '../view/chart/line-chart.js';
import { activationChart, curvesChart, derivativeChart, lossChart } from '../view/charts.js';
import { DifferenceChart, DifferencesTable, RecallTable } from '../view/comparison.js';
import { FindingsView } from '../view/findings.js';
import { ArticleView, Facts, MendedView, TableView } from '../view/results.js';
import { style } from '../view/style.js';
import { pagePolicy } from './page-policy.js';
import type { Report } from './report.js';

/** The tutorial's two slopes. */
const slopes = [0.2, 0.09];

/** The file beside the page that holds its figures as data. */
export interface DataFile {
  readonly name: string;
  readonly sha256: string;
}

const nameOf = ({ request }: Report) => request.data ?? 'the embedded table';

function ReportPage({ report, data }: { report: Report; data: DataFile | undefined }) {
  const { comparison, curves, recall } = report;
  const { warnings } = comparison;
  const { primary, text } = comparison.verdict;
  const [answer, ...rest] = text.split(/(?<=\.) (?=[A-Z])/); // the first sentence is the answer
  const secondary = primary === 'accuracy' ? 'logLoss' : 'mae';
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={pagePolicy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`Which activation for ${nameOf(report)}?`}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          <h1>Which activation for {nameOf(report)}?</h1>
          <p class="lead verdict">{answer}</p>
          <p>{rest.join(' ')}</p>
          {warnings.length > 0 && (
            <section>
              <h2>Mind</h2>
              <ul>
                {warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            </section>
          )}
          <section>
            <h2>The differences</h2>
            <p>
              Each arm against {comparison.design.baseline}, over {comparison.design.seeds} seeds. An interval
              that crosses 0 shows no difference; one within the shaded region shows that there is none that
              matters.
            </p>
            <div class="pair">
              <DifferenceChart comparison={comparison} measure={primary} />
              <DifferenceChart comparison={comparison} measure={secondary} />
            </div>
            <details>
              <summary>Every difference, in every measure</summary>
              <DifferencesTable comparison={comparison} />
            </details>
          </section>
          <section>
            <h2>The arms</h2>
            <ArmsTable comparison={comparison} />
            <LineChart
              {...curvesChart(
                curves,
                primary === 'accuracy' ? 'log loss, nats' : 'squared error, standardised',
              )}
            />
            {recall.length > 0 && <RecallTable recall={recall} />}
          </section>
          <section>
            <h2>The table</h2>
            <TableView table={report.table} />
            <h3>What the audit found</h3>
            <FindingsView findings={report.findings} skipped={report.skipped} />
          </section>
          <TutorialSections report={report} />
          <DesignSection report={report} data={data} />
        </main>
      </body>
    </html>
  );
}

function TutorialSections({ report: { article, mended, table } }: { report: Report }) {
  if (!article || !mended) return null;
  return (
    <>
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
        <h2>The tutorial's experiment, exactly as written</h2>
        <p>
          One output column under categorical cross-entropy: the loss divides the output by itself, so it is
          constant, and so is every weight.
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
            <h3>{table.panels > 0 ? 'Whole panels held out' : 'Equal rows held out together (no panels)'}</h3>
            <MendedView result={mended.panels} />
            <LineChart {...lossChart('Loss, panels held out', mended.panels.curves)} />
          </div>
        </div>
      </section>
    </>
  );
}

function DesignSection({ report, data }: { report: Report; data: DataFile | undefined }) {
  const { comparison, command, versions, hashes, engine, times } = report;
  const { design } = comparison;
  const network = [
    design.features.length,
    ...design.hidden,
    design.task === 'regression' ? 1 : design.classes.length,
  ];
  return (
    <section>
      <h2>How it was made</h2>
      <Facts
        facts={[
          [
            'Split',
            `${design.split}, ${(100 * design.testShare).toFixed(0)} % held out. ${design.splitReason}`,
          ],
          ['Held-out unit', `${design.units.kind}, ${design.units.count} of them`],
          ['Network', `${network.join(' → ')}, ${design.prepare} features`],
          [
            'Training',
            `${design.epochs} epochs, batches of ${design.batch}, Adam, learning rate ${design.learningRate}, ${design.initializer}`,
          ],
          ['Seeds', `${design.firstSeed} to ${design.firstSeed + design.seeds - 1}`],
          ['Again', <code key="command">{command}</code>],
          ['Table', <code key="table">SHA-256 {hashes.table}</code>],
          ...(data
            ? ([['Data', <code key="data">{`${data.name}, SHA-256 ${data.sha256}`}</code>]] as [
                string,
                preact.JSX.Element,
              ][])
            : []),
          [
            'Versions',
            [engine, ...Object.entries(versions).map(([name, version]) => `${name} ${version}`)].join(', '),
          ],
          ['Made', `${times.started}, in ${times.seconds.toFixed(0)} s`],
        ]}
      />
    </section>
  );
}

/** The whole report as one HTML file that needs nothing beside it; `data` is the file of its figures, where one is written. */
export const reportPage = (report: Report, data?: DataFile): string =>
  `<!doctype html>\n${renderToString(<ReportPage report={report} data={data} />)}\n`;
