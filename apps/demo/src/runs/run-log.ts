import { constants } from 'node:fs';
import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ChunkResult } from '@rectify/experiment';
import { OutputError, reason } from '../command/output.js';
import { removeEmptyFolders } from './empty-folders.js';
import { makeFolders } from './make-folders.js';

/** The runs of a comparison that is under way, in its report folder. */
export const unfinishedRuns = 'runs.partial.jsonl';
/** The runs of a finished one. */
export const finishedRuns = 'runs.jsonl';

/** What all runs of a file have in common: runs of another configuration or table never join them. */
export interface RunsHeader {
  readonly format: 'rectify-runs/1';
  readonly engine: string;
  /** SHA-256 of the table. */
  readonly table: string;
  /** SHA-256 of the configuration, but for the number of seeds. */
  readonly configuration: string;
}

/** Runs that cannot be gone on from: of another table, configuration or version, or no runs at all. */
export class RunsError extends Error {
  override readonly name = 'RunsError';
}

/**
 * Chunks of runs as lines of JSON, appended as they come. Each line is on the disk before the next is written, so that a process that
 * is killed loses the chunk it was at; a last line without its end is what a kill leaves, and is dropped. After a chunk that the disk
 * did not take, none is.
 *
 * Every method rejects with an OutputError where the disk fails.
 */
export class RunLog {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #created: string | undefined;
  #writing: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle, created: string | undefined) {
    this.path = path;
    this.#file = file;
    this.#created = created;
  }

  /**
   * Opens the folder's unfinished runs, or begins them.
   *
   * @returns the log, and the chunks that are in it or, where there is no unfinished log, in the finished one
   * @throws RunsError (as a rejection) where they are of another table, configuration or engine
   */
  static async open(
    folder: string,
    header: RunsHeader,
    { resume }: { resume: boolean },
  ): Promise<{ log: RunLog; done: ChunkResult[] }> {
    const path = join(folder, unfinishedRuns);
    return onDisk(path, () => RunLog.#open(path, folder, header, resume));
  }

  static async #open(path: string, folder: string, header: RunsHeader, resume: boolean) {
    const unfinished = await readRuns(path);
    if (unfinished && !resume) {
      throw new RunsError(
        `${path} holds an unfinished comparison (${unfinished.done.length} chunks): go on from it by --resume ${folder}, or remove it`,
      );
    }
    const finished = resume && !unfinished ? await readRuns(join(folder, finishedRuns)) : undefined;
    const found = unfinished ?? finished;
    if (resume && !found) throw new RunsError(`--resume ${folder}: there are no runs to go on from`);
    if (found) checkSame(folder, found.header, header);
    const created = await makeFolders(folder);
    // Of a writer that was killed before its first line was whole.
    if (!unfinished) await rm(path, { force: true });
    const file = await open(path, unfinished ? goOn : 'ax');
    const log = new RunLog(path, file, created);
    try {
      if (unfinished) await file.truncate(unfinished.bytes);
      else await log.#line(header);
      if (finished) for (const chunk of finished.done) await log.append(chunk);
    } catch (error) {
      await (unfinished ? log.close() : log.remove()).catch(() => {}); // the first failure tells why
      throw error;
    }
    return { log, done: found?.done ?? [] };
  }

  /** Appends a chunk; resolves when it is on the disk. Calls may overlap. */
  append({ key, records, seconds }: ChunkResult): Promise<void> {
    return this.#line({ key, seconds, records });
  }

  #line(data: object): Promise<void> {
    const line = `${JSON.stringify(data)}\n`;
    const write = async () => {
      await this.#file.appendFile(line);
      await this.#file.datasync();
    };
    this.#writing = this.#writing.then(() => onDisk(this.path, write));
    return this.#writing;
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => {}); // whoever appended has heard of it
    await onDisk(this.path, () => this.#file.close());
  }

  /** Closes and removes it: the finished runs have taken its place, or there are none. Folders made for it go if they are empty. */
  async remove(): Promise<void> {
    await this.close();
    await onDisk(this.path, async () => {
      await rm(this.path, { force: true });
      if (this.#created) await removeEmptyFolders(dirname(this.path), this.#created);
    });
  }
}

/** Lines are appended whole, also beside another process that goes on from the same runs; never through a link. */
const goOn = constants.O_RDWR | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

/** What a disk refuses is said in one line. */
async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new OutputError(`${path}: ${reason(error as NodeJS.ErrnoException)}`, { cause: error });
  }
}

/** The finished runs as two files' texts: runs sorted by key, so that the same runs give the same bytes, and how long each took. */
export function finishedTexts(header: RunsHeader, done: readonly ChunkResult[]) {
  const sorted = [...done].sort((a, b) => (a.key < b.key ? -1 : 1));
  const lines = (all: readonly object[]) => all.map((one) => `${JSON.stringify(one)}\n`).join('');
  return {
    [finishedRuns]: lines([header, ...sorted.map(({ key, records }) => ({ key, records }))]),
    'times.jsonl': lines(sorted.map(({ key, seconds }) => ({ key, seconds }))),
  };
}

interface FoundRuns {
  readonly header: RunsHeader;
  readonly done: ChunkResult[];
  /** Bytes of its whole lines. */
  readonly bytes: number;
}

/** The whole lines of a log; undefined where there is none, or nothing whole in it. */
async function readRuns(path: string): Promise<FoundRuns | undefined> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes === undefined) return undefined;
  const end = bytes.lastIndexOf('\n') + 1;
  const lines = bytes.subarray(0, end).toString('utf8').split('\n').slice(0, -1);
  const data = lines.map((line, i) => {
    try {
      return JSON.parse(line);
    } catch (cause) {
      throw new RunsError(`${path}: line ${i + 1} is no JSON`, { cause });
    }
  });
  const [header, ...chunks] = data;
  if (header?.format !== 'rectify-runs/1') {
    if (data.length === 0) return undefined;
    throw new RunsError(`${path}: the first line is not that of a file of runs`);
  }
  const done = new Map<string, ChunkResult>();
  for (const { key, records, seconds = 0 } of chunks) done.set(key, { key, records, seconds });
  return { header, done: [...done.values()], bytes: end };
}

function checkSame(folder: string, found: RunsHeader, wanted: RunsHeader): void {
  const differences: [keyof RunsHeader, string][] = [
    ['engine', 'another version of the engine'],
    ['table', 'another table'],
    ['configuration', 'another configuration'],
  ];
  for (const [key, what] of differences)
    if (found[key] !== wanted[key])
      throw new RunsError(
        `--resume ${folder}: its runs are of ${what} (${found[key].slice(0, 12)}, this one is ${wanted[key].slice(0, 12)})`,
      );
}

/** Whether a folder holds runs that were not finished. */
export const hasUnfinishedRuns = (folder: string): Promise<boolean> =>
  stat(join(folder, unfinishedRuns)).then(
    () => true,
    () => false,
  );
