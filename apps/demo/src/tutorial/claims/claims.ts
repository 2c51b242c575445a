// What the tutorial claims beyond its figures, each asked of an experiment.
import { negativeShares, type Table } from '@rectify/dataset';
import { type Comparison, compare, type Difference, type PrepareName, type Train } from '@rectify/experiment';
import { asWritten, firstGradients } from '../variant.js';
import { type NegativePoint, negativeInputs } from './negative-inputs.js';

/** ReLU and Leaky ReLU 0.05 in the mended network, its inputs prepared in one way. */
export interface PreparedPair {
  readonly prepare: PrepareName;
  /** Share of negative inputs. */
  readonly negative: number;
  readonly relu: number;
  readonly leaky: number;
  /** Leaky ReLU minus ReLU in accuracy on new rows. */
  readonly difference: Difference;
}

export interface TutorialClaims {
  /** The pairs on raw, standardised and PCA inputs. */
  readonly pairs: readonly PreparedPair[];
  /** Greatest |∂loss/∂w| of the network as written, over its first batch, of raw and of standardised inputs. */
  readonly gradients: { readonly raw: number; readonly standardised: number };
  readonly negatives: readonly NegativePoint[];
}

export interface ClaimsOptions {
  readonly seed: number;
  /** Default 32. */
  readonly seeds?: number;
  /** Default 100, as in the tutorial. */
  readonly epochs?: number;
  /** Shares of negative inputs of the generated tables; default 0, 0.1, … 1. */
  readonly shares?: readonly number[];
  readonly train?: Train | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (task: string, share: number) => void;
}

const prepares = ['raw', 'standardised', 'pca'] as const;

/** @throws RangeError or TypeError where the table is none that can be compared on */
export async function tutorialClaims(table: Table, options: ClaimsOptions): Promise<TutorialClaims> {
  const { seed, seeds = 32, epochs = 100, shares, train, signal, onProgress } = options;
  const negative = shareOf(table);
  const pairs: PreparedPair[] = [];
  for (const [i, prepare] of prepares.entries()) {
    onProgress?.('ReLU and Leaky ReLU on raw, standardised and PCA inputs', i / prepares.length);
    const comparison = await compare(table, {
      ...{ arms: ['relu', 'leaky_relu:0.05'], prepare, seeds, seed, epochs },
      ...(train && { train }),
      ...(signal && { signal }),
    });
    pairs.push({ prepare, negative: negative[prepare], ...pairOf(comparison) });
  }
  const gradientOf = (scaling: boolean) =>
    Math.max(...firstGradients(table, { ...asWritten, scaling }, seed).map(({ largest }) => largest));
  return {
    pairs,
    gradients: { raw: gradientOf(false), standardised: gradientOf(true) },
    negatives: await negativeInputs({
      ...{ seed, seeds, train, signal },
      ...(shares && { shares }),
      onShare: (done, total) => onProgress?.('generated tables with negative inputs', done / total),
    }),
  };
}

function pairOf({
  arms: [relu, leaky],
  differences,
}: Comparison): Omit<PreparedPair, 'prepare' | 'negative'> {
  const mean = ({ measures }: Comparison['arms'][number]) => measures.accuracy.mean ?? Number.NaN;
  return {
    relu: mean(relu),
    leaky: mean(leaky),
    difference: differences.find(
      ({ measure, estimand }) => measure === 'accuracy' && estimand === 'source',
    ) as Difference,
  };
}

function shareOf(table: Table): Record<(typeof prepares)[number], number> {
  const { features, components } = negativeShares(table);
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  return {
    raw: mean(features.map(({ raw }) => raw)),
    standardised: mean(features.map(({ standardised }) => standardised)),
    pca: mean(components),
  };
}
