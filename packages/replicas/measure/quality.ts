// The tables of fixtures/quality.json, and how well others learn them.
import { existsSync, readFileSync } from 'node:fs';

interface Written {
  readonly features?: readonly (readonly number[])[];
  readonly labels?: readonly number[];
  readonly targets?: readonly number[];
  readonly train: readonly number[];
  readonly test: readonly number[];
  readonly hidden: readonly number[];
  readonly activation: 'tanh' | 'relu';
  readonly learningRate: number;
  readonly batchSize: number;
  readonly epochs: number;
  /** Scores on the test rows, seed by seed: accuracy, or R². */
  readonly sklearn: readonly number[];
  readonly tfjs?: readonly number[];
}

export interface QualityTable extends Written {
  readonly features: readonly (readonly number[])[];
}

/** The fixtures of a package's folder. */
export const fixtureOf = (
  root: string,
): { sklearn: string; tfjs?: string; tables: Record<string, Written> } =>
  JSON.parse(readFileSync(`${root}/fixtures/quality.json`, 'utf8'));

/** A table as it is trained on, or undefined for that of diabetes where it is not there. */
export function tableOf(root: string, { features, ...table }: Written): QualityTable | undefined {
  if (features) return { features, ...table };
  const path = `${root}/../../../shared/data/Diabetestype.csv`;
  return existsSync(path) ? { ...table, ...diabetes(readFileSync(path, 'utf8'), table.train) } : undefined;
}

/** Six features, standardised by the training rows; Type as index. Class tells the answer and is no feature. */
function diabetes(text: string, train: readonly number[]): Pick<QualityTable, 'features' | 'labels'> {
  const [names, ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(','));
  const columns = [...names.keys()].filter((i) => names[i] !== 'Class' && names[i] !== 'Type');
  const values = rows.map((row) => columns.map((i) => Number(row[i])));
  const means = columns.map((_, i) => train.reduce((sum, row) => sum + values[row][i] / train.length, 0));
  const deviations = columns.map((_, i) =>
    Math.sqrt(train.reduce((sum, row) => sum + (values[row][i] - means[i]) ** 2 / train.length, 0)),
  );
  const kinds = ['Normal', 'Type1', 'Type2'];
  return {
    features: values.map((row) => row.map((value, i) => (value - means[i]) / deviations[i])),
    labels: rows.map((row) => kinds.indexOf(row[names.indexOf('Type')])),
  };
}

export const classesOf = (labels: readonly number[]): number => Math.max(...labels) + 1;
