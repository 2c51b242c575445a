import type { Finding, TableSummary } from '@rectify/dataset';
import type { Comparison } from '@rectify/experiment';
import type { ArticleResult } from '../tutorial/article.js';
import type { MendedResult } from '../tutorial/mended.js';
import {
  answersText,
  countAndPercent,
  differenceOf,
  measureWords,
  percent,
  valueText,
  verdictWords,
} from './format.js';
import type { Report } from './report.js';

/** The part of the results that is there, as lines for a terminal; the table is named where the part does not hold it. */
export function printed(part: Partial<Report>, table = part.table): string {
  return [
    part.table && printedTable(part.table),
    part.article && printedArticle(part.article),
    part.mended && printedMended(part.mended, table),
    part.findings && printedFindings(part.findings),
    part.comparison && printedComparison(part.comparison),
  ]
    .filter(Boolean)
    .join('\n\n');
}

const section = (title: string, facts: [string, string | number][]) => {
  const width = Math.max(...facts.map(([name]) => name.length));
  return [title, ...facts.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)].join('\n');
};

/** What the split by panels held out. */
const groupsHeldOut = (table: TableSummary | undefined) =>
  table?.panels === 0 ? 'equal rows held out together (there are no panels)' : 'whole panels held out';

export const printedTable = (table: TableSummary) =>
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
  return section("The tutorial's experiment, as written", [
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
    ['answers', answersText(answers)],
    ['what this is', article.reading],
  ]);
}

const printedMended = (mended: NonNullable<Report['mended']>, table: TableSummary | undefined) =>
  [
    printedNetwork('The network mended, random split', mended.random),
    printedNetwork(`The network mended, ${groupsHeldOut(table)}`, mended.panels),
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

function printedFindings(findings: readonly Finding[]): string {
  const lines = findings.map(({ severity, id, explanation }): [string, string] => [
    `${severity} ${id}`,
    explanation,
  ]);
  return section('What the audit found', lines.length > 0 ? lines : [['nothing', 'that would mislead']]);
}

/** How the differences are made, since they may lean otherwise than the means beside them. */
const weighing = ({ baseline, units }: Comparison['design']): string =>
  `to ${baseline}, on new rows from the same source${
    units.kind === 'row'
      ? ''
      : `: each of the ${units.count} ${units.kind}s counts the same, where the means count each row`
  }`;

function printedComparison(comparison: Comparison): string {
  const { design, arms, baselines, differences, verdict, warnings } = comparison;
  const { primary } = verdict;
  const mean = (measures: Comparison['arms'][number]['measures']) =>
    valueText(primary, measures[primary]?.mean ?? null);
  const onSource = differences.filter(
    ({ measure, estimand }) => measure === primary && estimand === 'source',
  );
  const said = new Map(
    onSource.map((one) => [one.arm, `${differenceOf(one)}: ${verdictWords[one.verdict]}`]),
  );
  return [
    section(
      `Which activation? ${arms.length} arms, ${design.seeds} seeds, ${measureWords(primary).title} on held-out rows`,
      [
        ['split', `${design.split}. ${design.splitReason}`],
        ['differences', weighing(design)],
        ...arms.map(({ name, measures, diverged, runs }): [string, string] => [
          name,
          [
            mean(measures),
            said.get(name) ?? '(the baseline)',
            ...(diverged > 0 ? [`${diverged} of ${runs} diverged`] : []),
          ].join('  '),
        ]),
        ...Object.values(baselines).map(({ text, measures }): [string, string] => [text, mean(measures)]),
      ],
    ),
    ...(warnings.length > 0 ? [`Mind\n${warnings.map((warning) => `  ${warning}`).join('\n')}`] : []),
    `Verdict\n  ${verdict.text}`,
  ].join('\n\n');
}
