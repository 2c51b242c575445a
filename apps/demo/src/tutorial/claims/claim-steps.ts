// The claims in words: what was measured, and what follows.
import type { Difference } from '@rectify/experiment';
import { differenceOf, inUnit, percent, verdictWords } from '../../report/format.js';
import { intervalLines } from '../../terminal/intervals.js';
import { textTable } from '../../terminal/table.js';
import type { TutorialStep } from '../step.js';
import type { PreparedPair, TutorialClaims } from './claims.js';
import type { NegativePoint } from './negative-inputs.js';

const inputNames: Record<string, string> = { raw: 'raw', standardised: 'standardised', pca: 'after PCA' };

const pairTable = (pairs: readonly PreparedPair[]): string =>
  textTable(
    ['inputs', 'negative', 'ReLU', 'Leaky ReLU', 'Leaky ReLU minus ReLU, on new rows', 'verdict'],
    pairs.map(({ prepare, negative, relu, leaky, difference }) => [
      inputNames[prepare],
      percent(negative, 0),
      percent(relu, 1),
      percent(leaky, 1),
      differenceOf(difference),
      verdictWords[difference.verdict],
    ]),
  );

const conclusions: Record<Difference['verdict'], string> = {
  better: 'Here Leaky ReLU is better.',
  worse: 'Here Leaky ReLU is worse.',
  equivalent: 'Here the two differ by nothing that matters.',
  'not-shown': 'Here no difference is shown, in either direction.',
};

function lowStep({ pairs, gradients }: TutorialClaims): TutorialStep {
  const [raw, standardised] = pairs;
  const still = gradients.raw === 0 && gradients.standardised === 0;
  return {
    id: 'claim-low',
    title: 'Claim: “the accuracy is low because no input is negative”',
    shown: pairTable([raw, standardised]),
    truth: [
      still
        ? `As written the network learns from no input: its first batch gives every weight a gradient of 0, of raw inputs and of standardised ones alike, of which ${percent(standardised.negative, 0)} are negative.`
        : `As written, the largest gradient of the first batch is ${gradients.raw} with raw inputs and ${gradients.standardised} with standardised ones.`,
      `Mended, with an output for each class, it learns without a negative input: ${percent(raw.relu, 1)} with ReLU and ${percent(raw.leaky, 1)} with Leaky ReLU, on panels that were held out. ${conclusions[raw.difference.verdict]}`,
    ].join('\n'),
  };
}

function pcaStep({ pairs }: TutorialClaims): TutorialStep {
  const [, , pca] = pairs;
  return {
    id: 'claim-pca',
    title: 'Claim: “after PCA Leaky ReLU is better”',
    shown: pairTable([pca]),
    truth: `The PCA is that of the training part, of standardised inputs; ${percent(pca.negative, 0)} of what comes out is negative. ${conclusions[pca.difference.verdict]}`,
  };
}

const list = (points: readonly NegativePoint[]) => points.map(({ share }) => share).join(', ');

function negativesStep({ negatives }: TutorialClaims): TutorialStep {
  const withVerdict = (verdict: Difference['verdict']) =>
    negatives.filter(({ difference }) => difference.verdict === verdict);
  const said = (['better', 'worse', 'equivalent', 'not-shown'] as const).flatMap((verdict) => {
    const points = withVerdict(verdict);
    return points.length > 0 ? [`${verdictWords[verdict]} at ${list(points)}`] : [];
  });
  return {
    id: 'claim-negatives',
    title: 'Claim: “Leaky ReLU is better only where many inputs are negative”',
    shown: intervalLines(
      'share',
      'Leaky ReLU minus ReLU, percentage points of accuracy on new rows, 95 % interval of each',
      negatives.map(({ share, difference: { measure, mean, low, high } }) => ({
        name: share.toFixed(1),
        mean: inUnit(measure, mean ?? Number.NaN),
        low: inUnit(measure, low ?? Number.NaN),
        high: inUnit(measure, high ?? Number.NaN),
      })),
    ),
    truth: [
      `Tables of 500 rows, six inputs that all count for the label, each negative with the probability on the left: ${said.join('; ')}.`,
      'A hidden unit sees w·x + b, and w starts with either sign: inputs that are all negative are to it what inputs that are all positive are.',
    ].join('\n'),
  };
}

/** The claims as steps, each beside what is true of it. */
export const claimSteps = (claims: TutorialClaims): TutorialStep[] => [
  lowStep(claims),
  pcaStep(claims),
  negativesStep(claims),
];
