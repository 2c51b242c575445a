import {
  diabetesSchema,
  loadTable,
  sampleDiabetes,
  summarize,
  type Table,
  type TableSummary,
} from '@rectify/dataset';
import { expose } from 'comlink';
import { type ArticleResult, articleExperiment } from '../tutorial/article.js';
import { useReproducibleBackend } from '../tutorial/backend.js';
import { type Curves, type MendedResult, mendedExperiment } from '../tutorial/mended.js';
import type { SplitMethod } from '../tutorial/parts.js';
import type { Progress } from '../tutorial/training.js';

/** What the page shows of the table that the worker holds. */
export interface OpenedTable {
  /** A number of its own for each opening, so that the page can tell one table from the next. */
  readonly id: number;
  /** The file's name; null for the embedded table. */
  readonly name: string | null;
  readonly facts: TableSummary;
  readonly columns: readonly string[];
  readonly firstRows: Record<string, number | string | null>[];
}

let table: Table = sampleDiabetes();
let openings = 0;
let stop = new AbortController();
/** Ends the reading of a file when another table is chosen. */
let opening = new AbortController();

function opened(name: string | null): OpenedTable {
  const count = Math.min(6, table.rowCount);
  return {
    id: ++openings,
    name,
    facts: summarize(table),
    columns: table.columnNames,
    firstRows: table.takeRows(Array.from({ length: count }, (_, row) => row)).toRows(),
  };
}

/** Starts a piece of work that `cancel` stops. */
async function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  stop = new AbortController();
  await useReproducibleBackend();
  return work(stop.signal);
}

const api = {
  openEmbedded(): OpenedTable {
    opening.abort();
    table = sampleDiabetes();
    return opened(null);
  },
  /** Reads a file that the user gave; on an error, or when another is chosen meanwhile, the table stays the one it was. */
  async openFile(file: File): Promise<OpenedTable> {
    opening.abort();
    opening = new AbortController();
    const { signal } = opening;
    const loaded = await loadTable(file, { schema: diabetesSchema, name: file.name, signal });
    signal.throwIfAborted();
    table = loaded;
    return opened(file.name);
  },
  train(
    seed: number,
    split: SplitMethod,
    onProgress: (progress: Progress) => void,
    onCurves: (curves: Curves) => void,
  ): Promise<MendedResult> {
    return cancellable((signal) => mendedExperiment(table, { seed, split, signal, onProgress, onCurves }));
  },
  article(onProgress: (progress: Progress) => void): Promise<ArticleResult> {
    return cancellable((signal) => articleExperiment(table, { signal, onProgress }));
  },
  cancel(): void {
    stop.abort();
  },
};

export type WorkerApi = typeof api;

expose(api);
