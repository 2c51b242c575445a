import type { ComponentChildren } from 'preact';
import type { TableFacts } from '../compare.js';
import { countAndPercent, natsInterval, percent, pointsInterval } from '../report/format.js';
import type { ArticleResult } from '../tutorial/article.js';
import type { ComparisonResult } from '../tutorial/comparison.js';
import type { MendedResult } from '../tutorial/mended.js';

/** Names and values, side by side. */
export const Facts = ({ facts }: { facts: [string, ComponentChildren][] }) => (
  <dl>
    {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}
  </dl>
);

export const TableView = ({ table }: { table: TableFacts }) => (
  <Facts
    facts={[
      ['Rows', table.rows],
      ['Columns', table.columns],
      [
        'Classes',
        Object.entries(table.classes)
          .map(([name, rows]) => `${name} ${rows}`)
          .join(', '),
      ],
      ['Missing cells', table.missing],
      ['Exact duplicates', table.exactDuplicates],
      ['Panels', `${table.panels}, combinations of ${table.panelColumns.join(', ')}`],
    ]}
  />
);

export const ArticleView = ({ article }: { article: ArticleResult }) => (
  <>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Accuracy</th>
            <th>before training</th>
            <th>after training</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Training part</th>
            <td>{countAndPercent(article.before.train)}</td>
            <td>{countAndPercent(article.after.train)}</td>
          </tr>
          <tr>
            <th scope="row">Test part</th>
            <td>{countAndPercent(article.before.test)}</td>
            <td>{countAndPercent(article.after.test)}</td>
          </tr>
        </tbody>
      </table>
    </div>
    <Facts
      facts={[
        ['Largest change of any weight', article.largestWeightChange],
        ['Answers', `Normal ${article.answers.Normal}, Type1 ${article.answers.Type1}, Type2 0`],
        [
          'Seed',
          article.search === null
            ? article.seed
            : `${article.seed}, ${article.search.found ? 'found by a search' : 'since none does what the search asks'} (${article.search.tried} tried)`,
        ],
      ]}
    />
    <p class="verdict">{article.reading}</p>
  </>
);

export const MendedView = ({ result }: { result: MendedResult }) => (
  <>
    <Facts
      facts={[
        ['Training accuracy', `${percent(result.trainAccuracy)} of ${result.trainRows} rows`],
        ['Test accuracy', `${percent(result.testAccuracy)} of ${result.testRows} rows`],
        ['Test log loss', `${result.testLogLoss.toFixed(4)} nats`],
      ]}
    />
    <div class="scroll">
      <table>
        <caption>Test part: true class down, answer across</caption>
        <thead>
          <tr>
            <th />
            {result.classes.map((name) => (
              <th key={name}>{name}</th>
            ))}
            <th>recall</th>
          </tr>
        </thead>
        <tbody>
          {result.classes.map((name, c) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {result.confusion[c].map((count, answer) => (
                <td key={result.classes[answer]}>{count}</td>
              ))}
              <td>{percent(result.recall[name])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </>
);

export const ComparisonView = ({ comparison }: { comparison: ComparisonResult }) => (
  <>
    <p class="verdict">{comparison.verdict}</p>
    <Facts
      facts={[
        [
          'Median test accuracy',
          `ReLU ${percent(comparison.medianTestAccuracy.relu)}, Leaky ReLU ${percent(comparison.medianTestAccuracy.leakyRelu)}`,
        ],
        ['Accuracy, Leaky ReLU minus ReLU', pointsInterval(comparison.accuracyDifference)],
        ['Log loss, Leaky ReLU minus ReLU', natsInterval(comparison.logLossDifference)],
        [
          'Dead hidden units',
          `ReLU ${comparison.deadUnits.relu} of ${comparison.deadUnits.of}, Leaky ReLU ${comparison.deadUnits.leakyRelu} of ${comparison.deadUnits.of}`,
        ],
      ]}
    />
    <div class="scroll">
      <table>
        <caption>Each run: one seed, one split, one start, two networks</caption>
        <thead>
          <tr>
            <th>seed</th>
            <th>ReLU accuracy</th>
            <th>Leaky accuracy</th>
            <th>ReLU log loss</th>
            <th>Leaky log loss</th>
            <th>dead units</th>
          </tr>
        </thead>
        <tbody>
          {comparison.pairs.map(({ seed, relu, leakyRelu }) => (
            <tr key={seed}>
              <th scope="row">{seed}</th>
              <td>{percent(relu.testAccuracy)}</td>
              <td>{percent(leakyRelu.testAccuracy)}</td>
              <td>{relu.testLogLoss.toFixed(4)}</td>
              <td>{leakyRelu.testLogLoss.toFixed(4)}</td>
              <td>
                {relu.deadUnits} / {leakyRelu.deadUnits}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </>
);
