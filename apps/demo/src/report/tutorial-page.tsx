// The tutorial's steps as a page: its graphs and its network as pictures, each step beside what is true of it.
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { StepId, TutorialStep } from '../tutorial/step.js';
import { type TutorialAnswer, tutorialSlopes } from '../tutorial/steps.js';
import { LineChart, LineDrawing } from '../view/chart/line-chart.js';
import type { LineChartProps } from '../view/chart/plane.js';
import { graphOf, negativesChart } from '../view/charts.js';
import { NetworkPicture, tutorialLayers } from '../view/network-picture.js';
import { style } from '../view/style.js';
import { pagePolicy } from './page-policy.js';
import { svgFile } from './svg-file.js';

/** The charts of the steps that have some, by the names of their files. */
const chartsOf = ({ claims }: TutorialAnswer): Partial<Record<StepId, Record<string, LineChartProps>>> => ({
  relu: { relu: graphOf('ReLU', 0) },
  'leaky-relu': Object.fromEntries(
    tutorialSlopes.graphs.map((slope) => [
      `leaky-relu-${slope}`,
      graphOf(`Leaky ReLU with A = ${slope}`, slope),
    ]),
  ),
  'claim-negatives': { 'negative-inputs': negativesChart(claims.negatives) },
});

function Step({
  step: { title, shown, truth },
  charts,
  picture,
}: {
  step: TutorialStep;
  charts: Record<string, LineChartProps> | undefined;
  picture: VNode | undefined;
}) {
  return (
    <section>
      <h2>{title}</h2>
      {charts ? (
        <div class="pair">
          {Object.entries(charts).map(([name, props]) => (
            <LineChart key={name} {...props} />
          ))}
        </div>
      ) : (
        picture
      )}
      {charts === undefined && (
        <div class="scroll">
          <pre>{shown}</pre>
        </div>
      )}
      <h3>What is true of it</h3>
      {truth.split('\n').map((line) => (
        <p key={line}>{line}</p>
      ))}
    </section>
  );
}

function TutorialPage({ answer, inputs }: { answer: TutorialAnswer; inputs: readonly string[] }) {
  const charts = chartsOf(answer);
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={pagePolicy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>The tutorial, step by step</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          <h1>The tutorial, step by step</h1>
          {answer.steps.map((step) => (
            <Step
              key={step.id}
              step={step}
              charts={charts[step.id]}
              picture={step.id === 'network' ? <NetworkPicture layers={tutorialLayers(inputs)} /> : undefined}
            />
          ))}
        </main>
      </body>
    </html>
  );
}

/** The files of `rectify tutorial --report`: the page, its pictures, and the figures as data. */
export function tutorialFiles(answer: TutorialAnswer, inputs: readonly string[]): Record<string, string> {
  const charts = Object.values(chartsOf(answer)).flatMap((one) => Object.entries(one));
  return {
    ...Object.fromEntries(
      charts.map(([name, props]) => [`${name}.svg`, svgFile(<LineDrawing {...props} />)]),
    ),
    'network.svg': svgFile(<NetworkPicture layers={tutorialLayers(inputs)} />),
    'tutorial.json': `${JSON.stringify(answer, null, 2)}\n`,
    'tutorial.html': `<!doctype html>\n${renderToString(<TutorialPage answer={answer} inputs={inputs} />)}\n`,
  };
}

/** Their names, whatever the figures are. */
export const tutorialFileNames: readonly string[] = [
  ...[
    'relu',
    ...tutorialSlopes.graphs.map((slope) => `leaky-relu-${slope}`),
    'negative-inputs',
    'network',
  ].map((name) => `${name}.svg`),
  ...['tutorial.json', 'tutorial.html'],
];
