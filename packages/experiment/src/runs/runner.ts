import type { Chunk, ChunkResult } from './chunk.js';

/** Who runs the chunks: this thread, workers of this machine, or many machines. Results come in any order. */
export interface Runner {
  /**
   * Runs every chunk once and gives each result as soon as it is there.
   *
   * @throws the signal's reason when it is aborted; results that were given stay valid
   */
  run(
    chunks: readonly Chunk[],
    options?: { readonly signal?: AbortSignal | undefined },
  ): AsyncIterable<ChunkResult>;
}
