import { leakyRelu, relu } from '@rectify/core';
import { audit, encodeLabels, split, type Table } from '@rectify/dataset';
import { countAndPercent, percent } from '../report/format.js';
import { plotText } from '../terminal/plot.js';
import { textTable } from '../terminal/table.js';
import { type ArticleResult, articleExperiment, type EpochLog } from './article.js';
import { claimSteps } from './claims/claim-steps.js';
import { type ClaimsOptions, type TutorialClaims, tutorialClaims } from './claims/claims.js';
import { defaultSeed } from './experiments.js';
import { networkLines, summaryLines } from './network.js';
import type { TutorialStep } from './step.js';
import type { Watch } from './training.js';

/** The tutorial's two slopes for its graphs, and the one of its network. */
export const tutorialSlopes = { graphs: [0.2, 0.09], network: 0.05 } as const;

const leakySource =
  'Maas, Hannun and Ng brought it in 2013 so that a unit whose input is negative still learns; whether that helps is to be measured.';

const graphSteps = (): TutorialStep[] => [
  {
    id: 'relu',
    title: 'ReLU',
    shown: plotText([relu()], { labels: ['ReLU'] }),
    truth:
      'f(x) = x for x > 0, else 0. Its derivative is 0 below 0, so a unit that is negative on every row learns nothing.',
  },
  {
    id: 'leaky-relu',
    title: `Leaky ReLU with A = ${tutorialSlopes.graphs.join(' and A = ')}`,
    shown: tutorialSlopes.graphs
      .map((negativeSlope) => plotText([leakyRelu({ negativeSlope })], { labels: [`A = ${negativeSlope}`] }))
      .join('\n\n'),
    truth: `f(x) = x for x ≥ 0, else A·x. The smaller A is, the nearer it is to ReLU, as the two graphs show. ${leakySource}`,
  },
];

function tableStep(table: Table): TutorialStep {
  const names = table.columnNames;
  const head = Array.from({ length: Math.min(5, table.rowCount) }, (_, row) => {
    const cells = table.row(row);
    return names.map((name) => cells[name]);
  });
  const found = audit(table);
  const said = (['exact-duplicates', 'panels', 'implausible-reveals-class', 'threshold-solves-task'] as const)
    .map((id) => found.find(id)?.explanation)
    .filter((text) => text !== undefined);
  return {
    id: 'table',
    title: `The table: the first ${head.length} of ${table.rowCount} rows`,
    shown: textTable(names, head),
    truth: said.length > 0 ? said.join('\n') : 'The audit finds nothing that would mislead.',
  };
}

function encodingStep(table: Table): TutorialStep {
  const labels = table.labels();
  const codes = encodeLabels(labels, 'article').values;
  const names = [...table.featureNames, table.labelName];
  const head = Array.from({ length: Math.min(5, table.rowCount) }, (_, row) => {
    const cells = table.row(row);
    return [...table.featureNames.map((name) => cells[name]), codes[row]];
  });
  const leak = audit(table).find('label-leak');
  return {
    id: 'encoding',
    title: `Without Class, ${table.labelName} as Normal 0, Type1 1, Type2 −1`,
    shown: textTable(names, head),
    truth: [
      leak
        ? `Dropping it is right: ${leak.explanation}`
        : 'Nothing among the columns that stay gives the label away by itself.',
      'Numbers in a row say that Normal lies between the two types, which no doctor would; and an answer is read as 1 or 0, so that Type2 (−1) can never be right.',
    ].join('\n'),
  };
}

function splitStep(table: Table, seed: number): TutorialStep {
  const parts = split(table, { method: 'random', testShare: 0.2, seed });
  const found = audit(table, { split: parts });
  const said = (['train-test-twins', 'shared-groups'] as const)
    .map((id) => found.find(id)?.explanation)
    .filter((text) => text !== undefined);
  return {
    id: 'split',
    title: 'The split: 80 % to train on, 20 % to test on',
    shown: `training rows  ${parts.train.length}\ntest rows      ${parts.test.length}`,
    truth: said.length > 0 ? said.join('\n') : 'No test row has a twin in the training part.',
  };
}

const networkStep = (table: Table): TutorialStep => {
  const inputs = table.featureNames.length;
  return {
    id: 'network',
    title: 'The network',
    shown: `${networkLines(table.featureNames)}\n\n${summaryLines(inputs)}`,
    truth:
      'One output for three classes. Categorical cross-entropy divides the outputs of a row by their sum: here the one output by itself, which is 1 whatever the weights are.',
  };
};

function trainingStep(result: ArticleResult, log: readonly EpochLog[]): TutorialStep {
  const lines = log.map(
    ({ epoch, loss, accuracy }) =>
      `Epoch ${String(epoch).padStart(3)}/${log.length}  loss: ${loss.toExponential(4)}  accuracy: ${accuracy.toFixed(4)}`,
  );
  return {
    id: 'training',
    title: `Training: ${log.length} epochs, batches of 10, Adam, categorical cross-entropy`,
    shown: lines.join('\n'),
    truth: `The loss is the same in every epoch, so its gradient is 0: the largest change of any weight is ${result.largestWeightChange}.`,
  };
}

const evaluationStep = ({ before, after, reading }: ArticleResult): TutorialStep => ({
  id: 'evaluation',
  title: 'Evaluation',
  shown: [
    `training accuracy  ${countAndPercent(after.train)}`,
    `test accuracy      ${countAndPercent(after.test)}`,
  ].join('\n'),
  truth: `Before the training it was ${percent(before.train.correct / before.train.total)} and ${percent(before.test.correct / before.test.total)}. ${reading}`,
});

export interface StepsOptions extends Watch {
  /** Default: for the tutorial's experiment the one that a search finds, for its claims 1. */
  readonly seed?: number | undefined;
  readonly epochs?: number;
  /** Of the experiments on its claims: seeds, the generated tables, and who trains; see `tutorialClaims`. */
  readonly claims?: Pick<ClaimsOptions, 'seeds' | 'shares' | 'train' | 'onProgress'>;
  /** Called with each step as soon as it is there. */
  readonly onStep?: (step: TutorialStep) => void;
}

export interface TutorialAnswer {
  readonly steps: readonly TutorialStep[];
  readonly article: ArticleResult;
  readonly claims: TutorialClaims;
}

/**
 * Every step of the tutorial on a diabetes table, each beside what is true of it, its experiment, and its claims, each asked of an
 * experiment.
 */
export async function tutorialSteps(table: Table, options: StepsOptions = {}): Promise<TutorialAnswer> {
  const { onStep, claims: asked, ...experiment } = options;
  const steps: TutorialStep[] = [];
  const add = (...made: TutorialStep[]) => {
    for (const step of made) {
      steps.push(step);
      onStep?.(step);
    }
  };
  add(...graphSteps(), tableStep(table), encodingStep(table));
  const log: EpochLog[] = [];
  const article = await articleExperiment(table, { ...experiment, onEpoch: (entry) => log.push(entry) });
  add(
    splitStep(table, article.seed),
    networkStep(table),
    trainingStep(article, log),
    evaluationStep(article),
  );
  const { seed = defaultSeed, epochs, signal } = options;
  const claims = await tutorialClaims(table, { seed, signal, ...(epochs && { epochs }), ...asked });
  add(...claimSteps(claims));
  return { steps, article, claims };
}
