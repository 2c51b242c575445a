// `pnpm bench:replicas [--json] [--quick]`: how long training takes, beside what others take for the same work.
import { cpus } from 'node:os';
import { leakyRelu, relu } from '@rectify/core/js';
import { type TrainOptions, trainSync } from '../src/index.js';
import { createWorkers } from '../src/workers.js';
import { inChromium } from './chromium.js';
import { floorOf, tilesOf } from './floor.js';
import { described, type Seconds, timed } from './measure.js';
import { type Peer, pythonPeers, tfjsFit } from './peers.js';
import { vectorRatios } from './vectors.js';
import { work } from './work.js';

interface Case {
  name: string;
  trainings?: number;
  steps?: number;
  hash?: string;
  ours?: Partial<Seconds> | undefined;
  js?: Seconds;
  peers?: Record<string, Peer>;
  [more: string]: unknown;
}

const given = process.argv.slice(2);
const unknown = given.filter((argument) => !['--json', '--quick'].includes(argument));
if (unknown.length > 0)
  throw new Error(`there is no option ${unknown.join(', ')}; there are --json and --quick`);
const [json, quick] = ['--json', '--quick'].map((option) => given.includes(option));
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const cases: Case[] = [];

/** Measures a case once warm, and says so. */
async function add(
  name: string,
  options: TrainOptions,
  runs = 1,
  more: () => object | Promise<object> = () => ({}),
): Promise<Case> {
  const { seconds, last } = await timed(runs, () => trainSync(options));
  const own: Case = { name, ...described(last), ours: seconds, ...(await more()) };
  cases.push(own);
  const others = Object.entries({ js: own.js, floor: own.floor, ...own.peers } as Record<
    string,
    { cpu?: number; seconds?: number } | undefined
  >);
  const told = others.flatMap(([peer, of]) => (of ? [`${peer} ${(of.cpu ?? of.seconds)?.toFixed(2)}`] : []));
  say(`${name}: ${seconds.cpu.toFixed(2)} s CPU, ${seconds.wall.toFixed(2)} s ${told.join(', ')}`);
  return own;
}

async function peersOf(trainings: number, units: number, withTfjs: boolean): Promise<object> {
  if (quick) return {};
  const { missing, ...peers } = pythonPeers(trainings, units);
  const fit = withTfjs ? { tfjsFit: await tfjsFit(trainings, units) } : {};
  return { peers: { ...fit, ...peers }, ...(missing.length > 0 && { missing }) };
}

trainSync({ ...work(4), epochs: 20 }); // warms the engine's compilers
trainSync({ ...work(30), epochs: 5 });

await add('diabetes240', work(30), 5, async () => ({
  js: (await timed(1, () => trainSync({ ...work(30), runner: 'js' }))).seconds,
  floor: floorOf(tilesOf(30), 3),
  ...(await peersOf(240, 3, true)),
}));
const chromium = await inChromium();
cases.push({ name: 'diabetes240 in Chromium', ...chromium });
say(`diabetes240 in Chromium: ${JSON.stringify(chromium)}`);

for (const [networks, runs] of [
  [24, 3],
  [2400, 1],
  [10_000, 1],
] as const)
  await add(`replicas${networks}`, work(networks / 8), runs);
for (const units of [16, 64, 256])
  await add(`units${units}`, work(30, units), 1, () => peersOf(240, units, false));

// Two warm workers beside one.
{
  const options = work(300);
  const measure = async (threads: number): Promise<Seconds> => {
    const workers = createWorkers({ threads });
    await workers.train({ ...options, epochs: 2 });
    const { seconds } = await timed(1, () => workers.train(options));
    await workers.close();
    return seconds;
  };
  const [one, two] = [await measure(1), await measure(2)];
  cases.push({ name: 'workers', trainings: 2400, ours: two, one, ratio: one.wall / two.wall });
  say(`2 workers: ${(one.wall / two.wall).toFixed(2)} times as fast as one`);
}

// Units that are dead from the start have no gradient: their moments must not end as subnormals.
{
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
  const alive = await timed(3, () => trainSync(withBias(0)));
  const dead = await add('dead units', withBias(-1000), 3);
  dead.alive = alive.seconds;
  dead.ratio = (dead.ours?.cpu ?? Number.NaN) / alive.seconds.cpu;
  if (!((dead.ratio as number) < 3)) throw new Error(`dead units take ${dead.ratio} times as long`);
}

// What each further output costs.
{
  const options = work(30);
  const bare = await timed(3, () => trainSync(options));
  const costs: Record<string, number> = {};
  for (const [name, outputs] of Object.entries({
    history: { history: true },
    predictions: { predictions: 'test' },
    gradientNorm: { gradientNorm: true },
    units: { units: true },
    state: { state: true },
  } as const))
    costs[name] = (await timed(3, () => trainSync({ ...options, outputs }))).seconds.cpu - bare.seconds.cpu;
  cases.push({ name: 'outputs', ours: bare.seconds, costs });
  say(`outputs, in further seconds: ${JSON.stringify(costs)}`);
}

cases.push({ name: 'vectors', ratios: vectorRatios() });

// One arm alone has rows to itself.
await add('one arm', {
  ...work(240),
  arms: [{ hidden: [{ units: 3, activation: leakyRelu({ negativeSlope: 0.05 }) }] }],
});

const [{ model = 'unknown' } = {}] = cpus();
const machine = {
  cpu: model,
  cores: cpus().length,
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
};
const result = { machine, cases };
process.stdout.write(`${json ? JSON.stringify(result) : JSON.stringify(result, undefined, 2)}\n`);
