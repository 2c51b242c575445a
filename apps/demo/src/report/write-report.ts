import { createHash, randomUUID } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChunkResult } from '@rectify/experiment';
import { OutputError, reason } from '../command/output.js';
import { removeEmptyFolders } from '../runs/empty-folders.js';
import { makeFolders } from '../runs/make-folders.js';
import { finishedTexts, type RunsHeader } from '../runs/run-log.js';
import { runsCsv } from '../runs/runs-csv.js';
import type { Report } from './report.js';
import { reportPage } from './report-page.js';
import { writeFilesTogether } from './write-files.js';

const fileNames = ['report.json', 'report.html'] as const;

/** A folder that cannot be used, found out before any work is done. */
export class ReportFolderError extends Error {
  override readonly name = 'ReportFolderError';
}

export const checkReportFolder = (folder: string): Promise<void> =>
  checkFolder('--report', folder, fileNames);

/** Makes sure, before minutes of work, that the folder can be made and takes these files; leaves no trace. */
export async function checkFolder(option: string, folder: string, names: readonly string[]): Promise<void> {
  let created: string | undefined;
  try {
    created = await makeFolders(folder);
    const probe = join(folder, `.${randomUUID()}.probe`);
    await (await open(probe, 'wx')).close();
    await rm(probe);
    for (const name of names)
      if (await isFolder(join(folder, name))) throw new Error(`${name} there is a folder`);
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException;
    const said = `${option} ${folder}: ${reason(error)}`;
    if (error.code === 'ENOSPC' || error.code === 'EIO') throw new OutputError(said, { cause });
    throw new ReportFolderError(said, { cause });
  } finally {
    if (created) await removeEmptyFolders(folder, created);
  }
}

const isFolder = (path: string) =>
  stat(path).then(
    (found) => found.isDirectory(),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

/** The report's files: the page last, since it names its data by their SHA-256, so that each page tells which data it is of. */
export function reportFiles(
  report: Report,
  header: RunsHeader,
  done: readonly ChunkResult[],
): Record<string, string> {
  const json = `${JSON.stringify(report, null, 2)}\n`;
  const sha256 = createHash('sha256').update(json).digest('hex');
  return {
    ...finishedTexts(header, done),
    'runs.csv': runsCsv(report.comparison.design, done),
    'report.json': json,
    'report.html': reportPage(report, { name: 'report.json', sha256 }),
  };
}

/**
 * Writes the report's files, all or none: see `writeFilesTogether`.
 *
 * @throws OutputError (as a rejection) when the disk does not take them
 */
export async function writeReport(
  folder: string,
  report: Report,
  header: RunsHeader,
  done: readonly ChunkResult[],
): Promise<string[]> {
  try {
    return await writeFilesTogether(folder, reportFiles(report, header, done));
  } catch (cause) {
    throw new OutputError(`--report ${folder}: ${reason(cause as NodeJS.ErrnoException)}`, { cause });
  }
}
