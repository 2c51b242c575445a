// Where everything lies: the table once, and behind it what one block needs; blocks come one after the other in the same place.
import type { Block, Tile } from '../plan/blocks.js';
import { type Problem, parametersOf, stepsOf } from '../plan/problem.js';
import { SCALARS } from '../primitives/primitives.js';
import { Arena, paddedVectors } from './arena.js';

export interface TableLayout {
  readonly features: number;
  readonly targets: number;
  readonly end: number;
}

/** One dense layer of a tile. */
export interface LayerLayout {
  readonly inputs: number;
  readonly units: number;
  /** Kernel and bias, and their gradient. */
  readonly weights: number;
  readonly gradient: number;
  /** Vectors from one row of the layer's inputs to the next, and of z, a and dz. */
  readonly inputStride: number;
  readonly stride: number;
  /** Before and after the function, and the loss's gradient for what is before it: of a hidden layer in the place of z. */
  readonly z: number;
  readonly a: number;
  readonly dz: number;
}

export interface TileLayout {
  readonly tile: Tile;
  /** Vectors in `weights`, and in each of those that follow. */
  readonly count: number;
  /** Vectors from the first weight to the last second moment: the three lie one behind the other. */
  readonly whole: number;
  readonly weights: number;
  readonly gradient: number;
  readonly first: number;
  readonly second: number;
  /** Weights, first and second of lanes that sit a step out, where lanes have different numbers of steps. */
  readonly kept: number;
  readonly layers: readonly LayerLayout[];
}

export interface BlockLayout {
  /** Row numbers of an epoch, four a row. */
  readonly order: number;
  /** What each row's loss counts for the gradient. */
  readonly scale: number;
  /** Rows that are gathered: features, and labels or targets. */
  readonly x: number;
  readonly y: number;
  /** Each row's loss and score. */
  readonly losses: number;
  readonly scores: number;
  /** The optimiser's scalars of a chunk's steps. */
  readonly scalars: number;
  /** A mask of lanes. */
  readonly mask: number;
  readonly tiles: readonly TileLayout[];
  /** Steps whose rows are gathered together. */
  readonly chunkSteps: number;
  /** Whether even one step is so long that others are let in after each layer. */
  readonly pieces: boolean;
  /** Rows that are evaluated together. */
  readonly evaluated: number;
  readonly end: number;
}

/** Gathered rows of a chunk stay in the second cache, and so do rows that are evaluated together, with what is between their layers. */
const CHUNK_BYTES = 2 ** 17;
/** Products of a chunk and a tile, in vectors: at most some milliseconds, so that a page stays alive. */
const CHUNK_PRODUCTS = 2 ** 19;
const FEWEST_EVALUATED_ROWS = 32;
/** No power of two, so that buffers of so many rows do not begin in the same sets of the first cache. */
const MOST_EVALUATED_ROWS = 200;

export function tableLayout({ table: { features, targets } }: Problem): TableLayout {
  const arena = new Arena(0);
  return {
    features: arena.bytes(4 * features.length),
    targets: arena.bytes(4 * targets.length),
    end: arena.end,
  };
}

/** Numbers that a row's label or targets take. */
export const targetColumns = ({ output: { activation, units } }: Problem): number =>
  activation === 'softmax' ? 1 : units;

export function blockLayout(problem: Problem, block: Block, start: number): BlockLayout {
  const { batchSize, table, arms } = problem;
  const columns = table.columns + targetColumns(problem);
  const evaluated = evaluatedRows(problem, block, columns);
  const together = Math.max(batchSize, evaluated);
  const largest = Math.max(...block.tiles.map(({ arm }) => parametersOf(arms[arm].sizes)));
  const steps = Math.max(...block.streams.map(({ rows }) => stepsOf(rows.length, batchSize)));
  const chunkSteps = Math.max(
    1,
    Math.min(
      steps,
      Math.floor(CHUNK_BYTES / (16 * batchSize * columns)),
      Math.floor(CHUNK_PRODUCTS / (3 * batchSize * largest)),
    ),
  );
  const gathered = Math.max(chunkSteps * batchSize, together);
  const listed = Math.max(
    steps * batchSize,
    ...block.streams.flatMap(({ testRows, validationRows, predictedRows }) =>
      [testRows, validationRows, predictedRows].map(({ length }) => length),
    ),
  );
  const arena = new Arena(start);
  const shared = {
    order: arena.vectors(listed),
    scale: arena.vectors(listed),
    x: arena.vectors(gathered * table.columns),
    y: arena.vectors(gathered * targetColumns(problem)),
    losses: arena.vectors(evaluated),
    scores: arena.vectors(evaluated),
    scalars: arena.vectors(SCALARS * chunkSteps),
    mask: arena.vectors(1),
  };
  const uneven = new Set(block.streams.map(({ rows }) => stepsOf(rows.length, batchSize))).size > 1;
  const states = block.tiles.map((tile) =>
    stateLayout(tile, parametersOf(arms[tile.arm].sizes), uneven, arena),
  );
  // Only one tile is worked on at a time: what is between its layers lies where that of the others did.
  const ends: number[] = [];
  const tiles = states.map((state) => {
    const own = new Arena(arena.end);
    const layers = layersLayout(arms[state.tile.arm].sizes, state, own, together);
    ends.push(own.end);
    return { ...state, layers };
  });
  const pieces = 3 * batchSize * largest > CHUNK_PRODUCTS;
  return { ...shared, tiles, chunkSteps, pieces, evaluated, end: Math.max(...ends) };
}

/** The more rows at once, the fewer calls: of small networks those take longer than the rows. */
function evaluatedRows({ arms }: Problem, { tiles }: Block, columns: number): number {
  const widest = Math.max(...tiles.map(({ arm }) => arms[arm].sizes.reduce((sum, size) => sum + size)));
  const rows = Math.floor(CHUNK_BYTES / (16 * (columns + 2 * widest)));
  return Math.max(FEWEST_EVALUATED_ROWS, Math.min(rows, MOST_EVALUATED_ROWS));
}

/**
 * Vectors from one row of a hidden layer to the next: rows of 2 or 4 KB would put a unit of all rows into one or two sets of the first
 * cache, which do not hold them. A line of 64 bytes more is enough (measured at 256 units: `backwardWeights` takes a third less).
 */
const strideOf = (units: number): number => (units % 128 === 0 ? units + 4 : units);

function stateLayout(tile: Tile, count: number, uneven: boolean, arena: Arena): Omit<TileLayout, 'layers'> {
  const whole = 3 * paddedVectors(count);
  return {
    tile,
    count,
    whole,
    weights: arena.vectors(count),
    first: arena.vectors(count),
    second: arena.vectors(count),
    gradient: arena.vectors(count),
    kept: arena.vectors(uneven ? whole : 0),
  };
}

function layersLayout(
  sizes: readonly number[],
  { weights, gradient }: Omit<TileLayout, 'layers'>,
  arena: Arena,
  rows: number,
): LayerLayout[] {
  const strides = sizes.map((size, i) => (i > 0 && i < sizes.length - 1 ? strideOf(size) : size));
  let at = 0;
  return sizes.slice(1).map((units, layer) => {
    const inputs = sizes[layer];
    const stride = strides[layer + 1];
    const z = arena.vectors(rows * stride);
    const own = {
      inputs,
      units,
      inputStride: strides[layer],
      stride,
      weights: weights + 16 * at,
      gradient: gradient + 16 * at,
      z,
      a: arena.vectors(rows * stride),
      dz: layer < sizes.length - 2 ? z : arena.vectors(rows * stride),
    };
    at += (inputs + 1) * units;
    return own;
  });
}
