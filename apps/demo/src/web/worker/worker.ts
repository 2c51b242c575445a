// The worker that holds one table, reads, audits, compares and trains: the page stays responsive.
import {
  auditAsync,
  type ColumnSummary,
  type Finding,
  type OpenedTable,
  type Row,
  type SkippedChecks,
  summarize,
  type TableSummary,
} from '@rectify/dataset';
import type { DesignOptions, PrepareName } from '@rectify/experiment';
import { expose } from 'comlink';
import type { Request } from '../../comparison/request.js';
import type { ExportedFile, ExportKind } from '../../live/exports.js';
import type { LiveFrame } from '../../live/frame.js';
import type { LiveOptions } from '../../live/options.js';
import type { Report } from '../../report/report.js';
import type { ArticleResult } from '../../tutorial/article.js';
import type { WeightGradient } from '../../tutorial/gradients.js';
import type { Progress } from '../../tutorial/training.js';
import type { VariantOptions, VariantResult } from '../../tutorial/variant.js';
import type { CompareAnswer, PartialAnswer } from './compare.js';
import type { Ran, Started } from './network.js';
import { csvOf, type OpenProgress, openChosen } from './open-table.js';
import { type EncodedRow, encodedRow, type Prepared, preparedOf } from './prepared.js';
import { type Choices, infoOf, type TableInfo } from './table-info.js';
import type { Twins } from './twins.js';

/** Figures of the table and of its columns. */
export interface TableFacts {
  readonly summary: TableSummary;
  readonly columns: readonly ColumnSummary[];
}

export interface AuditAnswer {
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedChecks[];
}

export interface ArticleAnswer {
  readonly article: ArticleResult;
  readonly gradients: readonly WeightGradient[];
}

let opened: OpenedTable | undefined;
let stop = new AbortController();

const held = (): OpenedTable => {
  if (!opened) throw new Error('no table is open');
  return opened;
};

const tfjs = () => import('./tfjs.js');

/** Starts a piece of work that `cancel` stops. */
function cancellable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  stop.abort();
  stop = new AbortController();
  return work(stop.signal);
}

const api = {
  /** Opens a file, or the embedded table; once for each worker. */
  async open(
    source: File | null,
    choices: Choices,
    onProgress: (progress: OpenProgress) => void,
  ): Promise<TableInfo> {
    const chosen = await openChosen(source, choices, onProgress);
    opened = chosen.opened;
    return infoOf(opened, source?.name ?? null, chosen.sha256);
  },
  facts(): TableFacts {
    const { table } = held();
    return { summary: summarize(table), columns: table.describe().columns };
  },
  async audit(onProgress: (done: number) => void): Promise<AuditAnswer> {
    const { findings, skipped } = await auditAsync(held().table, {
      onProgress: ({ done }) => onProgress(done),
    });
    return { findings, skipped };
  },
  /** Rows at these places (the first is 0). */
  rows: (places: readonly number[]): Row[] => held().table.takeRows(places).toRows(),
  /** How the features lie as a network gets them. */
  prepared: (prepare: PrepareName): Prepared => preparedOf(held().table, prepare),
  /** One row before and after. */
  encoded: (row: number, prepare: PrepareName): EncodedRow => encodedRow(held().table, row, prepare),
  /** The twins of a random split. */
  twins: async (seed: number): Promise<Twins> => (await import('./twins.js')).twinsOf(held().table, seed),
  /** The tutorial's experiment, exactly as written. */
  article: (seed: number | undefined, onProgress: (progress: Progress) => void): Promise<ArticleAnswer> =>
    cancellable(async (signal) => {
      const { articleExperiment, asWritten, firstGradients, useReproducibleBackend } = await tfjs();
      await useReproducibleBackend();
      const { table } = held();
      const article = await articleExperiment(table, {
        ...(seed !== undefined && { seed }),
        signal,
        onProgress,
      });
      return { article, gradients: firstGradients(table, asWritten, article.seed) };
    }),
  /** The same with some of its mistakes mended. */
  variant: (
    options: Pick<VariantOptions, 'mends' | 'seed'>,
    onProgress: (progress: Progress) => void,
  ): Promise<VariantResult> =>
    cancellable(async (signal) => {
      const { useReproducibleBackend, variantExperiment } = await tfjs();
      await useReproducibleBackend();
      return variantExperiment(held().table, { ...options, signal, onProgress });
    }),
  /** The network that is watched, with its initial weights. */
  network: async (options: LiveOptions): Promise<Started> =>
    (await tfjs()).startNetwork(held().table, options),
  /** Trains it up to an epoch, from the beginning where `anew`; `stopNetwork` ends it. */
  runNetwork: async (upTo: number, anew: boolean, onFrame: (frame: LiveFrame) => void): Promise<Ran> =>
    (await tfjs()).runNetwork(upTo, anew, onFrame),
  stopNetwork: async (): Promise<void> => (await tfjs()).stopNetwork(),
  stepNetwork: async (): Promise<LiveFrame> => (await tfjs()).stepNetwork(),
  resetNetwork: async (): Promise<LiveFrame> => (await tfjs()).resetNetwork(),
  exportNetwork: async (kind: ExportKind): Promise<ExportedFile[]> => (await tfjs()).exportNetwork(kind),
  /** Every arm on every seed, and what the differences allow one to say. */
  compare: (options: DesignOptions, onPartial: (partial: PartialAnswer) => void): Promise<CompareAnswer> =>
    cancellable(async (signal) => {
      const { compareOn } = await import('./compare.js');
      return compareOn(held().table, options, signal, onPartial);
    }),
  /** The report of the last comparison, as the command writes it; and the table as CSV with its schema. */
  report: (request: Request, onProgress: (text: string, done: number) => void): Promise<Report> =>
    cancellable(async (signal) =>
      (await import('./compare.js')).compareReport(held(), request, signal, onProgress),
    ),
  csv: (): string => csvOf(held().table),
  cancel(): void {
    stop.abort();
  },
};

export type WorkerApi = typeof api;

expose(api);
