// The network that is watched: one for each worker, trained epoch by epoch until somebody stops it.
import type { Table } from '@rectify/dataset';
import { type ExportedFile, type ExportKind, exported } from '../../live/exports.js';
import type { LiveFrame } from '../../live/frame.js';
import { LiveNetwork } from '../../live/live-network.js';
import type { LiveOptions } from '../../live/options.js';
import { type LivePlan, planLive, sizesOf } from '../../live/plan.js';
import { useReproducibleBackend } from '../../tutorial/backend.js';

/** What does not change while it trains. */
export interface NetworkFacts
  extends Pick<
    LivePlan,
    'task' | 'label' | 'classes' | 'inputs' | 'split' | 'splitReason' | 'shared' | 'warnings' | 'scale'
  > {
  readonly options: LiveOptions;
  readonly sizes: readonly number[];
  readonly trainRows: number;
  readonly testRows: number;
}

export interface Started {
  readonly facts: NetworkFacts;
  readonly frame: LiveFrame;
}

export interface Ran {
  readonly how: 'done' | 'stopped' | 'broken';
  readonly frame: LiveFrame;
}

let network: LiveNetwork | undefined;
/** Counts what was asked for: a run ends when something else is. */
let latest = 0;
/** The epoch that is being trained, where one is: two at once would share an optimiser. */
let busy: Promise<unknown> = Promise.resolve();

/** Least time between two frames, so that a page that draws them has time for its reader. */
const frameEvery = 250;

export async function startNetwork(table: Table, options: LiveOptions): Promise<Started> {
  await stopNetwork();
  await useReproducibleBackend();
  const plan = planLive(table, options);
  network?.dispose();
  network = new LiveNetwork(plan);
  const { task, label, classes, inputs, split, splitReason, shared, warnings, scale } = plan;
  const facts: NetworkFacts = {
    ...{ task, label, classes, inputs, split, splitReason, shared, warnings, scale, options },
    ...{ sizes: sizesOf(plan), trainRows: plan.train.rows, testRows: plan.test.rows },
  };
  return { facts, frame: network.frame() };
}

const held = (): LiveNetwork => {
  if (!network) throw new Error('no network is there');
  return network;
};

/** Trains up to an epoch, from the beginning where `anew`. */
export async function runNetwork(
  upTo: number,
  anew: boolean,
  onFrame: (frame: LiveFrame) => void,
): Promise<Ran> {
  await stopNetwork();
  const mine = latest;
  const own = held();
  if (anew) own.reset();
  let shown = performance.now();
  while (own.epoch < upTo && own.isSound && mine === latest) {
    busy = own.train();
    await busy;
    if (performance.now() - shown > frameEvery) {
      shown = performance.now();
      if (mine === latest) onFrame(own.frame());
    }
    // Messages are heard between two epochs.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return { how: own.isSound ? (own.epoch < upTo ? 'stopped' : 'done') : 'broken', frame: own.frame() };
}

/** Ends what runs, and waits until its epoch is over. */
export async function stopNetwork(): Promise<void> {
  latest++;
  await busy;
}

export async function stepNetwork(): Promise<LiveFrame> {
  await stopNetwork();
  busy = held().train();
  await busy;
  return held().frame();
}

export async function resetNetwork(): Promise<LiveFrame> {
  await stopNetwork();
  held().reset();
  return held().frame();
}

export const exportNetwork = (kind: ExportKind): Promise<ExportedFile[]> => exported(held(), kind);
