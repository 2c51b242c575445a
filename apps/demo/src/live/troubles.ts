// Why a network does not learn, said of what is seen, and what to try.
import type { Activation } from '@rectify/core/js';
import type { LiveLayer, Trouble } from './frame.js';
import type { LivePlan } from './plan.js';

/** The function is flat below 0: a unit whose sums are all negative gets no gradient, and stays so. */
export const isFlatBelowZero = (f: Activation): boolean =>
  [-0.01, -1, -100].every((x) => f.derivative(x) === 0);

/** Below this loss there is nothing left to learn, and weights may rest. */
const solved = 1e-6;

export interface Seen {
  readonly plan: LivePlan;
  readonly f: Activation;
  readonly epoch: number;
  readonly layers: readonly LiveLayer[];
  readonly trainLoss: number;
}

export function troublesOf(seen: Seen): Trouble[] {
  const broken = nanTrouble(seen);
  if (broken) return [broken];
  return [...stillTroubles(seen), ...deadTroubles(seen)];
}

function nanTrouble({ plan, layers, epoch, trainLoss }: Seen): Trouble | undefined {
  const isBroken = layers.some(({ units, sums }) =>
    [
      sums.nan > 0,
      units.some(({ bias, weights }) => [bias, ...weights].some((w) => !Number.isFinite(w))),
    ].some(Boolean),
  );
  if (!isBroken && Number.isFinite(trainLoss)) return undefined;
  return {
    kind: 'nan',
    why: `After epoch ${epoch} weights or sums are no numbers any more (NaN or ∞): steps at the rate ${plan.rate} grew until they left what float32 can hold, and no step leads back.`,
    tries: [
      `a rate of a hundredth: ${Number((plan.rate / 100).toPrecision(2))}`,
      ...(plan.options.prepare === 'raw' ? ['standardised features: raw values make large gradients'] : []),
      ...(plan.options.optimizer === 'sgd' ? ['Adam, whose steps do not grow with the gradient'] : []),
      'Reset, to begin again from the same weights',
    ],
  };
}

/** A layer whose weights changed by less than this in an epoch does not move: at 1 a float32 has no smaller step. */
const leastMove = 1e-7;

/** Layers whose weights did not move in the last epoch. */
function stillTroubles({ plan, f, epoch, layers, trainLoss }: Seen): Trouble[] {
  if (epoch === 0 || trainLoss < solved) return [];
  const still = layers.flatMap(({ moved }, i) => (moved !== null && moved < leastMove ? [i] : []));
  if (still.length === 0) return [];
  const names = still.map((i) => nameOf(i, layers.length)).join(' and ');
  const gone = layers.slice(0, -1).findIndex(({ units }) => units.every(({ dead }) => dead));
  if (gone >= 0)
    return [
      {
        kind: 'still',
        why: `The weights of ${names} did not change in epoch ${epoch}: every unit of ${nameOf(gone, layers.length)} is dead. Its sums are below 0 for every training row, where ${f.name} gives 0 with derivative 0, so that no gradient comes through.`,
        tries: remedies(plan, f),
      },
    ];
  if (plan.rate < 1e-7)
    return [
      {
        kind: 'still',
        why: `The weights of ${names} did not change in epoch ${epoch}: steps at the rate ${plan.rate} are less than float32 can add to a weight of 1.`,
        tries: ['the rate 0.001'],
      },
    ];
  return [
    {
      kind: 'still',
      why: `The weights of ${names} did not change in epoch ${epoch}: their gradient is 0 in float32, because the units sit where ${f.name} is flat, or the outputs are sure already.`,
      tries: remedies(plan, f),
    },
  ];
}

function deadTroubles({ plan, f, layers }: Seen): Trouble[] {
  const counts = layers
    .slice(0, -1)
    .map(({ units }) => ({ dead: units.filter(({ dead }) => dead).length, all: units.length }));
  const [dead, all] = [counts.reduce((s, c) => s + c.dead, 0), counts.reduce((s, c) => s + c.all, 0)];
  if (dead === 0 || counts.some((one) => one.dead === one.all)) return [];
  return [
    {
      kind: 'dead',
      why: `${dead} of ${all} hidden units ${dead === 1 ? 'is' : 'are'} dead: below 0 for every one of the ${plan.train.rows} training rows, where ${f.name} is 0 with derivative 0. No gradient reaches ${dead === 1 ? 'it' : 'them'}, and the network learns with what is left.`,
      tries: remedies(plan, f),
    },
  ];
}

const remedies = ({ options }: LivePlan, f: Activation): string[] => [
  ...(isFlatBelowZero(f) ? ['leaky_relu:0.2, which lets a share of the gradient through below 0'] : []),
  ...(options.prepare === 'raw' ? ['standardised features'] : []),
  'another seed, whose weights start elsewhere',
  'a smaller rate: a large step can push a unit below 0 for good',
];

/** `hidden layer 1`, `the outputs`. */
export const nameOf = (layer: number, layers: number): string =>
  layer === layers - 1 ? 'the outputs' : layers === 2 ? 'the hidden layer' : `hidden layer ${layer + 1}`;
