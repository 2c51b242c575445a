// What is measured, case by case.
import { createHash } from 'node:crypto';
import { leakyRelu, relu } from '@rectify/core/js';
import { type TrainOptions, trainSync } from '../src/index.js';
import { createWorkers } from '../src/workers.js';
import { inChromium } from './chromium.js';
import { floorOf, KERNELS, KERNELS_ALIKE, tilesOf } from './floor.js';
import { described, type Seconds, timed } from './measure.js';
import { heldBy } from './memory.js';
import { pythonPeers, tfjsBatched, tfjsFit } from './peers.js';
import { MOST_EPOCHS, stoppingWork, tileEpochs } from './stopping.js';
import { vectorRatios } from './vectors.js';
import { BATCH, stepsOfTraining, work, workAlike } from './work.js';

interface Given {
  /** Whether peers are left out. */
  readonly quick: boolean;
}

/** Seconds, and with `failure` what is not as it must be. */
export type Case = (given: Given) => Promise<object>;

/** Measures a training once warm. */
async function ours(options: TrainOptions, runs = 1) {
  const { seconds, last } = await timed(runs, () => trainSync(options));
  return { ...described(last), ours: seconds };
}

/** Of seeds × eight arms, four seeds a tile. */
const millisecondsATile = (seeds: number, { cpu }: Seconds): number => (1000 * cpu) / tilesOf(seeds);

/** What others take, by the name of each; `missing` names those that are not there. */
async function peersOf(trainings: number, units: number, withTfjs = false): Promise<object> {
  const { missing, ...python } = pythonPeers(trainings, units);
  const tfjs = withTfjs && {
    tfjsFit: await tfjsFit(trainings, units),
    tfjsBatched: await tfjsBatched(trainings, units),
  };
  return { peers: { ...tfjs, ...python }, ...(missing.length > 0 && { missing }) };
}

/** How far seconds of this work are from the arithmetic alone. */
function aboveTheFloor({ cpu }: Seconds, seeds: number, units: number, kernels: readonly string[]) {
  const floor = floorOf(tilesOf(seeds), units, kernels);
  return { floor, timesTheFloor: cpu / floor.seconds };
}

/** What the peers do as well: one activation, Leaky ReLU, in all eight arms. */
async function alike(seeds: number, units: number, runs: number): Promise<object> {
  const own = await ours(workAlike(seeds, units), runs);
  return { alike: { ours: own.ours, ...aboveTheFloor(own.ours, seeds, units, KERNELS_ALIKE) } };
}

const sized =
  (seeds: number, units: number, runs = 1): Case =>
  async ({ quick }) => {
    const own = await ours(work(seeds, units), runs);
    return {
      ...own,
      millisecondsATile: millisecondsATile(seeds, own.ours),
      ...aboveTheFloor(own.ours, seeds, units, KERNELS),
      ...(await alike(seeds, units, runs)),
      ...(!quick && (await peersOf(8 * seeds, units))),
    };
  };

const diabetes240: Case = async ({ quick }) => {
  const own = await ours(work(30), 7);
  return {
    ...own,
    js: (await timed(1, () => trainSync({ ...work(30), runner: 'js' }))).seconds,
    millisecondsATile: millisecondsATile(30, own.ours),
    ...aboveTheFloor(own.ours, 30, 3, KERNELS),
    ...(await alike(30, 3, 7)),
    ...(!quick && (await peersOf(240, 3, true))),
  };
};

const chromium: Case = async () => {
  const node = await ours(work(30), 5);
  const page = await inChromium<{ wall: number; weights: number[] }>('page.ts');
  if ('skipped' in page) return { missing: page.skipped };
  const { wall, weights } = page.measured;
  const hash = createHash('sha256').update(Uint8Array.from(weights)).digest('hex');
  return {
    trainings: node.trainings,
    steps: node.steps,
    ...{ ours: { wall }, hash, node: node.ours, ratio: wall / node.ours.wall },
    ...(hash !== node.hash && { failure: 'Chromium makes other weights than Node' }),
  };
};

/** The longest task of a page's main thread while `train` works on it, and how late the page's own timers come. */
const responsive: Case = async () => {
  const page = await inChromium<{ tasks: number[]; late: number; wall: number }>('responsive-page.ts');
  if ('skipped' in page) return { missing: page.skipped };
  const { tasks, late, wall } = page.measured;
  const longest = Math.max(0, ...tasks);
  return {
    ...{ trainings: 240, steps: 240 * stepsOfTraining, ours: { wall } },
    ...{ tasksOver50Ms: tasks.length, longestTimerMs: late },
    ...(tasks.length > 0 && { failure: `the page was blocked for ${longest} ms` }),
  };
};

/**
 * Bytes that 10,000 trained networks hold beyond their weights and test losses: 60 a network for its arm, seed, losses and epochs, and
 * what of the engine's own stays. How long they were trained does not matter.
 */
const memory: Case = async () => {
  const options = { ...work(1250), epochs: 1 };
  trainSync(options); // what the engine compiles is none of theirs
  const { held, bytes, seconds } = await heldBy(() => timed(1, () => trainSync(options)));
  const { weights, testLosses } = held.columns;
  const beyond = bytes - weights.values.byteLength - testLosses.values.byteLength;
  return {
    trainings: held.length,
    steps: (held.length * stepsOfTraining) / 100,
    hash: described(held).hash,
    ours: seconds,
    bytesOfWeightsEach: weights.values.byteLength / held.length,
    bytesOfTestLossesEach: testLosses.values.byteLength / held.length,
    bytesHeld: bytes,
    bytesBeyond: beyond,
    ...(beyond > 2 ** 20 && { failure: `results hold ${beyond} bytes beyond weights and test losses` }),
  };
};

/** Two warm workers beside one. */
const workers: Case = async () => {
  const options = work(300);
  const measure = async (threads: number) => {
    const pool = createWorkers({ threads });
    await pool.train({ ...options, epochs: 4 });
    const { seconds, last } = await timed(1, () => pool.train(options));
    await pool.close();
    return { ...described(last), ours: seconds };
  };
  const [one, two] = [await measure(1), await measure(2)];
  return { ...two, one: one.ours, ratio: one.ours.wall / two.ours.wall };
};

/** Seconds with early stopping and without it, and the epochs that tiles worked. */
const earlyStopping: Case = async () => {
  const { earlyStopping: _, ...whole } = stoppingWork(32, 16);
  const { seconds, last } = await timed(1, () => trainSync(stoppingWork(32, 16)));
  const { columns, length } = last;
  const epochs = columns.stoppedAt.reduce((sum, own) => sum + (own < 0 ? MOST_EPOCHS : own), 0);
  return {
    trainings: length,
    steps: epochs * Math.ceil((whole.rows?.length ?? 0) / BATCH),
    hash: described(last).hash,
    ours: seconds,
    without: (await ours(whole as TrainOptions)).ours,
    tileEpochs: tileEpochs(columns.stoppedAt, whole.arms?.length ?? 1),
  };
};

/** Units that are dead from the start have no gradient: their moments must not end as subnormals. */
const deadUnits: Case = async () => {
  const { hidden: _, arms: __, ...rest } = work(4);
  const withBias = (bias: number) =>
    ({
      ...rest,
      seeds: undefined,
      hidden: [{ units: 3, activation: relu() }],
      replicas: Array.from({ length: 32 }, (_one, seed) => ({
        seed,
        weights: [
          { kernel: Array.from({ length: 18 }, (_w, i) => Math.sin(seed + i)), bias: [bias, bias, bias] },
          { kernel: Array.from({ length: 9 }, (_w, i) => Math.cos(seed + i)), bias: [0, 0, 0] },
        ],
      })),
    }) as unknown as TrainOptions;
  const alive = await ours(withBias(0), 3);
  const dead = await ours(withBias(-1000), 3);
  const ratio = dead.ours.cpu / alive.ours.cpu;
  return {
    ...dead,
    alive: alive.ours,
    ratio,
    ...(!(ratio < 3) && { failure: `dead units take ${ratio.toFixed(1)} times as long as others` }),
  };
};

/** What each further output costs, in seconds of CPU time. */
const outputs: Case = async () => {
  const options = work(30);
  const bare = await ours(options, 3);
  const costs: Record<string, number> = {};
  for (const [name, asked] of Object.entries({
    history: { history: true },
    predictions: { predictions: 'test' },
    gradientNorm: { gradientNorm: true },
    units: { units: true },
    state: { state: true },
  } as const)) {
    const more: Seconds = (await ours({ ...options, outputs: asked }, 3)).ours;
    costs[name] = more.cpu - bare.ours.cpu;
  }
  return { ...bare, costs };
};

/** One arm alone has rows to itself. */
const oneArm: Case = () =>
  ours({
    ...work(240),
    arms: [{ hidden: [{ units: 3, activation: leakyRelu({ negativeSlope: 0.05 }) }] }],
  });

export const cases: Readonly<Record<string, Case>> = {
  diabetes240,
  'diabetes240 in Chromium': chromium,
  responsive,
  replicas24: sized(3, 3, 5),
  replicas2400: sized(300, 3),
  replicas10000: async () => {
    const own = await ours(work(1250));
    return { ...own, millisecondsATile: millisecondsATile(1250, own.ours) };
  },
  units16: sized(30, 16),
  units64: sized(30, 64),
  units256: sized(30, 256),
  memory,
  workers,
  'dead units': deadUnits,
  'early stopping': earlyStopping,
  outputs,
  vectors: async () => vectorRatios(),
  'one arm': oneArm,
};
