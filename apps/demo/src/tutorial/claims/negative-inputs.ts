// "Leaky ReLU is better only where many inputs are negative", on tables made for the question.
import { type Column, type ColumnSchema, Table } from '@rectify/dataset';
import { compare, type Difference, type Train } from '@rectify/experiment';
import { streamSeed } from '../seeds.js';

/** Weight of each input in what the label follows. */
const relevance = [1, -0.8, 0.6, -0.4, 0.9, -0.7];
const rows = 500;
/** Labels that are turned over, so that no network can be right everywhere. */
const noise = 0.1;

/**
 * A table of six inputs and two classes. Each input is negative with the probability `share`, its size between 0.1 and 2 either way; the
 * label says whether a weighted sum of all of them is above its median, but for one row in ten.
 */
export function tableOfNegatives(share: number, seed: number): Table {
  let drawn = 0;
  const uniform = () => (streamSeed(seed, drawn++) + 0.5) / 2 ** 32;
  const inputs = Array.from({ length: rows }, () =>
    relevance.map(() => (uniform() < share ? -1 : 1) * (0.1 + 1.9 * uniform())),
  );
  const sums = inputs.map((row) => row.reduce((sum, x, j) => sum + relevance[j] * x, 0));
  const middle = [...sums].sort((a, b) => a - b)[rows >> 1];
  const names = relevance.map((_, j) => `x${j + 1}`);
  const columns: Column[] = names.map((_, j) => ({
    kind: 'number',
    values: Float64Array.from(inputs, (row) => row[j]),
  }));
  const schema: ColumnSchema[] = names.map((name) => ({ name, kind: 'number', role: 'feature' }));
  return new Table(
    { columns: [...schema, { name: 'class', kind: 'category', role: 'label' }] },
    [
      ...columns,
      {
        kind: 'category',
        codes: Int32Array.from(sums, (sum) => Number(sum > middle !== uniform() < noise)),
        levels: ['low', 'high'],
      },
    ],
    rows,
  );
}

/** Leaky ReLU minus ReLU in accuracy on new rows, where this share of the inputs is negative. */
export interface NegativePoint {
  readonly share: number;
  readonly difference: Difference;
  /** Of ReLU. */
  readonly accuracy: number;
}

export interface NegativesOptions {
  readonly seed: number;
  /** Default 0, 0.1, … 1. */
  readonly shares?: readonly number[];
  /** Default 32. */
  readonly seeds?: number;
  readonly epochs?: number;
  readonly train?: Train | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onShare?: (done: number, total: number) => void;
}

/** The comparison on one table for each share; the inputs go in as they are. Every interval is of 95 % by itself. */
export async function negativeInputs(options: NegativesOptions): Promise<NegativePoint[]> {
  const { seed, seeds = 32, epochs = 60, train, signal, onShare } = options;
  const shares = options.shares ?? Array.from({ length: 11 }, (_, i) => i / 10);
  const points: NegativePoint[] = [];
  for (const [i, share] of shares.entries()) {
    const { arms, differences } = await compare(tableOfNegatives(share, seed), {
      ...{ arms: ['relu', 'leaky_relu:0.05'], prepare: 'raw', seeds, seed, epochs },
      ...(train && { train }),
      ...(signal && { signal }),
    });
    const difference = differences.find(
      ({ measure, estimand }) => measure === 'accuracy' && estimand === 'source',
    ) as Difference;
    points.push({ share, difference, accuracy: arms[0].measures.accuracy.mean ?? Number.NaN });
    onShare?.(i + 1, shares.length);
  }
  return points;
}
