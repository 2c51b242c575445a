import type { Results, TableFacts } from '../compare.js';
import type { ArticleResult } from '../tutorial/article.js';
import type { ComparisonResult } from '../tutorial/comparison.js';
import type { MendedResult } from '../tutorial/mended.js';
import { countAndPercent, natsInterval, percent, pointsInterval } from './format.js';

/** The part of the results that is there, as lines for a terminal. */
export function printed(part: Partial<Results>): string {
  return [
    part.table && printedTable(part.table),
    part.article && printedArticle(part.article),
    part.mended && printedMended(part.mended),
    part.comparison && printedComparison(part.comparison),
  ]
    .filter(Boolean)
    .join('\n\n');
}

const section = (title: string, facts: [string, string | number][]) => {
  const width = Math.max(...facts.map(([name]) => name.length));
  return [title, ...facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)].join('\n');
};

export const printedTable = (table: TableFacts) =>
  section('The table', [
    ['rows', table.rows],
    ['columns', table.columns],
    [
      'classes',
      Object.entries(table.classes)
        .map(([name, rows]) => `${name} ${rows}`)
        .join(', '),
    ],
    ['missing cells', table.missing],
    ['exact duplicates', table.exactDuplicates],
    [
      'panels',
      table.panels === 0 ? 'none' : `${table.panels} (combinations of ${table.panelColumns.join(', ')})`,
    ],
  ]);

function printedArticle(article: ArticleResult): string {
  const { search, before, after, answers } = article;
  const origin =
    search === null
      ? 'given'
      : search.found
        ? `found by search, ${search.tried} tried`
        : `none of ${search.tried} does`;
  return section("The article's experiment, as written", [
    ['seed', `${article.seed} (${origin})`],
    [
      'training accuracy',
      `${countAndPercent(before.train)} before, ${countAndPercent(after.train)} after training`,
    ],
    [
      'test accuracy',
      `${countAndPercent(before.test)} before, ${countAndPercent(after.test)} after training`,
    ],
    ['largest change of any weight', article.largestWeightChange],
    ['answers', `Normal ${answers.Normal}, Type1 ${answers.Type1}, Type2 0`],
    ['what this is', article.reading],
  ]);
}

const printedMended = (mended: Results['mended']) =>
  [
    printedNetwork('The network mended, random split', mended.random),
    printedNetwork('The network mended, whole panels held out', mended.panels),
  ].join('\n\n');

function printedNetwork(title: string, result: MendedResult): string {
  const { classes, confusion } = result;
  const width = Math.max(...classes.map((name) => name.length), 5) + 2;
  const row = (cells: (string | number)[]) =>
    `    ${cells.map((cell) => String(cell).padStart(width)).join('')}`;
  return [
    section(title, [
      ['training accuracy', `${percent(result.trainAccuracy)} of ${result.trainRows} rows`],
      ['test accuracy', `${percent(result.testAccuracy)} of ${result.testRows} rows`],
      ['recall', classes.map((name) => `${name} ${percent(result.recall[name])}`).join(', ')],
      ['confusion', 'of the test part, true class down, answer across'],
    ]),
    row(['', ...classes]),
    ...classes.map((name, c) => row([name, ...confusion[c]])),
  ].join('\n');
}

function printedComparison(comparison: ComparisonResult): string {
  const { medianTestAccuracy, deadUnits } = comparison;
  return section(`ReLU or Leaky ReLU (${comparison.negativeSlope}), ${comparison.runs} paired runs`, [
    [
      'median test accuracy',
      `ReLU ${percent(medianTestAccuracy.relu)}, Leaky ReLU ${percent(medianTestAccuracy.leakyRelu)}`,
    ],
    ['accuracy, Leaky minus ReLU', pointsInterval(comparison.accuracyDifference)],
    ['log loss, Leaky minus ReLU', natsInterval(comparison.logLossDifference)],
    [
      'dead hidden units',
      `ReLU ${deadUnits.relu} of ${deadUnits.of}, Leaky ReLU ${deadUnits.leakyRelu} of ${deadUnits.of}`,
    ],
    ['verdict', comparison.verdict],
  ]);
}
