// Cuts a problem into parts for several threads.
import { type Block, blocksOf } from '../plan/blocks.js';
import { type PlannedReplica, type Problem, parametersOf } from '../plan/problem.js';

/** Some of a problem's replicas; the k-th of the part is the one at `indexes[k]` of the whole. */
export interface Part {
  readonly problem: Problem;
  readonly indexes: readonly number[];
}

/** Parts for each thread, so that one that is slow has fewer. */
const PARTS_PER_THREAD = 4;

/** Parts of about as much work, at least one for each thread where there are as many tiles. What comes out does not depend on the cut. */
export function partsOf(problem: Problem, threads: number): Part[] {
  const wanted = threads * PARTS_PER_THREAD;
  const blocks = blocksOf(problem);
  const pieces = (blocks.length < threads ? blocks.flatMap(tilesApart) : blocks).map(replicasOf);
  const total = pieces.reduce((sum, piece) => sum + workOf(piece, problem), 0);
  const parts: PlannedReplica[][] = [[]];
  let taken = 0;
  for (const piece of pieces) {
    const last = parts[parts.length - 1];
    if (last.length > 0 && taken >= (total / wanted) * parts.length) parts.push([...piece]);
    else last.push(...piece);
    taken += workOf(piece, problem);
  }
  return parts.map((replicas) => ({
    problem: { ...problem, replicas: replicas.map((replica, index) => ({ ...replica, index })) },
    indexes: replicas.map(({ index }) => index),
  }));
}

const tilesApart = (block: Block): Block[] => block.tiles.map((tile) => ({ ...block, tiles: [tile] }));

const replicasOf = ({ tiles }: Block): PlannedReplica[] =>
  tiles.flatMap(({ replicas }) => replicas.filter((replica) => replica !== undefined));

/** Products of an epoch. */
const workOf = (replicas: readonly PlannedReplica[], { arms }: Problem): number =>
  replicas.reduce((sum, { arm, rows }) => sum + parametersOf(arms[arm].sizes) * rows.length, 0);
