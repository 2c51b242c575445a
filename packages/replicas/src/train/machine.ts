// The memory with the table in it, and the primitives that work on it.
import { type BlockLayout, blockLayout, type TableLayout, tableLayout } from '../memory/layout.js';
import { type Block, blocksOf } from '../plan/blocks.js';
import type { Problem } from '../plan/problem.js';
import type { Primitives } from '../primitives/primitives.js';

export interface Machine {
  readonly primitives: Primitives;
  readonly floats: Float32Array;
  readonly integers: Int32Array;
  readonly table: TableLayout;
  readonly blocks: readonly { block: Block; layout: BlockLayout }[];
}

/** Makes a buffer of at least so many bytes with primitives on it. Throws RangeError where there is no room for it. */
export type MakePrimitives = (bytes: number) => Primitives;

/** A memory as large as the largest block needs, with the table in it. Throws RangeError where there is no room for it. */
export function createMachine(problem: Problem, make: MakePrimitives): Machine {
  const table = tableLayout(problem);
  const blocks = blocksOf(problem).map((block) => ({
    block,
    layout: blockLayout(problem, block, table.end),
  }));
  const bytes = blocks.reduce((most, { layout }) => Math.max(most, layout.end), table.end);
  const primitives = withRoom(bytes, make);
  const floats = new Float32Array(primitives.buffer);
  const integers = new Int32Array(primitives.buffer);
  const { features, targets } = problem.table;
  floats.set(features, table.features >>> 2);
  // Labels are int32, targets float32.
  (targets instanceof Int32Array ? integers : floats).set(targets, table.targets >>> 2);
  return { primitives, floats, integers, table, blocks };
}

/** The most that a WebAssembly memory holds. */
const MOST_BYTES = 2 ** 32 - 2 ** 16;

function withRoom(bytes: number, make: MakePrimitives): Primitives {
  const message = `out of memory: training needs ${Math.ceil(bytes / 2 ** 20)} MB at once`;
  if (bytes > MOST_BYTES) throw new RangeError(message);
  try {
    return make(bytes);
  } catch (error) {
    if (error instanceof RangeError) throw new RangeError(message, { cause: error });
    throw error;
  }
}
