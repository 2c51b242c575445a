// How replicas are put side by side. A stream is what is read together: a seed's order of a list of rows. Four streams are the lanes
// of a block, which gathers their rows once for all arms; the replicas of one arm in these lanes are a tile. What a replica becomes
// does not depend on any of this.
import { LANES } from '../primitives/primitives.js';
import type { PlannedReplica, Problem } from './problem.js';

export interface Tile {
  readonly arm: number;
  /** The replica of each lane, or undefined for a lane that repeats another. */
  readonly replicas: readonly (PlannedReplica | undefined)[];
  /** A replica for each lane, where there is none of its own that of another lane. */
  readonly lanes: readonly PlannedReplica[];
}

export interface Block {
  /** One replica of each lane's stream, for what all of the stream share: order and rows. */
  readonly streams: readonly PlannedReplica[];
  readonly tiles: readonly Tile[];
}

/** Replicas that share everything but the arm, at most one for each arm. */
type Stream = Map<number, PlannedReplica>;

/** The blocks of a problem. */
export function blocksOf({ replicas }: Pick<Problem, 'replicas'>): Block[] {
  const blocks: Block[] = [];
  for (const streams of alike(streamsOf(replicas))) {
    // Lanes of as many rows have no need to wait for each other, and lanes of the same arms leave none empty.
    streams.sort(
      (a, b) =>
        first(b).rows.length - first(a).rows.length ||
        b.size - a.size ||
        Math.min(...a.keys()) - Math.min(...b.keys()) ||
        first(a).index - first(b).index,
    );
    for (let at = 0; at < streams.length; at += LANES) blocks.push(blockOf(streams.slice(at, at + LANES)));
  }
  return blocks;
}

/** Streams by the arms whose weights decay in them: a step with decay is another than one without, even if it decays by 0. */
function alike(streams: readonly Stream[]): Stream[][] {
  const groups = new Map<string, Stream[]>();
  for (const stream of streams) {
    const decaying = [...stream].filter(([, { weightDecay }]) => weightDecay > 0).map(([arm]) => arm);
    const key = decaying.sort((a, b) => a - b).join();
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(stream);
  }
  return [...groups.values()];
}

const first = (stream: Stream): PlannedReplica => stream.values().next().value as PlannedReplica;

/** Streams in order of their first replica; replicas of one arm with the same seed and rows are in streams apart. */
function streamsOf(replicas: readonly PlannedReplica[]): Stream[] {
  const listIds = new Map<Uint32Array, number>();
  const idOf = (list: Uint32Array): number => {
    const id = listIds.get(list) ?? listIds.size;
    listIds.set(list, id);
    return id;
  };
  const known = new Map<string, Stream[]>();
  for (const replica of replicas) {
    const { orderSeed, rows, testRows, validationRows, predictedRows, arm } = replica;
    const key = [orderSeed, ...[rows, testRows, validationRows, predictedRows].map(idOf)].join();
    const own = known.get(key) ?? [];
    known.set(key, own);
    const free = own.find((stream) => !stream.has(arm));
    if (free) free.set(arm, replica);
    else own.push(new Map([[arm, replica]]));
  }
  return [...known.values()].flat();
}

function blockOf(streams: readonly Stream[]): Block {
  const lanes = Array.from({ length: LANES }, (_, lane) => streams[lane] ?? streams[0]);
  const arms = [...new Set(streams.flatMap((stream) => [...stream.keys()]))].sort((a, b) => a - b);
  return {
    streams: lanes.map(first),
    tiles: arms.map((arm) => {
      const own = Array.from({ length: LANES }, (_, lane) => streams[lane]?.get(arm));
      const some = own.find((replica) => replica !== undefined) as PlannedReplica;
      return { arm, replicas: own, lanes: own.map((replica) => replica ?? some) };
    }),
  };
}
