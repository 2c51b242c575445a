import type { TableSummary } from '@rectify/dataset';
import { measureWords, valueText } from '../report/format.js';
import type { Scores } from './scores.js';

/** What a model is, what it was trained on, and how right it is: what its card says. */
export interface ModelCard {
  /** The arm: activation, parameters, settings. */
  readonly activation: string;
  readonly task: 'classification' | 'regression';
  readonly label: string;
  readonly classes: readonly string[];
  readonly features: readonly string[];
  readonly inputs: number;
  readonly hidden: readonly number[];
  readonly prepare: string;
  readonly epochs: number;
  readonly batch: number;
  readonly optimizer: string;
  readonly learningRate: number;
  readonly seed: number;
  readonly split: string;
  readonly splitReason: string;
  readonly deadUnits: number;
  readonly table: TableSummary & { readonly hash: string };
  readonly scores: { readonly training: Scores; readonly heldOut: Scores; readonly all: Scores };
  /** What the same answer for every held-out row would score: accuracy, or RMSE. */
  readonly always: { readonly answer: string | number; readonly score: number };
  readonly warnings: readonly string[];
}

/** The card as Markdown. */
export function cardText(card: ModelCard): string {
  const { task, classes, hidden, scores, always, table } = card;
  const primary = task === 'classification' ? 'accuracy' : 'rmse';
  const network = hidden.length === 0 ? 'no hidden layer' : `${hidden.join('×')} hidden units`;
  const lines = [
    `# A network that tells ${card.label}`,
    '',
    `- activation: ${card.activation}`,
    `- network: ${card.inputs} inputs, ${network}, ${task === 'classification' ? `softmax over ${classes.length} classes` : 'one linear output'}`,
    `- learned from: ${card.features.join(', ')} (${card.prepare})`,
    ...(classes.length > 0 ? [`- classes: ${classes.join(', ')}`] : []),
    `- training: ${card.epochs} epochs, batches of ${card.batch}, ${card.optimizer}, learning rate ${card.learningRate}, seed ${card.seed}`,
    `- table: ${table.rows} rows, SHA-256 ${table.hash}`,
    `- held out: ${card.split}. ${card.splitReason}`,
    `- hidden units that no training row activates: ${card.deadUnits} of ${hidden.reduce((sum, n) => sum + n, 0)}`,
    '',
    '## How right it is',
    '',
    `- training rows: ${scoresText(scores.training)}`,
    `- held-out rows: ${scoresText(scores.heldOut)}`,
    `- all rows: ${scoresText(scores.all)}`,
    `- the answer "${typeof always.answer === 'number' ? +always.answer.toPrecision(6) : always.answer}" for every held-out row: ${measureWords(primary).title} ${valueText(primary, always.score)}`,
    '',
    'One seed of one network: `rectify compare` says which activation suits this table, with intervals.',
    ...(card.warnings.length > 0 ? ['', '## Take care', '', ...card.warnings.map((one) => `- ${one}`)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** "accuracy 96.7 %, log loss 0.1234 nats, of 150 rows" */
export function scoresText({ rows, ...scores }: Scores): string {
  const shown = Object.entries(scores).map(
    ([name, value]) => `${measureWords(name).title} ${valueText(name, value)}`,
  );
  return `${shown.join(', ')}, of ${rows} ${rows === 1 ? 'row' : 'rows'}`;
}
