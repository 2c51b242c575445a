import type { TableSummary } from '@rectify/dataset';
import type { ComponentChildren } from 'preact';
import { answersText, countAndPercent, percent } from '../report/format.js';
import type { ArticleResult } from '../tutorial/article.js';
import type { MendedResult } from '../tutorial/mended.js';
import { Scroll } from './scroll.js';
import { Unparted } from './unparted.js';

/** Names and values, side by side. */
export const Facts = ({ facts }: { facts: [string, ComponentChildren][] }) => (
  <dl>
    {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>])}
  </dl>
);

export const TableView = ({ table }: { table: TableSummary }) => (
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
      [
        'Panels',
        table.panels === 0 ? 'none' : `${table.panels}, combinations of ${table.panelColumns.join(', ')}`,
      ],
    ]}
  />
);

export const ArticleView = ({ article }: { article: ArticleResult }) => (
  <>
    <Scroll label="Accuracy before and after training">
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
    </Scroll>
    <Facts
      facts={[
        ['Largest change of any weight', article.largestWeightChange],
        ['Answers', answersText(article.answers)],
        [
          'Seed',
          article.search === null
            ? article.seed
            : `${article.seed}, ${article.search.found ? 'found by a search' : 'since none does what the search asks'} (${article.search.tried} tried)`,
        ],
      ]}
    />
    <p class="verdict">
      <Unparted text={article.reading} />
    </p>
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
    <ConfusionTable classes={result.classes} confusion={result.confusion} />
  </>
);

/** Which class is taken for which, and the share of each that is told right. */
export const ConfusionTable = ({
  classes,
  confusion,
}: {
  classes: readonly string[];
  confusion: readonly (readonly number[])[];
}) => (
  <Scroll label="Answers by true class">
    <table class="stack flow confusion">
      <caption>Test part: rows of each true class, by the answer that they get</caption>
      <thead>
        <tr>
          <td />
          {classes.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">recall</th>
        </tr>
      </thead>
      <tbody>
        {classes.map((name, c) => {
          const rows = confusion[c].reduce((sum, count) => sum + count, 0);
          return (
            <tr key={name}>
              <th scope="row">{name}</th>
              {confusion[c].map((count, answer) => (
                <td key={classes[answer]} data-name={`as ${classes[answer]}`}>
                  {count}
                </td>
              ))}
              <td data-name="recall">{percent(rows === 0 ? null : confusion[c][c] / rows)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  </Scroll>
);
